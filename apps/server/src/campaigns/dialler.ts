import { sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import type { CallResult } from './next-step.ts';

/** A call a campaign has decided to place; the attempt's row stands already. */
export interface PlannedCall {
  /** The call is placed under this id or not at all. */
  callId: string;
  accountId: string;
  assistantId: string;
  campaignId: string;
  contactId: string;
  /** `pn_…`; null: the built-in network lends one. */
  fromNumberId: string | null;
  /** E.164 */
  toNumber: string;
}

/** What became of a call. */
export type Fate =
  /** It was not placed and never will be under this id: `lookUp` has seen to that. */
  | { is: 'never-placed' }
  | { is: 'live' }
  | ({ is: 'over' } & CallResult)
  /** Cannot be told just now: ask again later. */
  | { is: 'unknown' };

/** How campaigns place calls; the composition root gives the real one, tests a simulated one. */
export interface Dialler {
  /**
   * Places a call. Resolves when it is on record, taken by the carrier or refused. When it rejects, nothing is known:
   * ask `lookUp`.
   */
  place(call: PlannedCall): Promise<void>;
  lookUp(callId: string): Promise<Fate>;
  /** How many more calls this node can take now. */
  capacity(): number;
}

/** The time all nodes agree on. */
export type SharedClock = (on: Queryable) => Promise<Date>;

/** The database's clock, at this moment rather than at the beginning of the transaction. */
export const databaseClock: SharedClock = async (on) => {
  const { rows } = await on.execute<{ now: Date | string }>(sql`select clock_timestamp() as now`);
  return new Date(rows[0]!.now);
};
