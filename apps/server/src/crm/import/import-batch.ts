import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable, Transaction } from '../../database/connect.ts';
import type { ContactRow } from '../contact-record.ts';
import { contacts } from '../contacts.table.ts';
import { notAPhoneNumber } from '../crm.errors.ts';
import { definitionsOf, faultsOf } from '../custom-values.ts';
import { toE164 } from '../phone.ts';
import { findCompanies, type ImportCompanies } from './import-companies.ts';
import { createImportPeople, type ImportedContact, type ImportPerson, type PlacedRow } from './import-people.ts';
import type { ImportRow, RowFault } from './import-row.ts';
import { insertContacts, same, updateContacts } from './import-writes.ts';

export interface BatchOutcome {
  imported: number;
  updated: number;
  unchanged: number;
  companiesCreated: number;
  faults: RowFault[];
}
export interface ImportAccount {
  accountId: string;
  country: string;
}

/** How often a batch is begun again because a number was taken between looking and writing. */
const MOST_TRIES = 5;

/** Somebody else took a number between looking and writing. */
class NumberTaken extends Error {}

/** Stores a batch of rows in one transaction: a few statements, however many rows. Imports of one account take turns. */
export async function storeBatch(db: Database, account: ImportAccount, rows: readonly ImportRow[]): Promise<BatchOutcome> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`contact-import ${account.accountId}`}, 0))`);
        return await storeRows(tx, account, rows);
      });
    } catch (error) {
      if (!(error instanceof NumberTaken) || tries >= MOST_TRIES) throw error;
    }
  }
}

async function storeRows(tx: Transaction, account: ImportAccount, rows: readonly ImportRow[]): Promise<BatchOutcome> {
  const definitions = await definitionsOf(tx, account.accountId, 'contact', true);
  const companies = await findCompanies(tx, account.accountId, rows);
  const faults: RowFault[] = [];
  const placed = rows.flatMap((row) => {
    const place = placeRow(account, companies, row);
    if ('faults' in place) faults.push(...place.faults);
    else if (faultsOf(definitions, row.custom).length > 0)
      faults.push(...faultsOf(definitions, row.custom).map((fault) => ({ row: row.row, ...fault })));
    else return [place];
    return [];
  });
  const people = createImportPeople(await findStored(tx, account.accountId, placed));
  for (const row of placed) {
    const person = people.find(row);
    const company = companies.of(row);
    const missing = person ? [] : missingOf(row);
    faults.push(...missing);
    if (missing.length > 0) continue;
    if (company) companies.need(company);
    if (person) people.update(person, row);
    else
      people.create(
        account.accountId,
        row.placedIn ?? '',
        { firstName: row.fields.firstName ?? '', lastName: row.fields.lastName ?? '' },
        row,
      );
  }
  const companiesCreated = await companies.store(tx);
  const created = people.people.filter(({ before }) => before === null);
  const changed = people.people.filter(({ before, contact }) => before !== null && !same(before, contact));
  const contactsOf = (list: readonly ImportPerson[]) => list.map(({ contact }) => contact);
  if ((await insertContacts(tx, contactsOf(created))) < created.length) throw new NumberTaken('a phone number was taken while importing');
  await updateContacts(tx, contactsOf(changed));
  const matched = (list: readonly ImportPerson[]) => list.reduce((sum, person) => sum + person.matched, 0);
  const updated = matched(people.people);
  return { imported: created.length, updated, unchanged: updated - matched(created) - matched(changed), companiesCreated, faults };
}

function placeRow(account: ImportAccount, companies: ImportCompanies, row: ImportRow): PlacedRow | { faults: RowFault[] } {
  const company = companies.of(row);
  if (row.companyId !== undefined && !company)
    return { faults: [{ row: row.row, path: 'companyId', message: 'is not a company of this team' }] };
  const country = company?.country ?? account.country;
  const faults: RowFault[] = [];
  const number = (path: 'phone' | 'phoneSecondary') => {
    const given = row.fields[path];
    const made = given ? toE164(given, country) : undefined;
    if (made === null) faults.push({ row: row.row, ...notAPhoneNumber(path, country) });
    return made;
  };
  const place = { ...row, phone: number('phone'), phoneSecondary: number('phoneSecondary'), placedIn: company?.id };
  return faults.length > 0 ? { faults } : place;
}

/** What a new contact cannot be without. */
function missingOf(row: PlacedRow): RowFault[] {
  const missing: RowFault[] = [];
  if (!row.fields.firstName) missing.push({ row: row.row, path: 'firstName', message: 'is required for a new contact' });
  if (!row.fields.lastName) missing.push({ row: row.row, path: 'lastName', message: 'is required for a new contact' });
  if (!row.placedIn) missing.push({ row: row.row, path: 'companyName', message: 'is required for a new contact (or companyId)' });
  return missing;
}

/** The stored contacts the rows may speak of, oldest first, held until the batch is written. */
async function findStored(on: Queryable, accountId: string, rows: readonly PlacedRow[]): Promise<ImportedContact[]> {
  const phones = rows.flatMap((row) => row.phone ?? []);
  const emails = rows.flatMap((row) => (!row.phone && row.fields.email ? row.fields.email.toLowerCase() : []));
  const nameOnly = rows.filter((row) => !row.phone && !row.fields.email && row.placedIn);
  const ours = eq(contacts.accountId, accountId);
  const found = new Map<string, ContactRow>();
  const look = async (condition: SQL | undefined) => {
    for (const row of await on.select().from(contacts).where(condition).orderBy(contacts.id).for('update')) found.set(row.id, row);
  };
  if (phones.length > 0) await look(and(ours, sql`${contacts.phone} = any(${sql.param(phones)})`));
  if (emails.length > 0)
    await look(and(ours, sql`${contacts.email} is not null`, sql`lower(${contacts.email}) = any(${sql.param(emails)})`));
  if (nameOnly.length > 0) {
    const names = nameOnly.map(({ placedIn, fields }) => ({
      company: placedIn,
      last: fields.lastName ?? '',
      first: fields.firstName ?? '',
    }));
    await look(sql`${contacts.phone} is null and ${contacts.email} is null and (company_id, last_name, first_name) in (
      select company, last, first from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as v(company text, last text, first text))`);
  }
  return [...found.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}
