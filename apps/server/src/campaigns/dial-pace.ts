import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect.ts';
import { dialPace } from './campaign-attempts.table.ts';

const SECOND_US = 1_000_000;

/** How calls of a pace are spread: so many at once, the next ones so far apart. */
export interface Spread {
  burst: number;
  intervalUs: number;
}

/**
 * A fifth of the pace may come at once. The interval makes up for it: in no window of a second are there more than
 * `perSecond` calls (burst + what the rest of the second lets in).
 */
export function spreadOf(perSecond: number): Spread {
  const burst = Math.max(1, Math.ceil(perSecond / 5));
  return { burst, intervalUs: Math.ceil(SECOND_US / (perSecond - burst + 1)) };
}

/** How many of `wanted` calls may be placed at `nowUs`, when the pace is used up until `usedUntilUs`; and until when it is used up then. */
export function slotsAt(usedUntilUs: number, nowUs: number, wanted: number, { burst, intervalUs }: Spread) {
  const from = Math.max(usedUntilUs, nowUs);
  const free = Math.max(0, Math.floor((nowUs - from) / intervalUs) + burst);
  const granted = Math.min(wanted, free);
  return { granted, usedUntilUs: from + granted * intervalUs };
}

/**
 * Takes places in the pace of a carrier connection, which all nodes share (generic cell rate algorithm; the row's lock
 * is held until the transaction ends).
 * @returns how many calls may be placed now, and in how many ms the next one may.
 */
export async function takePace(
  tx: Transaction,
  connection: string,
  wanted: number,
  perSecond: number,
  now: Date,
): Promise<{ granted: number; nextInMs: number }> {
  await tx.insert(dialPace).values({ connection, usedUntilUs: 0 }).onConflictDoNothing();
  const [row] = await tx.select().from(dialPace).where(sql`${dialPace.connection} = ${connection}`).for('update');
  const spread = spreadOf(perSecond);
  const nowUs = now.getTime() * 1000;
  // A clock that was set back must not stop all calls until it has caught up.
  const usedUntil = Math.min(row?.usedUntilUs ?? 0, nowUs + spread.burst * spread.intervalUs);
  const { granted, usedUntilUs } = slotsAt(usedUntil, nowUs, wanted, spread);
  if (granted > 0) await tx.update(dialPace).set({ usedUntilUs }).where(sql`${dialPace.connection} = ${connection}`);
  return { granted, nextInMs: Math.max(1, Math.ceil((usedUntilUs - nowUs - (spread.burst - 1) * spread.intervalUs) / 1000)) };
}
