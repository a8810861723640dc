import type { BodyOf, createContact } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { eq, type Placeholder, sql } from 'drizzle-orm';
import { type Database, databaseErrorCode, type Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit, auditEntry } from '../identity/audit.ts';
import { auditLog } from '../identity/audit-log.table.ts';
import { companies } from './companies.table.ts';
import { type CompanyRow, ownCompany } from './companies.ts';
import { columnsOf, NOBODY } from './contact-columns.ts';
import { type ContactRow, contactSearchText, type NamedContact } from './contact-record.ts';
import { contacts } from './contacts.table.ts';

export type NewContact = Omit<BodyOf<typeof createContact>, 'teamId'>;

/** What a new contact is before anything is said of it. */
const BLANK = {
  ...NOBODY,
  jobTitle: null,
  leadStatus: 'new',
  source: null,
  timezone: null,
  preferredContactMethod: null,
  doNotCall: false,
  notes: null,
  customFields: {},
  tags: [],
};
/** The columns nobody sets when creating: the table's own defaults. */
const UNCALLED = {
  callCount: 0,
  lastCallId: null,
  lastCallAt: null,
  lastCallOutcome: null,
  lastCallDurationSeconds: null,
};
type Row = Omit<ContactRow, 'createdAt' | 'updatedAt' | keyof typeof UNCALLED>;

/** Stores a contact with its line in the audit log: alone in one statement, or within a transaction that does more. */
export function createContactInsert(db: Database) {
  const companyById = db
    .select()
    .from(companies)
    .where(eq(companies.id, sql.placeholder('id')))
    .prepare('company_by_id');
  const insert = prepareInsert(db);

  return {
    /** For contacts without custom fields: their definitions would have to be held meanwhile. */
    async alone(caller: Caller, wanted: NewContact): Promise<NamedContact> {
      if (!isId('comp', wanted.companyId)) throw notFound('company');
      const [company] = await companyById.execute({ id: wanted.companyId });
      if (!company) throw notFound('company');
      if (company.accountId !== caller.accountId) throw forbidden();
      const row = rowOf(wanted, company, await columnsOf(db, wanted, null, company));
      try {
        const log = auditEntry(caller, 'contact.created', row.id);
        const [stored] = await insert.execute({ ...row, logId: log.id, userId: log.userId, keyId: log.keyId });
        if (!stored) throw new Error('the contact was not stored');
        return { row: { ...row, ...UNCALLED, ...stored }, companyName: company.name };
      } catch (error) {
        // The company was deleted in between.
        throw databaseErrorCode(error) === '23503' ? notFound('company') : error;
      }
    },

    async within(tx: Transaction, caller: Caller, wanted: NewContact): Promise<NamedContact> {
      const company = await ownCompany(tx, caller, wanted.companyId);
      const [row] = await tx
        .insert(contacts)
        .values(rowOf(wanted, company, await columnsOf(tx, wanted, null, company)))
        .returning();
      if (!row) throw new Error('the contact was not stored');
      await audit(tx, caller, 'contact.created', row.id);
      return { row, companyName: company.name };
    },
  };
}

function rowOf(wanted: NewContact, company: CompanyRow, columns: Partial<ContactRow>): Row {
  const said = { ...BLANK, ...columns, firstName: wanted.firstName, lastName: wanted.lastName };
  return { ...said, id: newId('cont'), accountId: company.accountId, companyId: company.id, searchText: contactSearchText(said) };
}

function prepareInsert(db: Database) {
  const fields = ['id', 'accountId', 'companyId', ...Object.keys(BLANK), 'searchText'];
  const values = Object.fromEntries(fields.map((field) => [field, sql.placeholder(field)])) as Record<keyof Row, Placeholder>;
  const log = db.$with('log').as(
    db
      .insert(auditLog)
      .values({
        id: sql.placeholder('logId'),
        accountId: sql.placeholder('accountId'),
        userId: sql.placeholder('userId'),
        keyId: sql.placeholder('keyId'),
        action: 'contact.created',
        target: sql.placeholder('id'),
        changes: {},
      })
      .returning({ id: auditLog.id }),
  );
  return db
    .with(log)
    .insert(contacts)
    .values(values)
    .returning({ createdAt: contacts.createdAt, updatedAt: contacts.updatedAt })
    .prepare('contact_insert');
}
