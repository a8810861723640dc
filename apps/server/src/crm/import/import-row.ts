import { contactFields, type ErrorDetail, isId } from '@talkturo/contract';
import { z } from 'zod';
import { explain } from '../../http/validation-messages.ts';
import { type CustomValues, type Definition, faultsOf, readCell, readTruth } from '../custom-values.ts';
import type { Column } from './import-columns.ts';

const { companyId: _, customFields: __, ...plain } = contactFields;
const fieldsOfRow = z.object({ ...plain, firstName: plain.firstName.optional(), lastName: plain.lastName.optional() });
type RowFields = z.output<typeof fieldsOfRow>;

/** What a row says, held to the rules of single fields; whether it suffices for a new contact is seen when it is stored. */
export interface ImportRow {
  row: number;
  companyId?: string;
  companyName?: string;
  fields: RowFields;
  custom: CustomValues;
}
export interface RowFault extends ErrorDetail {
  row: number;
}

const STATUSES: Readonly<Record<string, string>> = {
  neu: 'new',
  kontaktiert: 'contacted',
  qualifiziert: 'qualified',
  unqualifiziert: 'unqualified',
  konvertiert: 'converted',
};

/** Reads the cells of a row. Empty cells say nothing. */
export function readRow(
  row: number,
  cells: readonly (readonly [Column, unknown])[],
  definitions: ReadonlyMap<string, Definition>,
): { row: ImportRow } | { faults: RowFault[] } {
  const raw: Record<string, unknown> = {};
  const custom: CustomValues = {};
  const faults: ErrorDetail[] = [];
  for (const [column, value] of cells) {
    if (typeof value === 'string' && value.includes('\0')) return { faults: [{ row, path: column, message: 'holds NUL characters' }] };
    if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) continue;
    const field = column.startsWith('custom:') ? definitions.get(column.slice(7)) : undefined;
    if (field) custom[field.key] = typeof value === 'string' ? readCell(field, value.trim()) : value;
    else if (column === 'customFields') {
      if (typeof value === 'object' && !Array.isArray(value)) Object.assign(custom, value);
      else faults.push({ path: column, message: 'must be an object' });
    } else raw[column] = typeof value === 'string' ? value.trim() : value;
  }
  const { companyId, companyName, fullName, ...given } = raw;
  faults.push(...faultsOf(definitions, custom));
  if (companyId !== undefined && !(typeof companyId === 'string' && isId('comp', companyId)))
    faults.push({ path: 'companyId', message: 'must be an id of the form comp_…' });
  if (companyName !== undefined && !(typeof companyName === 'string' && companyName.length <= 200))
    faults.push({ path: 'companyName', message: 'must be text of at most 200 characters' });
  const parsed = fieldsOfRow.safeParse(asTyped({ ...namesOf(fullName), ...given }), { error: explain });
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  if (!parsed.success || faults.length > 0) return { faults: faults.map((fault) => ({ row, ...fault })) };
  return {
    row: {
      row,
      ...(companyId === undefined ? {} : { companyId: companyId as string }),
      ...(companyName === undefined ? {} : { companyName: companyName as string }),
      fields: parsed.data,
      custom,
    },
  };
}

/** Tables know only text: marks, lists and statuses are read from it. */
function asTyped(given: Record<string, unknown>): Record<string, unknown> {
  const typed = { ...given };
  for (const field of ['phone', 'phoneSecondary']) if (typeof typed[field] === 'number') typed[field] = String(typed[field]);
  if (typeof typed.doNotCall === 'string') typed.doNotCall = readTruth(typed.doNotCall) ?? typed.doNotCall;
  if (typeof typed.leadStatus === 'string') {
    const status = typed.leadStatus.toLowerCase();
    typed.leadStatus = Object.hasOwn(STATUSES, status) ? STATUSES[status] : status;
  }
  if (typeof typed.tags === 'string') typed.tags = typed.tags.split(/[;,|]/).filter((tag) => tag.trim() !== '');
  return typed;
}

/** The last word of a name is the last name. */
function namesOf(fullName: unknown): Record<string, string> {
  if (typeof fullName !== 'string') return {};
  const words = fullName.split(/\s+/);
  return words.length < 2 ? { firstName: fullName } : { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}
