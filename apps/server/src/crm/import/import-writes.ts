import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect.ts';
import type { ImportedContact } from './import-people.ts';

/** What an import writes, by column. Rows travel to the database as one JSON text, which costs far less than a parameter a cell. */
const WRITTEN = {
  id: ['id', 'text'],
  accountId: ['account_id', 'text'],
  companyId: ['company_id', 'text'],
  firstName: ['first_name', 'text'],
  lastName: ['last_name', 'text'],
  email: ['email', 'text'],
  phone: ['phone', 'text'],
  phoneSecondary: ['phone_secondary', 'text'],
  jobTitle: ['job_title', 'text'],
  leadStatus: ['lead_status', 'text'],
  source: ['source', 'text'],
  timezone: ['timezone', 'text'],
  preferredContactMethod: ['preferred_contact_method', 'text'],
  doNotCall: ['do_not_call', 'boolean'],
  notes: ['notes', 'text'],
  customFields: ['custom_fields', 'jsonb'],
  tags: ['tags', 'text[]'],
  searchText: ['search_text', 'text'],
} as const satisfies Record<keyof ImportedContact, readonly [string, string]>;

const FIELDS = Object.keys(WRITTEN) as (keyof ImportedContact)[];
const names = FIELDS.map((field) => WRITTEN[field][0]);
const columns = sql.raw(names.join(', '));
const assignments = sql.raw(
  names
    .filter((name) => name !== 'id' && name !== 'account_id')
    .map((name) => `${name} = v.${name}`)
    .join(', '),
);
const shape = sql.raw(FIELDS.map((field) => WRITTEN[field].join(' ')).join(', '));

const recordset = (rows: readonly ImportedContact[]): SQL => {
  const json = rows.map((row) => Object.fromEntries(FIELDS.map((field) => [WRITTEN[field][0], row[field]])));
  return sql`jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as v(${shape})`;
};

/** @returns how many were stored: fewer than given when somebody else took one of the numbers meanwhile */
export async function insertContacts(tx: Transaction, rows: readonly ImportedContact[]): Promise<number> {
  if (rows.length === 0) return 0;
  const stored = await tx.execute(
    sql`insert into contacts (${columns}) select ${columns} from ${recordset(rows)} on conflict (account_id, phone) where phone is not null do nothing`,
  );
  return stored.rowCount ?? 0;
}

export async function updateContacts(tx: Transaction, rows: readonly ImportedContact[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`update contacts set ${assignments}, updated_at = now() from ${recordset(rows)} where contacts.id = v.id`);
}

/** True when writing b over a would change nothing. */
export const same = (a: ImportedContact, b: ImportedContact): boolean =>
  FIELDS.every((field) => a[field] === b[field] || JSON.stringify(sorted(a[field])) === JSON.stringify(sorted(b[field])));

/** PostgreSQL keeps the keys of an object in an order of its own. */
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
