import type { BodyOf, createOpportunity, listOpportunities, Opportunity, QueryOf, updateOpportunity } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { newId, teamIdOf } from '../database/ids.ts';
import { likePart } from '../database/like.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { companies } from './companies.table.ts';
import { ownCompany } from './companies.ts';
import { contacts } from './contacts.table.ts';
import type { Contacts } from './contacts.ts';
import { opportunities } from './opportunities.table.ts';

type Row = typeof opportunities.$inferSelect;
/** An opportunity with the names of what it is about. */
export interface NamedOpportunity {
  row: Row;
  contactName: string | null;
  companyName: string | null;
}
export type Opportunities = ReturnType<typeof createOpportunities>;
type Fields = BodyOf<typeof updateOpportunity>;

const contactOf = alias(contacts, 'contact_of');
const companyOf = alias(companies, 'company_of');

/** What can be done with opportunities. Every method refuses what is not the caller's: 404 when it does not exist, 403 when it is another's. */
export function createOpportunities(db: Database, people: Contacts) {
  const named = (on: Queryable) =>
    on
      .select({
        row: opportunities,
        contactName: sql<string | null>`${contactOf.firstName} || ' ' || ${contactOf.lastName}`,
        companyName: sql<string | null>`${companyOf.name}`,
      })
      .from(opportunities)
      .leftJoin(contactOf, eq(contactOf.id, opportunities.contactId))
      .leftJoin(companyOf, eq(companyOf.id, opportunities.companyId));

  const own = async (on: Queryable, caller: Caller, id: string, lock = false): Promise<NamedOpportunity> => {
    if (!isId('opp', id)) throw notFound('opportunity');
    const query = named(on).where(eq(opportunities.id, id)).limit(1);
    const [found] = await (lock ? query.for('update', { of: opportunities }) : query);
    if (!found) throw notFound('opportunity');
    if (found.row.accountId !== caller.accountId) throw forbidden();
    return found;
  };

  /** The columns a request sets. A contact brings its company along unless another is named. */
  const columnsOf = async (tx: Transaction, caller: Caller, fields: Fields): Promise<Partial<Row>> => {
    const { amount, contactId, companyId, notes, ...same } = fields;
    const set: Partial<Row> = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined));
    if (amount !== undefined) set.amount = amount === null ? null : typeof amount === 'number' ? amount.toFixed(2) : amount;
    if (notes !== undefined) set.notes = notes || null;
    if (contactId !== undefined) set.contactId = contactId;
    if (contactId) {
      const { row } = await people.get(caller, contactId, tx);
      if (companyId === undefined) set.companyId = row.companyId;
    }
    if (companyId) await ownCompany(tx, caller, companyId);
    if (companyId !== undefined) set.companyId = companyId;
    return set;
  };

  return {
    async create(caller: Caller, { teamId: _, ...wanted }: BodyOf<typeof createOpportunity>): Promise<NamedOpportunity> {
      return db.transaction(async (tx) => {
        const values = await columnsOf(tx, caller, wanted);
        const id = newId('opp');
        await tx
          .insert(opportunities)
          .values({ ...values, name: wanted.name, stage: wanted.stage ?? 'new', id, accountId: caller.accountId });
        await audit(tx, caller, 'opportunity.created', id, { name: { to: wanted.name } });
        return own(tx, caller, id);
      });
    },

    get: (caller: Caller, id: string): Promise<NamedOpportunity> => own(db, caller, id),

    async list(caller: Caller, filter: QueryOf<typeof listOpportunities>) {
      if (filter.contactId !== undefined) await people.get(caller, filter.contactId);
      if (filter.companyId !== undefined) await ownCompany(db, caller, filter.companyId);
      const where = and(
        eq(opportunities.accountId, caller.accountId),
        filter.stage && eq(opportunities.stage, filter.stage),
        filter.contactId ? eq(opportunities.contactId, filter.contactId) : undefined,
        filter.companyId ? eq(opportunities.companyId, filter.companyId) : undefined,
        filter.search ? sql`${opportunities.name} ilike ${likePart(filter.search.trim())}` : undefined,
      );
      const [rows, [total]] = await Promise.all([
        named(db).where(where).orderBy(desc(opportunities.createdAt), desc(opportunities.id)).limit(filter.limit).offset(filter.offset),
        db
          .select({ n: count(), amount: sql<string>`coalesce(sum(${opportunities.amount}), 0)::numeric(20, 2)::text` })
          .from(opportunities)
          .where(where),
      ]);
      return { rows, count: total?.n ?? 0, amount: total?.amount ?? '0.00' };
    },

    async change(caller: Caller, id: string, changes: Fields): Promise<NamedOpportunity> {
      return db.transaction(async (tx) => {
        const before = await own(tx, caller, id, true);
        const values = await columnsOf(tx, caller, changes);
        if (Object.keys(values).length === 0) return before;
        await tx
          .update(opportunities)
          .set({ ...values, updatedAt: sql`now()` })
          .where(eq(opportunities.id, id));
        await audit(tx, caller, 'opportunity.updated', id, Object.fromEntries(Object.keys(values).map((field) => [field, {}])));
        return own(tx, caller, id);
      });
    },

    async remove(caller: Caller, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const { row } = await own(tx, caller, id, true);
        await tx.delete(opportunities).where(eq(opportunities.id, id));
        await audit(tx, caller, 'opportunity.deleted', id, { name: { from: row.name } });
      });
    },
  };
}

/** The record as the API shows it. */
export const toRecord = ({ row, contactName, companyName }: NamedOpportunity): Opportunity => ({
  id: row.id,
  team_id: teamIdOf(row.accountId),
  name: row.name,
  stage: row.stage as Opportunity['stage'],
  amount: row.amount,
  probability: row.probability,
  expected_close_date: row.expectedCloseDate,
  contact_id: row.contactId,
  contact_name: contactName,
  company_id: row.companyId,
  company_name: companyName,
  notes: row.notes,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
