import { eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '../database/connect.ts';
import { accounts } from '../identity/accounts.table.ts';

/** What an account of a plan may have. */
export interface Plan {
  /** As the operator and the settings write it. */
  id: string;
  name: string;
  /** Phone numbers it may own at once. */
  phoneNumbers: number;
  /** Set where those are free trials, one ever: how long one lasts. */
  trialDays: number | null;
  /** Whether it is a paid plan. */
  paid: boolean;
}

/** The plans. A number here is the only place it stands. */
export const PLANS = [
  { id: 'free', name: 'Free', phoneNumbers: 1, trialDays: 5, paid: false },
  { id: 'starter', name: 'Starter', phoneNumbers: 3, trialDays: null, paid: true },
  { id: 'growth', name: 'Growth', phoneNumbers: 10, trialDays: null, paid: true },
  { id: 'scale', name: 'Scale', phoneNumbers: 100, trialDays: null, paid: true },
] as const satisfies readonly Plan[];

export type PlanId = (typeof PLANS)[number]['id'];

/** The plan of that id. Undefined for any other word. */
export const findPlan = (id: string): Plan | undefined => PLANS.find((plan) => plan.id === id);

/** The plan of an account's row. */
export function planOf(account: { id: string; plan: string }): Plan {
  const plan = findPlan(account.plan);
  if (!plan) throw new Error(`account ${account.id} has the unknown plan ${account.plan}`);
  return plan;
}

/**
 * The account with a lock on its row until the transaction ends: what is counted against its plan stays true until then.
 * Rows that only refer to the account can still be written by others meanwhile.
 */
export async function lockedAccount(tx: Transaction, accountId: string) {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('no key update');
  if (!account) throw new Error(`there is no account ${accountId}`);
  return account;
}

/** Puts an account on a plan. @returns whether there is such an account. */
export async function setPlan(on: Queryable, accountId: string, plan: PlanId): Promise<boolean> {
  const changed = await on.update(accounts).set({ plan }).where(eq(accounts.id, accountId)).returning({ id: accounts.id });
  return changed.length > 0;
}
