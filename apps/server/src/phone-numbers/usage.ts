import { and, count, eq, inArray, ne, sql } from 'drizzle-orm';
import { type Plan, planOf } from '../billing/plans.ts';
import type { Queryable } from '../database/connect.ts';
import { accounts } from '../identity/accounts.table.ts';
import { phoneNumbers } from './phone-numbers.table.ts';

/** What is on the account: counts against the plan and stands in its list. */
export const HELD = ['pending', 'active', 'expired'] as const;

export const isHeld = inArray(phoneNumbers.status, [...HELD]);

/** How much of its plan an account uses. */
export interface Usage {
  plan: Plan;
  /** Numbers it holds. */
  held: number;
  /** Trials it ever had. */
  trials: number;
}

export const mayBuy = ({ plan, held, trials }: Usage): boolean => held < plan.phoneNumbers && (plan.trialDays === null || trials === 0);

/** Counted anew each time; hold the account's lock where something is decided by it. */
export async function usageOf(on: Queryable, account: { id: string; plan: string }): Promise<Usage> {
  const [counted] = await on
    .select({
      held: count(sql`case when ${isHeld} then 1 end`),
      trials: count(sql`case when ${phoneNumbers.boughtAsTrial} then 1 end`),
    })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.accountId, account.id), ne(phoneNumbers.status, 'failed')));
  return { plan: planOf(account), held: counted?.held ?? 0, trials: counted?.trials ?? 0 };
}

/** As the API tells it. */
export async function eligibilityOf(on: Queryable, accountId: string) {
  const [account] = await on.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) throw new Error(`there is no account ${accountId}`);
  const { plan, held } = await usageOf(on, account);
  return { currentCount: held, maxAllowed: plan.phoneNumbers, hasSubscription: plan.paid, planName: plan.name };
}
