import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database, Queryable } from '../database/connect.ts';
import { newId, teamIdOf } from '../database/ids.ts';
import type { Caller } from '../http/caller.ts';
import { accounts } from './accounts.table.ts';
import { apiKeys } from './api-keys.table.ts';

/** How long a key that was found may be believed without asking again: a revocation elsewhere takes at most this long. */
const BELIEVE_MS = 5_000;

interface Known {
  caller: Caller;
  expiresAt: number | null;
  rateLimitPerHour: number;
}

/** A new key. The full text is shown once and never stored. */
export function mintKey(live: boolean): string {
  return `tk_${live ? 'live' : 'test'}_${randomBytes(24).toString('base64url')}`;
}

/** SHA-256 is enough for keys of 192 random bits: there is nothing to guess. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

export interface NewKey {
  accountId: string;
  name: string;
  fullKey: string;
  scopes: readonly string[];
  /** 0: no limit. */
  rateLimitPerHour: number;
  createdBy: string | null;
  expiresAt?: Date | null;
}

export type ApiKeys = ReturnType<typeof createApiKeys>;

/** The API keys of accounts: made, found by their text, revoked. */
export function createApiKeys(db: Database) {
  const believed = new LRUCache<string, Known>({ max: 10_000, ttl: BELIEVE_MS });

  return {
    async add(key: NewKey, on: Queryable = db): Promise<string> {
      const id = newId('key');
      await on.insert(apiKeys).values({
        id,
        accountId: key.accountId,
        name: key.name,
        prefix: key.fullKey.slice(0, 12),
        hash: hashKey(key.fullKey),
        scopes: [...key.scopes],
        rateLimitPerHour: key.rateLimitPerHour,
        createdBy: key.createdBy,
        expiresAt: key.expiresAt ?? null,
      });
      return id;
    },

    /** Who holds this token; null when it is unknown, revoked or expired. */
    async find(token: string): Promise<Known | null> {
      if (!/^tk_(live|test)_[A-Za-z0-9_-]{16,200}$/.test(token)) return null;
      const hash = hashKey(token);
      const known = believed.get(hash) ?? (await look(db, hash));
      if (!known || (known.expiresAt !== null && known.expiresAt <= Date.now())) return null;
      believed.set(hash, known, { noUpdateTTL: true });
      return known;
    },

    /** Forgets what this node believes, at once after a change here. */
    forget(): void {
      believed.clear();
    },
  };
}

async function look(db: Database, hash: string): Promise<Known | null> {
  const [row] = await db
    .select({ key: apiKeys, slug: accounts.slug })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .limit(1);
  if (!row) return null;
  return {
    expiresAt: row.key.expiresAt?.getTime() ?? null,
    rateLimitPerHour: row.key.rateLimitPerHour,
    caller: {
      accountId: row.key.accountId,
      teamId: teamIdOf(row.key.accountId),
      accountSlug: row.slug,
      keyId: row.key.id,
      userId: row.key.createdBy,
      via: 'key',
      role: null,
      scopes: row.key.scopes,
    },
  };
}
