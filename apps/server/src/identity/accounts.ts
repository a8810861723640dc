import { eq } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { accounts } from './accounts.table.ts';

export type Account = typeof accounts.$inferSelect;

/** Makes a workspace. The slug must be free. */
export async function addAccount(on: Queryable, account: { slug: string; name: string; plan: string }): Promise<Account> {
  const [row] = await on
    .insert(accounts)
    .values({ id: newId('acct'), ...account })
    .returning();
  if (!row) throw new Error('the account was not stored');
  return row;
}

/** What a workspace calls itself; empty where it is gone. */
export async function nameOfAccount(on: Queryable, id: string): Promise<string> {
  const [row] = await on.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, id)).limit(1);
  return row?.name ?? '';
}

export async function accountBySlug(on: Queryable, slug: string): Promise<Account | undefined> {
  const [row] = await on.select().from(accounts).where(eq(accounts.slug, slug)).limit(1);
  return row;
}
