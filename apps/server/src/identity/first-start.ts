import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Database, Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { accounts } from './accounts.table.ts';
import { addAccount } from './accounts.ts';
import { type ApiKeys, mintKey } from './api-keys.ts';
import { addMembership } from './memberships.ts';
import { credentials, users } from './users.table.ts';

/** What a first start made; secrets that were given by a setting are not repeated. */
export interface FirstWorkspace {
  slug: string;
  email: string;
  password: string | null;
  apiKey: string | null;
}

/** Any number will do: only one node makes the first workspace. */
const LOCK = 7_283_102;

type Settings = Pick<
  Config,
  'TALKTURO_DEFAULT_PLAN' | 'TALKTURO_ADMIN_EMAIL' | 'TALKTURO_ADMIN_PASSWORD' | 'TALKTURO_BOOTSTRAP_API_KEY' | 'env'
>;

/**
 * Makes, in an empty database, the workspace `my-team` with an owner and a key; null when there is a workspace already. Safe when
 * several nodes start at once.
 */
export async function createFirstWorkspace(db: Database, apiKeys: ApiKeys, config: Settings): Promise<FirstWorkspace | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const existing = await tx.select({ id: accounts.id }).from(accounts).limit(1);
    if (existing.length > 0) return null;
    const email = config.TALKTURO_ADMIN_EMAIL.toLowerCase();
    const password = config.TALKTURO_ADMIN_PASSWORD ?? randomBytes(12).toString('base64url');
    const fullKey = config.TALKTURO_BOOTSTRAP_API_KEY ?? mintKey(config.env === 'production');

    const account = await addAccount(tx, { slug: 'my-team', name: 'My team', plan: config.TALKTURO_DEFAULT_PLAN });
    const userId = await addUser(tx, { email, password, name: 'Owner' });
    await addMembership(tx, { accountId: account.id, userId, role: 'owner' });
    await apiKeys.add({ accountId: account.id, name: 'First key', fullKey, scopes: ['*'], rateLimitPerHour: 0, createdBy: userId }, tx);
    return {
      slug: account.slug,
      email,
      password: config.TALKTURO_ADMIN_PASSWORD ? null : password,
      apiKey: config.TALKTURO_BOOTSTRAP_API_KEY ? null : fullKey,
    };
  });
}

/** A person who can sign in with a password, stored as better-auth stores one. */
async function addUser(tx: Transaction, user: { email: string; password: string; name: string }): Promise<string> {
  const id = newId('usr');
  await tx.insert(users).values({ id, name: user.name, email: user.email, emailVerified: true });
  const password = await hashPassword(user.password);
  await tx.insert(credentials).values({ id: newId('crd'), userId: id, providerId: 'credential', accountId: id, password });
  return id;
}
