import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The lower bound of bucket 0; what is faster counts as that. */
const FIRST_MS = 20;
/** Each bucket is a twentieth wider than the one before: its middle is within 2.5 % of what it holds. */
const GROWTH = 1.05;
/** Ends at about 49 s, far past what a caller waits for. */
const LAST = 160;

/** How many replies fell into which bucket. */
export type ReplyHistogram = ReadonlyMap<number, number>;

/** The bucket of a time in ms, in SQL. */
export const bucketOf = (from: PgColumn, to: PgColumn): SQL =>
  sql`least(${LAST}, greatest(0, floor(ln(greatest(${to} - ${from}, ${FIRST_MS})::float8 / ${FIRST_MS}) / ln(${GROWTH}::float8))))::smallint`;

/** The time that `share` of the replies do not exceed (nearest rank), in whole ms; null without replies. */
export function replyPercentile(histogram: ReplyHistogram, share: number): number | null {
  const buckets = [...histogram].sort(([a], [b]) => a - b);
  const all = buckets.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(share * all));
  let passed = 0;
  for (const [bucket, count] of buckets) {
    passed += count;
    if (passed >= rank) return Math.round(FIRST_MS * GROWTH ** (bucket + 0.5));
  }
  return null;
}
