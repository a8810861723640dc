import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyRecord, BodyOf, createApiKey, updateApiKey } from '@talkturo/contract';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { newId, teamIdOf } from '../database/ids.ts';
import { badRequest, forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { accounts } from './accounts.table.ts';
import { apiKeys } from './api-keys.table.ts';
import { audit, changesBetween } from './audit.ts';
import type { Beliefs } from './beliefs.ts';

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

type Row = typeof apiKeys.$inferSelect;
type Changes = Omit<BodyOf<typeof updateApiKey>, 'accountSlug'>;

/** The API keys of accounts: made, found by their text, changed, revoked. */
export function createApiKeys(db: Database, beliefs: Beliefs) {
  const believed = beliefs.of<Known>('api_keys');

  const add = async (key: NewKey, on: Queryable = db): Promise<string> => (await insert(on, key)).id;

  return {
    add,

    /** Makes a key for a signed-in person. @returns its record and its full text, which is not stored */
    async create(caller: Caller, wanted: BodyOf<typeof createApiKey>, live: boolean): Promise<{ apiKey: ApiKeyRecord; fullKey: string }> {
      const expiresAt = requireFuture(wanted.expires_at);
      const fullKey = mintKey(live);
      const { name, scopes, rate_limit_per_hour: rateLimitPerHour } = wanted;
      return db.transaction(async (tx) => {
        const key = { accountId: caller.accountId, name, fullKey, scopes, rateLimitPerHour, createdBy: caller.userId, expiresAt };
        const row = await insert(tx, key);
        await audit(tx, caller, 'api_key.created', row.id, { name: { to: name }, scopes: { to: scopes } });
        return { apiKey: toRecord(row), fullKey };
      });
    },

    async list(caller: Caller): Promise<ApiKeyRecord[]> {
      const rows = await db
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.accountId, caller.accountId), isNull(apiKeys.revokedAt)))
        .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
      return rows.map(toRecord);
    },

    async change(caller: Caller, id: string, changes: Changes): Promise<ApiKeyRecord> {
      const set = {
        ...(changes.name === undefined ? {} : { name: changes.name }),
        ...(changes.scopes === undefined ? {} : { scopes: changes.scopes }),
        ...(changes.rate_limit_per_hour === undefined ? {} : { rateLimitPerHour: changes.rate_limit_per_hour }),
        ...(changes.expires_at === undefined ? {} : { expiresAt: requireFuture(changes.expires_at) }),
      };
      const record = await db.transaction(async (tx) => {
        const before = await own(tx, caller, id);
        if (Object.keys(set).length === 0) return toRecord(before);
        const [row] = await tx.update(apiKeys).set(set).where(eq(apiKeys.id, id)).returning();
        if (!row) throw notFound('API key');
        await audit(tx, caller, 'api_key.updated', id, changesBetween(toRecord(before), toRecord(row)));
        return toRecord(row);
      });
      believed.forget();
      return record;
    },

    /** From now on nobody may use it: here at once, elsewhere as soon as the database's notice arrives there. */
    async revoke(caller: Caller, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await own(tx, caller, id);
        await tx.update(apiKeys).set({ revokedAt: sql`now()` }).where(eq(apiKeys.id, id));
        await audit(tx, caller, 'api_key.revoked', id, { name: { from: before.name } });
      });
      believed.forget();
    },

    /** Who holds this token; null when it is unknown, revoked or expired. */
    async find(token: string): Promise<Known | null> {
      if (!/^tk_(live|test)_[A-Za-z0-9_-]{16,200}$/.test(token)) return null;
      const hash = hashKey(token);
      const known = await believed.about(hash, () => look(db, hash));
      return known && (known.expiresAt === null || known.expiresAt > Date.now()) ? known : null;
    },
  };
}

async function insert(on: Queryable, key: NewKey): Promise<Row> {
  const [row] = await on
    .insert(apiKeys)
    .values({
      id: newId('key'),
      accountId: key.accountId,
      name: key.name,
      prefix: key.fullKey.slice(0, 12),
      hash: hashKey(key.fullKey),
      scopes: [...key.scopes],
      rateLimitPerHour: key.rateLimitPerHour,
      createdBy: key.createdBy,
      expiresAt: key.expiresAt ?? null,
    })
    .returning();
  if (!row) throw new Error('the key was not stored');
  return row;
}

/** The key if it exists, works and is of the caller's account. */
async function own(on: Queryable, caller: Caller, id: string): Promise<Row> {
  const [row] = await on
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .for('update');
  if (!row) throw notFound('API key');
  if (row.accountId !== caller.accountId) throw forbidden();
  return row;
}

function requireFuture(time: string | null): Date | null {
  if (time === null) return null;
  const date = new Date(time);
  if (date.getTime() > Date.now()) return date;
  throw badRequest('expires_at: must be in the future', [{ path: 'expires_at', message: 'must be in the future' }]);
}

const toRecord = (row: Row): ApiKeyRecord => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  rate_limit_per_hour: row.rateLimitPerHour,
  created_by: row.createdBy,
  created_at: row.createdAt.toISOString(),
  last_used_at: row.lastUsedAt?.toISOString() ?? null,
  expires_at: row.expiresAt?.toISOString() ?? null,
});

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
