import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * The outbox. A row is written in the transaction of the change it tells about, so there is no change without
 * its event and no event without its change. Deleted after its time; see `RETENTION_DAYS`.
 */
export const events = pgTable(
  'events',
  {
    id: text().primaryKey(),
    /** Order of writing. Events of one subject are written one after the other, so by subject it is the true order. */
    seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    accountId: text('account_id').notNull(),
    /** Set where the event concerns one assistant: its own subscribers hear it too. */
    assistantId: text('assistant_id'),
    type: text().notNull(),
    /** What is told about (a call, a campaign): events of one subject keep their order. */
    subjectId: text('subject_id').notNull(),
    /** The JSON envelope, serialised once: these bytes are signed and sent. */
    body: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Null until every subscriber has taken it. */
    dispatchedAt: timestamp('dispatched_at', { withTimezone: true }),
    /** How often a subscriber failed on it. */
    failures: integer().notNull().default(0),
    /** A failed one waits until then. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('events_waiting').on(table.seq).where(sql`${table.dispatchedAt} is null`),
    index('events_created').on(table.createdAt),
    index('events_subject').on(table.subjectId, table.seq),
  ],
);
