import type { BodyOf, Company, createCompany, listCompanies, QueryOf, updateCompany } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import { type Database, databaseErrorCode, type Queryable, type Transaction } from '../database/connect.ts';
import { newId, teamIdOf } from '../database/ids.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { accounts } from '../identity/accounts.table.ts';
import { audit } from '../identity/audit.ts';
import { companies } from './companies.table.ts';
import { contactCounts } from './contact-counts.table.ts';
import { contacts } from './contacts.table.ts';
import { companyHasContacts, companyInUse, invalidFields, notAPhoneNumber } from './crm.errors.ts';
import { acceptValues } from './custom-values.ts';
import { toE164 } from './phone.ts';
import { searchCondition, searchTextOf } from './search.ts';

export type CompanyRow = typeof companies.$inferSelect;
export type Companies = ReturnType<typeof createCompanies>;
type Fields = Partial<Omit<BodyOf<typeof createCompany>, 'teamId'>>;

/** A company with how many contacts it has. */
export interface CountedCompany {
  row: CompanyRow;
  contactCount: number;
}

/** Summed from the kept counts, one or a few rows a company. */
const contactCount = sql<number>`(
  select coalesce(sum(n), 0)::int from contact_counts where contact_counts.company_id = companies.id)`;

/** What can be done with companies. Every method refuses what is not the caller's: 404 when it does not exist, 403 when it is another's. */
export function createCompanies(db: Database) {
  const counted = async (id: string, on: Queryable = db): Promise<CountedCompany> => {
    const [row] = await on.select({ row: companies, contactCount }).from(companies).where(eq(companies.id, id)).limit(1);
    if (!row) throw notFound('company');
    return row;
  };

  return {
    async create(caller: Caller, wanted: Omit<BodyOf<typeof createCompany>, 'teamId'>): Promise<CountedCompany> {
      return db.transaction(async (tx) => {
        const values = await columnsOf(tx, caller, wanted, null);
        const [row] = await tx
          .insert(companies)
          .values({ ...values, name: wanted.name, searchText: searchTextOf(wanted.name), id: newId('comp'), accountId: caller.accountId })
          .returning();
        if (!row) throw new Error('the company was not stored');
        await audit(tx, caller, 'company.created', row.id, { name: { to: row.name } });
        return { row, contactCount: 0 };
      });
    },

    async get(caller: Caller, id: string): Promise<CountedCompany> {
      await ownCompany(db, caller, id);
      return counted(id);
    },

    /** The company whoever owns it; for features that already know it is theirs to see. */
    async find(id: string, on: Queryable = db): Promise<CompanyRow | undefined> {
      const [row] = await on.select().from(companies).where(eq(companies.id, id)).limit(1);
      return row;
    },

    /** Refuses a company that is not the caller's. */
    require: (caller: Caller, id: string, on: Queryable = db): Promise<CompanyRow> => ownCompany(on, caller, id),

    async list(caller: Caller, filter: QueryOf<typeof listCompanies>): Promise<{ rows: CountedCompany[]; count: number }> {
      const where = and(
        eq(companies.accountId, caller.accountId),
        filter.search ? searchCondition(companies.searchText, filter.search) : undefined,
        filter.industry === undefined ? undefined : eq(companies.industry, filter.industry),
      );
      const [rows, [total]] = await Promise.all([
        db
          .select({ row: companies, contactCount })
          .from(companies)
          .where(where)
          .orderBy(desc(companies.createdAt), desc(companies.id))
          .limit(filter.limit)
          .offset(filter.offset),
        db.select({ n: count() }).from(companies).where(where),
      ]);
      return { rows, count: total?.n ?? 0 };
    },

    async change(caller: Caller, id: string, changes: BodyOf<typeof updateCompany>): Promise<CountedCompany> {
      return db.transaction(async (tx) => {
        const before = await ownCompany(tx, caller, id, 'update');
        const values = await columnsOf(tx, caller, changes, before);
        if (Object.keys(values).length > 0) {
          const name = changes.name === undefined ? {} : { searchText: searchTextOf(changes.name) };
          await tx
            .update(companies)
            .set({ ...values, ...name, updatedAt: sql`now()` })
            .where(eq(companies.id, id));
          await audit(tx, caller, 'company.updated', id, Object.fromEntries(Object.keys(values).map((field) => [field, {}])));
        }
        return counted(id, tx);
      });
    },

    /** @throws AppError 409 when it has contacts and they are not to go with it, or something else needs it */
    async remove(caller: Caller, id: string, options: { deleteContacts: boolean }): Promise<void> {
      try {
        await db.transaction(async (tx) => {
          const row = await ownCompany(tx, caller, id, 'update');
          await removeContacts(tx, id, options.deleteContacts);
          await tx.delete(companies).where(eq(companies.id, id));
          await tx.delete(contactCounts).where(eq(contactCounts.companyId, id));
          await audit(tx, caller, 'company.deleted', id, { name: { from: row.name } });
        });
      } catch (error) {
        if (databaseErrorCode(error) === '23503') throw companyInUse();
        throw error;
      }
    },
  };
}

