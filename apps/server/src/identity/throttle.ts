import { lt, sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { AppError } from '../http/app-error.ts';
import { rateWindows } from './rate-windows.table.ts';

/** Windows that are over are removed after this. */
const KEEP_MS = 3_600_000;

export interface Allowance {
  /** How often within the window. */
  times: number;
  seconds: number;
}

export type Throttle = ReturnType<typeof createThrottle>;

/** Slows down whoever tries something too often, over all nodes together. For rare things such as signing in: each try is a write. */
export function createThrottle(db: Database, now: () => number = Date.now) {
  return {
    /**
     * Counts a try.
     * @throws AppError 429 with Retry-After when there were too many in this window.
     */
    async pass(key: string, { times, seconds }: Allowance): Promise<void> {
      const length = seconds * 1000;
      const end = Math.floor(now() / length) * length + length;
      const [row] = await db
        .insert(rateWindows)
        .values({ key, endsAt: new Date(end), count: 1 })
        .onConflictDoUpdate({ target: [rateWindows.key, rateWindows.endsAt], set: { count: sql`${rateWindows.count} + 1` } })
        .returning();
      if (row?.count === 1) await db.delete(rateWindows).where(lt(rateWindows.endsAt, new Date(now() - KEEP_MS)));
      if ((row?.count ?? 0) > times) throw tooMany(Math.ceil((end - now()) / 1000));
    },
  };
}

const tooMany = (seconds: number) =>
  new AppError('too_many_tries', 429, `Too many tries: wait ${seconds} seconds and try again.`, {
    headers: { 'retry-after': String(seconds) },
  });
