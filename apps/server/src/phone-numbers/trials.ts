import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { type PhoneNumberRow, phoneNumbers } from './phone-numbers.table.ts';

/** An expired trial can be had back by choosing a paid plan for so long; then the carrier gets it. */
export const EXPIRED_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whether its trial is over at a moment, whether or not that has been written down yet. */
export const trialIsOver = (row: Pick<PhoneNumberRow, 'trialExpiresAt'>, at: Date): boolean =>
  row.trialExpiresAt !== null && row.trialExpiresAt <= at;

/** The status at a moment: exact to the second, the job that writes it down comes later. */
export const statusAt = (row: PhoneNumberRow, at: Date): string =>
  row.status === 'active' && trialIsOver(row, at) ? 'expired' : row.status;

/** Writes down which trials are over. @returns how many. */
export async function expireTrials(db: Database, at: Date): Promise<number> {
  const expired = await db
    .update(phoneNumbers)
    .set({ status: 'expired' })
    .where(and(eq(phoneNumbers.status, 'active'), lte(phoneNumbers.trialExpiresAt, at)))
    .returning({ id: phoneNumbers.id });
  return expired.length;
}

/** Lets go of trials that expired long ago. @returns how many. */
export async function dropOldTrials(db: Database, at: Date): Promise<number> {
  const dropped = await db
    .update(phoneNumbers)
    .set({ status: 'released', releasedAt: at, assistantId: null, assistantPosition: null })
    .where(and(eq(phoneNumbers.status, 'expired'), lte(phoneNumbers.trialExpiresAt, new Date(at.getTime() - EXPIRED_KEPT_DAYS * DAY_MS))))
    .returning({ id: phoneNumbers.id });
  return dropped.length;
}

/** An account that pays keeps its trial number, also one that expired: call it in the transaction that changes the plan. */
export async function keepTrials(on: Queryable, accountId: string): Promise<void> {
  await on
    .update(phoneNumbers)
    .set({
      isTrial: false,
      trialExpiresAt: null,
      status: sql`case when ${phoneNumbers.status} = 'expired' then 'active' else ${phoneNumbers.status} end`,
    })
    .where(and(eq(phoneNumbers.accountId, accountId), eq(phoneNumbers.isTrial, true)));
}
