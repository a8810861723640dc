import { and, asc, desc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { companies } from './companies.table.ts';
import type { CompanyRow } from './companies.ts';
import type { ContactRow } from './contact-record.ts';
import { contacts } from './contacts.table.ts';

/** How far somebody has come in the contacts of a company. */
export type CompanyPlace = Pick<ContactRow, 'createdAt' | 'id'>;

/** The facts of a finished call. */
export interface LastCall {
  callId: string;
  at: Date;
  outcome: string | null;
  durationSeconds: number | null;
}

/** What calls and campaigns ask of contacts. They already know that the account is theirs to see. */
export function createContactLookup(db: Database) {
  return {
    /** The contact with its company, whoever owns it. */
    async find(id: string, on: Queryable = db): Promise<{ contact: ContactRow; company: CompanyRow } | undefined> {
      const [row] = await on
        .select({ contact: contacts, company: companies })
        .from(contacts)
        .innerJoin(companies, eq(companies.id, contacts.companyId))
        .where(eq(contacts.id, id))
        .limit(1);
      return row;
    },

    /** Who calls from this number (E.164): by main number first, else the newest by second number. */
    async findByPhone(accountId: string, phone: string, on: Queryable = db): Promise<ContactRow | undefined> {
      const [main] = await on
        .select()
        .from(contacts)
        .where(and(eq(contacts.accountId, accountId), eq(contacts.phone, phone)))
        .limit(1);
      if (main) return main;
      const [second] = await on
        .select()
        .from(contacts)
        .where(and(eq(contacts.accountId, accountId), eq(contacts.phoneSecondary, phone)))
        .orderBy(desc(contacts.createdAt), desc(contacts.id))
        .limit(1);
      return second;
    },

    /** Those of the ids that are contacts of the account. */
    async byIds(accountId: string, ids: readonly string[], on: Queryable = db): Promise<ContactRow[]> {
      if (ids.length === 0) return [];
      return on
        .select()
        .from(contacts)
        .where(and(eq(contacts.accountId, accountId), inArray(contacts.id, [...ids])));
    },

    /** The contacts of a company, oldest first, at most `limit`, behind `after`. */
    async nextOfCompany(companyId: string, after: CompanyPlace | null, limit: number, on: Queryable = db): Promise<ContactRow[]> {
      const behind =
        after && or(gt(contacts.createdAt, after.createdAt), and(eq(contacts.createdAt, after.createdAt), gt(contacts.id, after.id)));
      return on
        .select()
        .from(contacts)
        .where(and(eq(contacts.companyId, companyId), behind ?? undefined))
        .orderBy(asc(contacts.createdAt), asc(contacts.id))
        .limit(limit);
    },

    /** Keeps the facts of a call that ended; one older than the last known changes nothing but the number of calls. */
    async noteCall(contactId: string, call: LastCall, on: Queryable = db): Promise<void> {
      await on
        .update(contacts)
        .set({ callCount: sql`${contacts.callCount} + 1` })
        .where(eq(contacts.id, contactId));
      await on
        .update(contacts)
        .set({
          lastCallId: call.callId,
          lastCallAt: call.at,
          lastCallOutcome: call.outcome,
          lastCallDurationSeconds: call.durationSeconds === null ? null : Math.round(call.durationSeconds),
        })
        .where(and(eq(contacts.id, contactId), sql`coalesce(${contacts.lastCallAt} <= ${call.at.toISOString()}::timestamptz, true)`));
    },
  };
}
