import type { CustomFieldEntity, ErrorDetail } from '@talkturo/contract';
import { day } from '@talkturo/contract';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { invalidFields } from './crm.errors.ts';
import { customFields } from './custom-fields.table.ts';

export type Definition = typeof customFields.$inferSelect;
/** Values by key. */
export type CustomValues = Record<string, unknown>;

const MOST_TEXT = 5_000;

/** The definitions of an account, by key. In a transaction they are held, so that none is deleted under a value being written. */
export async function definitionsOf(
  on: Queryable,
  accountId: string,
  entity: CustomFieldEntity,
  hold = false,
): Promise<Map<string, Definition>> {
  const query = on
    .select()
    .from(customFields)
    .where(and(eq(customFields.accountId, accountId), eq(customFields.entity, entity)));
  const rows = await (hold ? query.for('share') : query);
  return new Map(rows.map((row) => [row.key, row]));
}

/** What is wrong with a value for a field, in words that follow the field's name; null when nothing is. */
export function faultOf(field: Definition, value: unknown): string | null {
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string') return 'must be text';
      return value.length <= MOST_TEXT ? null : `must have at most ${MOST_TEXT} characters`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'date':
      return day.safeParse(value).success ? null : 'must be a date, for example 2026-01-31';
    case 'select':
      return field.options.includes(value as string) ? null : `must be one of ${field.options.join(', ')}`;
  }
}

/** What a person wrote into a cell, as a value of the field's type; text that is none stays text, for `faultOf` to name. */
export function readCell(field: Definition, cell: string): unknown {
  if (field.type === 'number') return /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
  if (field.type === 'boolean') return readTruth(cell) ?? cell;
  if (field.type === 'select') return field.options.find((option) => option.toLowerCase() === cell.toLowerCase()) ?? cell;
  return cell;
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  '1': true,
  x: true,
  ja: true,
  wahr: true,
  false: false,
  no: false,
  n: false,
  '0': false,
  nein: false,
  falsch: false,
};
/** yes or no as people write it in tables, in English and German; undefined for anything else. */
export const readTruth = (cell: string): boolean | undefined =>
  Object.hasOwn(TRUTHS, cell.toLowerCase()) ? TRUTHS[cell.toLowerCase()] : undefined;

/** Every fault of the given values, by path. */
export function faultsOf(definitions: ReadonlyMap<string, Definition>, given: CustomValues): ErrorDetail[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const field = definitions.get(key);
    const message = field ? (value === null ? null : faultOf(field, value)) : 'is not a custom field; define it first';
    return message === null ? [] : [{ path: `customFields.${key}`, message }];
  });
}

/** The stored values with the given ones over them; null takes one away. */
export function mergeValues(stored: CustomValues, given: CustomValues): CustomValues {
  return Object.fromEntries(Object.entries({ ...stored, ...given }).filter(([, value]) => value !== null));
}

/**
 * Holds values of a request to the account's definitions and lays them over the stored ones.
 * @throws AppError 400 naming each unknown key and wrong value
 */
export async function acceptValues(
  tx: Queryable,
  accountId: string,
  entity: CustomFieldEntity,
  stored: CustomValues,
  given: CustomValues | undefined,
): Promise<CustomValues> {
  if (!given || Object.keys(given).length === 0) return stored;
  const faults = faultsOf(await definitionsOf(tx, accountId, entity, true), given);
  if (faults.length > 0) throw invalidFields(faults);
  return mergeValues(stored, given);
}
