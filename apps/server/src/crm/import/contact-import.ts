import type { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import type { Database } from '../../database/connect.ts';
import { AppError, badRequest } from '../../http/app-error.ts';
import type { Caller } from '../../http/caller.ts';
import { accounts } from '../../identity/accounts.table.ts';
import { audit } from '../../identity/audit.ts';
import { ownCompany } from '../companies.ts';
import { type Definition, definitionsOf } from '../custom-values.ts';
import { csvRows } from './csv-rows.ts';
import { storeBatch } from './import-batch.ts';
import { type Column, columnOf, headerOf } from './import-columns.ts';
import { type ImportRow, type RowFault, readRow } from './import-row.ts';

const BATCH = 1_000;
const MOST_ERRORS = 1_000;
const MOST_COLUMNS = 300;

export interface ImportOptions {
  /** Company of rows that name none. */
  companyId?: string | undefined;
  unknownColumns?: 'refuse' | 'ignore' | undefined;
}
export interface ImportOutcome {
  imported: number;
  updated: number;
  unchanged: number;
  failed: number;
  companiesCreated: number;
  errors: RowFault[];
}
/** What is read of a row, before it is stored. */
type Read = { row: ImportRow } | { faults: RowFault[] };

export type ContactImport = ReturnType<typeof createContactImport>;

/** Imports of contacts, from a CSV file as it comes in or from a list. Every batch is stored before the next is read. */
export function createContactImport(db: Database) {
  async function run(caller: Caller, options: ImportOptions, read: (definitions: Map<string, Definition>) => AsyncIterable<Read>) {
    if (options.companyId !== undefined) await ownCompany(db, caller, options.companyId);
    const [account] = await db.select({ country: accounts.country }).from(accounts).where(eq(accounts.id, caller.accountId));
    const place = { accountId: caller.accountId, country: account?.country ?? 'US' };
    const outcome: ImportOutcome = { imported: 0, updated: 0, unchanged: 0, failed: 0, companiesCreated: 0, errors: [] };
    let batch: ImportRow[] = [];
    const store = async () => {
      if (batch.length > 0) addBatch(outcome, await storeBatch(db, place, batch));
      batch = [];
    };
    try {
      for await (const one of read(await definitionsOf(db, caller.accountId, 'contact'))) {
        if ('faults' in one) addFaults(outcome, one.faults);
        else batch.push(inCompany(one.row, options.companyId));
        if (batch.length >= BATCH) await store();
      }
      await store();
    } catch (error) {
      throw cutShort(error, outcome);
    } finally {
      if (outcome.imported + outcome.updated > 0) await audit(db, caller, 'contact.imported', caller.teamId, changesOf(outcome));
    }
    outcome.errors.sort((a, b) => a.row - b.row);
    return outcome;
  }

  return {
    /** @param bytes the file; @param charset of its Content-Type, if named */
    fromCsv: (caller: Caller, options: ImportOptions, bytes: Readable, charset: string | undefined): Promise<ImportOutcome> =>
      run(caller, options, (definitions) => readCsv(bytes, charset, options, definitions)),

    fromList: (caller: Caller, options: ImportOptions, list: readonly Record<string, unknown>[]): Promise<ImportOutcome> =>
      run(caller, options, (definitions) => readList(list, options, definitions)),
  };
}

async function* readCsv(
  bytes: Readable,
  charset: string | undefined,
  options: ImportOptions,
  definitions: Map<string, Definition>,
): AsyncGenerator<Read> {
  let columns: (Column | null)[] | undefined;
  for await (const { row, cells } of csvRows(bytes, charset)) {
    if (!columns) {
      columns = readHeader(cells, options, definitions);
      continue;
    }
    const beyond = cells.slice(columns.length).some((cell) => cell.trim() !== '');
    if (beyond) yield { faults: [{ row, path: '', message: `has more cells than the header has columns (${columns.length})` }] };
    else yield readRow(row, pairs(columns, cells), definitions);
  }
  if (!columns) throw badRequest('The file is empty: send a header row and at least one contact.');
}

/** @throws AppError 400 when the first row is not a header this import understands */
function readHeader(names: readonly string[], options: ImportOptions, definitions: Map<string, Definition>): (Column | null)[] {
  if (names.length > MOST_COLUMNS) throw badRequest(`The file has more than ${MOST_COLUMNS} columns.`);
  const { columns, unknown, repeated } = headerOf(names, definitions);
  if (!columns.some((column) => column === 'phone' || column === 'email' || column?.endsWith('Name')))
    throw badRequest('The first row must name the columns, for example: first_name,last_name,phone,email,company_name.');
  const faults = [
    ...(options.unknownColumns === 'ignore'
      ? []
      : unknown.map((path) => ({ path, message: 'is not a column of this import; send unknownColumns=ignore to leave it out' }))),
    ...repeated.map((path) => ({ path, message: 'says the same as a column before it' })),
  ];
  if (faults.length > 0)
    throw badRequest(`${faults[0]?.path}: ${faults[0]?.message}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}`, faults);
  return columns;
}

function pairs(columns: readonly (Column | null)[], cells: readonly string[]): [Column, string][] {
  return columns.flatMap((column, at): [Column, string][] => (column === null ? [] : [[column, cells[at] ?? '']]));
}

async function* readList(
  list: readonly Record<string, unknown>[],
  options: ImportOptions,
  definitions: Map<string, Definition>,
): AsyncGenerator<Read> {
  const known = new Map<string, Column | undefined>();
  for (const [at, item] of list.entries()) {
    const row = at + 1;
    const faults: RowFault[] = [];
    const cells: [Column, unknown][] = [];
    for (const [name, value] of Object.entries(item)) {
      if (!known.has(name) && known.size < 1_000) known.set(name, columnOf(name, definitions));
      const column = known.get(name) ?? columnOf(name, definitions);
      if (column) cells.push([column, value]);
      else if (options.unknownColumns !== 'ignore') faults.push({ row, path: name, message: 'is not a field of a contact' });
    }
    yield faults.length > 0 ? { faults } : readRow(row, cells, definitions);
  }
}

const inCompany = (row: ImportRow, companyId: string | undefined): ImportRow =>
  companyId === undefined || row.companyId !== undefined || row.companyName !== undefined ? row : { ...row, companyId };

function addBatch(outcome: ImportOutcome, batch: Awaited<ReturnType<typeof storeBatch>>): void {
  outcome.imported += batch.imported;
  outcome.updated += batch.updated;
  outcome.unchanged += batch.unchanged;
  outcome.companiesCreated += batch.companiesCreated;
  const rows = new Map<number, RowFault[]>();
  for (const fault of batch.faults) rows.set(fault.row, [...(rows.get(fault.row) ?? []), fault]);
  for (const faults of rows.values()) addFaults(outcome, faults);
}

/** All faults of one row. */
function addFaults(outcome: ImportOutcome, faults: readonly RowFault[]): void {
  outcome.failed++;
  outcome.errors.push(...faults.slice(0, Math.max(0, MOST_ERRORS - outcome.errors.length)));
}

const changesOf = ({ imported, updated, failed }: ImportOutcome) => ({
  imported: { to: imported },
  updated: { to: updated },
  failed: { to: failed },
});

/** What stopped the import, with what is stored already. */
function cutShort(error: unknown, { imported, updated }: ImportOutcome): unknown {
  if (!(error instanceof AppError) || imported + updated === 0) return error;
  const stored = `Until there ${imported} contacts were imported and ${updated} updated; it is safe to send the corrected file again.`;
  return new AppError(error.code, error.status, `${error.message} ${stored}`, {
    ...(error.details ? { details: error.details } : {}),
    ...(error.headers ? { headers: { ...error.headers } } : {}),
    cause: error,
  });
}
