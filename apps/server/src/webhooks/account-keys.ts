import type { KeyObject } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/connect.ts';
import type { Sealer } from '../database/sealing.ts';
import { newKeyPair, privateKeyOf } from './signing.ts';
import { webhookKeys } from './webhooks.table.ts';

export type AccountKeys = ReturnType<typeof createAccountKeys>;

interface Pair {
  /** Raw 32 bytes, base64. */
  publicKey: string;
  privateKey: KeyObject;
}

/** The Ed25519 pair of each account, made when first asked for and never changed. */
export function createAccountKeys(db: Database, sealer: Sealer) {
  const known = new LRUCache<string, Pair>({ max: 1_000 });
  const context = (accountId: string) => `webhook_keys.private_key ${accountId}`;

  return {
    async of(accountId: string): Promise<Pair> {
      const cached = known.get(accountId);
      if (cached) return cached;
      const find = () => db.select().from(webhookKeys).where(eq(webhookKeys.accountId, accountId));
      let [row] = await find();
      if (!row) {
        const made = newKeyPair();
        const privateKey = sealer.seal(made.seed, context(accountId));
        // Two nodes may make one at once: the first stays.
        await db.insert(webhookKeys).values({ accountId, publicKey: made.publicKey, privateKey }).onConflictDoNothing();
        [row] = await find();
      }
      if (!row) throw new Error('the signing key was not stored');
      const pair = { publicKey: row.publicKey, privateKey: privateKeyOf(sealer.open(row.privateKey, context(accountId))) };
      known.set(accountId, pair);
      return pair;
    },
  };
}
