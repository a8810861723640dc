import { sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
import { accounts } from './accounts.table.ts';
import { addAccount } from './accounts.ts';
import { type ApiKeys, mintKey } from './api-keys.ts';

/** What a first start made; secrets that were given by a setting are not repeated. */
export interface FirstWorkspace {
  slug: string;
  email: string;
  password: string | null;
  apiKey: string | null;
}

/** Any number will do: only one node makes the first workspace. */
const LOCK = 7_283_102;

/** Makes the workspace `my-team` with a key in an empty database; null when there is a workspace already. */
export async function createFirstWorkspace(db: Database, apiKeys: ApiKeys, config: Config): Promise<FirstWorkspace | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const existing = await tx.select({ id: accounts.id }).from(accounts).limit(1);
    if (existing.length > 0) return null;
    const account = await addAccount(tx, { slug: 'my-team', name: 'My team', plan: config.TALKTURO_DEFAULT_PLAN });
    const fullKey = config.TALKTURO_BOOTSTRAP_API_KEY ?? mintKey(config.env === 'production');
    await apiKeys.add({ accountId: account.id, name: 'First key', fullKey, scopes: ['*'], rateLimitPerHour: 0, createdBy: null }, tx);
    return {
      slug: account.slug,
      email: config.TALKTURO_ADMIN_EMAIL,
      password: null,
      apiKey: config.TALKTURO_BOOTSTRAP_API_KEY ? null : fullKey,
    };
  });
}
