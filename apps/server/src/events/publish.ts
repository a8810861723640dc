import { type EventData, type EventType, events as eventShapes } from '@talkturo/contract';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { events } from './events.table.ts';

/** Whoever dispatches events listens here; a notice goes out when the publishing transaction commits. */
export const EVENTS_CHANNEL = 'talkturo_events';

/** Something that happened, as a feature tells it. */
export type NewEvent = {
  [T in EventType]: {
    type: T;
    /** `acct_…` */
    accountId: string;
    /** Set where it concerns one assistant. */
    assistantId?: string | null;
    /** What it is about: events with the same subject reach each receiver in the order of publishing. */
    subjectId: string;
    data: EventData<T>;
    /** When it happened; now unless given. */
    at?: Date;
  };
}[EventType];

/**
 * Writes an event to the outbox within the caller's transaction: it is told if, and only if, that commits.
 * Publish the events of one subject one after the other, never from two transactions at once.
 * @returns the event's id (`evt_…`).
 * @throws ZodError when the data does not have the shape of the contract, which is a bug.
 */
export async function publish(tx: Queryable, event: NewEvent): Promise<string> {
  const id = newId('evt');
  const createdAt = event.at ?? new Date();
  const data = eventShapes[event.type].data.parse(event.data);
  await tx.insert(events).values({
    id,
    accountId: event.accountId,
    assistantId: event.assistantId ?? null,
    type: event.type,
    subjectId: event.subjectId,
    body: JSON.stringify({ id, type: event.type, created_at: createdAt.toISOString(), data }),
    createdAt,
  });
  await tx.execute(sql`select pg_notify(${EVENTS_CHANNEL}, '')`);
  return id;
}
