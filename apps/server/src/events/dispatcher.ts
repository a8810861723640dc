import { eq, inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database, Transaction } from '../database/connect.ts';
import { events } from './events.table.ts';

export type StoredEvent = typeof events.$inferSelect;

/** Takes events, in order, in the dispatcher's transaction: what it writes there stands if and only if the event counts as taken. */
export type Subscriber = (tx: Transaction, batch: readonly StoredEvent[]) => Promise<void>;

/** Only one node dispatches at a time, so that events keep their order; any number does, as long as all nodes use the same. */
const LOCK = 7_283_102;
const BATCH = 200;
/** After so many failures an event is given up, with an error in the log: it must not hold its neighbours for ever. */
const MOST_FAILURES = 12;

export type Dispatcher = ReturnType<typeof createDispatcher>;

/** Hands events from the outbox to the subscribers, each event once, in the order of writing. */
export function createDispatcher(db: Database, logger: Logger) {
  const subscribers: Subscriber[] = [];

  /** One batch. @returns how many events were dealt with; 0 when there are none or another node is at it. */
  async function dispatch(limit = BATCH): Promise<number> {
    const batch: StoredEvent[] = [];
    try {
      await db.transaction(async (tx) => {
        const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`);
        if (!rows[0]?.mine) return;
        batch.push(...(await waiting(tx, limit)));
        if (batch.length === 0) return;
        for (const subscriber of subscribers) await subscriber(tx, batch);
        await tx
          .update(events)
          .set({ dispatchedAt: sql`now()` })
          .where(
            inArray(
              events.id,
              batch.map((event) => event.id),
            ),
          );
      });
    } catch (error) {
      // One bad event must not hold the others: alone it is put off, in company each is tried alone.
      if (batch.length === 0) throw error;
      if (batch.length === 1) await putOff(batch[0]!, error);
      else for (let i = 0; i < batch.length; i++) if ((await dispatch(1)) === 0) break;
    }
    return batch.length;
  }

  async function putOff(event: StoredEvent, error: unknown): Promise<void> {
    const failures = event.failures + 1;
    const givenUp = failures >= MOST_FAILURES;
    logger.error({ err: error, eventId: event.id, failures }, givenUp ? 'event given up' : 'event put off: a subscriber failed');
    await db
      .update(events)
      .set({
        failures,
        dueAt: sql`now() + ${Math.min(2 ** failures, 600)} * interval '1 second'`,
        ...(givenUp ? { dispatchedAt: sql`now()` } : {}),
      })
      .where(eq(events.id, event.id));
  }

  return {
    subscribe(subscriber: Subscriber): void {
      subscribers.push(subscriber);
    },
    dispatch,
    /** Everything that waits, for tests and the last moments of a node. */
    async dispatchAll(): Promise<void> {
      while ((await dispatch()) > 0);
    },
  };
}

/** The oldest due events, leaving out those whose subject has an earlier one put off. */
const waiting = (tx: Transaction, limit: number): Promise<StoredEvent[]> =>
  tx
    .select()
    .from(events)
    .where(
      sql`${events.dispatchedAt} is null and ${events.dueAt} <= now() and not exists (
        select 1 from ${events} earlier where earlier.subject_id = ${events.subjectId} and earlier.seq < ${events.seq}
          and earlier.dispatched_at is null and earlier.due_at > now())`,
    )
    .orderBy(events.seq)
    .limit(limit);