async function removeContacts(tx: Transaction, companyId: string, allowed: boolean): Promise<void> {
  if (allowed) {
    await tx.delete(contacts).where(eq(contacts.companyId, companyId));
    return;
  }
  const [there] = await tx.select({ n: count() }).from(contacts).where(eq(contacts.companyId, companyId));
  if ((there?.n ?? 0) > 0) throw companyHasContacts(there?.n ?? 0);
}

/** The company if it exists and is the caller's: 404, 403. */
export async function ownCompany(on: Queryable, caller: Pick<Caller, 'accountId'>, id: string, lock?: 'update'): Promise<CompanyRow> {
  if (!isId('comp', id)) throw notFound('company');
  const query = on.select().from(companies).where(eq(companies.id, id)).limit(1);
  const [row] = await (lock ? query.for(lock) : query);
  if (!row) throw notFound('company');
  if (row.accountId !== caller.accountId) throw forbidden();
  return row;
}

/** The country phone numbers without a country code are read by: the company's, else the account's. */
export async function phoneCountry(on: Queryable, accountId: string, companyCountry: string | null | undefined): Promise<string> {
  if (companyCountry) return companyCountry;
  const [account] = await on.select({ country: accounts.country }).from(accounts).where(eq(accounts.id, accountId)).limit(1);
  return account?.country ?? 'US';
}

const TEXTS = ['website', 'industry', 'companySize', 'addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'notes'] as const;

/** The columns a request sets. Empty text means none. */
async function columnsOf(tx: Transaction, caller: Caller, fields: Fields, before: CompanyRow | null) {
  const set: Partial<CompanyRow> = {};
  if (fields.name !== undefined) set.name = fields.name;
  for (const field of TEXTS) if (fields[field] !== undefined) set[field] = fields[field] || null;
  if (fields.country !== undefined) set.country = fields.country;
  if (fields.phone !== undefined) {
    set.phone = null;
    if (fields.phone) {
      const country = await phoneCountry(tx, caller.accountId, fields.country === undefined ? before?.country : fields.country);
      set.phone = toE164(fields.phone, country);
      if (set.phone === null) throw invalidFields([notAPhoneNumber('phone', country)]);
    }
  }
  if (fields.customFields !== undefined)
    set.customFields = await acceptValues(tx, caller.accountId, 'company', before?.customFields ?? {}, fields.customFields);
  return set;
}

/** The record as the API shows it. */
export const toRecord = ({ row, contactCount: contacts }: CountedCompany): Company => ({
  id: row.id,
  team_id: teamIdOf(row.accountId),
  name: row.name,
  website: row.website,
  industry: row.industry,
  company_size: row.companySize,
  address_line1: row.addressLine1,
  address_line2: row.addressLine2,
  city: row.city,
  state: row.state,
  postal_code: row.postalCode,
  country: row.country,
  phone: row.phone,
  notes: row.notes,
  custom_fields: row.customFields,
  contact_count: contacts,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
