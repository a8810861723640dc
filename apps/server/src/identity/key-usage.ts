import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import { AppError } from '../http/app-error.ts';
import { apiKeys } from './api-keys.table.ts';
import { rateWindows } from './rate-windows.table.ts';

const HOUR_MS = 3_600_000;
/** How long counts stay in memory before the other nodes hear of them. */
const FLUSH_MS = 1_000;
/** So close to its end a limit is counted in the database request by request, so that nodes together do not pass it. */
const NEAR_END = 20;
/** The last use is written at most this often. */
const TOUCH_MS = 60_000;

/** One key in the current hour. */
interface Window {
  endsAt: number;
  /** What the database knew when last asked, all nodes together. */
  stored: number;
  /** Counted here and not yet in `stored`. */
  unsent: number;
  /** Resolves once `stored` was read. */
  ready: Promise<void>;
}

export type KeyUsage = ReturnType<typeof createKeyUsage>;

/**
 * Counts the requests of each limited key by clock hour and notes when keys were last used.
 * Counting happens in memory; a second later the sums go to PostgreSQL in one statement, so a request costs no write until the last
 * twenty of the hour. Nodes together pass a limit only when they use up more than those twenty within one second.
 */
export function createKeyUsage(db: Database, logger: Logger, now: () => number = Date.now) {
  const windows = new Map<string, Window>();
  const touched = new Map<string, number>();
  const untold = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  const arm = () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, FLUSH_MS).unref();
  };

  const flush = (): Promise<void> => {
    flushing = flushing.then(async () => {
      try {
        await sendCounts(db, windows, now());
        await sendTouches(db, untold);
      } catch (error) {
        // The counts are kept and sent with the next ones; requests must not fail because of them.
        logger.warn({ err: error }, 'key usage could not be stored');
      }
    });
    return flushing;
  };

  const windowOf = (keyId: string): Window => {
    const endsAt = Math.floor(now() / HOUR_MS) * HOUR_MS + HOUR_MS;
    const known = windows.get(keyId);
    if (known?.endsAt === endsAt) return known;
    const made: Window = { endsAt, stored: 0, unsent: 0, ready: Promise.resolve() };
    made.ready = storedCount(db, keyId, endsAt).then(
      (count) => {
        made.stored = count;
      },
      (error) => {
        // The next request asks again.
        windows.delete(keyId);
        throw error;
      },
    );
    windows.set(keyId, made);
    return made;
  };

  return {
    /**
     * Counts a request of a key and says in the answer's headers what is left.
     * @param limit requests an hour; 0: no limit
     * @throws AppError 429 when the hour's requests are used up
     */
    async count(keyId: string, limit: number, reply: FastifyReply): Promise<void> {
      const time = now();
      if (time - (touched.get(keyId) ?? 0) >= TOUCH_MS) {
        touched.set(keyId, time);
        untold.add(keyId);
        arm();
      }
      if (limit === 0) return;
      const window = windowOf(keyId);
      await window.ready;
      let left = limit - window.stored - window.unsent;
      const near = left > 0 && left <= NEAR_END;
      if (near) {
        window.stored = Math.max(window.stored, await countOne(db, keyId, window.endsAt));
        left = limit - window.stored - window.unsent + 1;
      }
      const seconds = Math.ceil((window.endsAt - time) / 1000);
      reply.headers({
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(Math.max(0, left - 1)),
        'ratelimit-reset': String(seconds),
      });
      if (left <= 0) throw usedUp(limit, seconds);
      if (near) return;
      window.unsent++;
      arm();
    },

    /** Sends what is counted so far. */
    flush,

    /** The same, as the last thing. */
    async close(): Promise<void> {
      clearTimeout(timer);
      await flush();
    },
  };
}

const usedUp = (limit: number, seconds: number) =>
  new AppError('rate_limited', 429, `This API key may make ${limit} requests an hour: wait ${seconds} seconds, or raise its limit.`, {
    headers: { 'retry-after': String(seconds) },
  });

async function storedCount(db: Database, key: string, endsAt: number): Promise<number> {
  const [row] = await db
    .select({ count: rateWindows.count })
    .from(rateWindows)
    .where(and(eq(rateWindows.key, key), eq(rateWindows.endsAt, new Date(endsAt))));
  return row?.count ?? 0;
}

/** @returns the count with this request, all nodes together. */
async function countOne(db: Database, key: string, endsAt: number): Promise<number> {
  const [row] = await db
    .insert(rateWindows)
    .values({ key, endsAt: new Date(endsAt), count: 1 })
    .onConflictDoUpdate({ target: [rateWindows.key, rateWindows.endsAt], set: { count: sql`${rateWindows.count} + 1` } })
    .returning();
  return row?.count ?? 0;
}

async function sendCounts(db: Database, windows: Map<string, Window>, time: number): Promise<void> {
  for (const [key, window] of windows) if (window.endsAt <= time && window.unsent === 0) windows.delete(key);
  const full = [...windows].filter(([, window]) => window.unsent > 0);
  if (full.length === 0) return;
  const sent = full.map(([key, window]) => ({ key, endsAt: new Date(window.endsAt), count: window.unsent }));
  // Always in the same order, so that two nodes never wait for each other's rows.
  sent.sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = await db
    .insert(rateWindows)
    .values(sent)
    .onConflictDoUpdate({
      target: [rateWindows.key, rateWindows.endsAt],
      set: { count: sql`${rateWindows.count} + excluded.count` },
    })
    .returning();
  for (const row of rows) {
    const window = windows.get(row.key);
    if (!window || window.endsAt !== row.endsAt.getTime()) continue;
    window.unsent -= sent.find((one) => one.key === row.key)?.count ?? 0;
    window.stored = row.count;
  }
  await db.delete(rateWindows).where(lt(rateWindows.endsAt, new Date(time - HOUR_MS)));
}

async function sendTouches(db: Database, untold: Set<string>): Promise<void> {
  if (untold.size === 0) return;
  const ids = [...untold];
  untold.clear();
  await db.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(inArray(apiKeys.id, ids));
}
