import { bigint, date, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

/** Which calls a row counts. Assistant, campaign and outcome are empty where a call has none. */
const counted = () => ({
  accountId: text('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** The day they began, UTC. */
  day: date().notNull(),
  assistantId: text('assistant_id').notNull(),
  campaignId: text('campaign_id').notNull(),
});

/** Calls of days that are over, counted once: call-statistics.ts adds the days since. */
export const callDays = pgTable(
  'call_days',
  {
    ...counted(),
    outcome: text().notNull(),
    calls: integer().notNull(),
    answered: integer().notNull(),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'call_days_pk', columns: [table.accountId, table.day, table.assistantId, table.campaignId, table.outcome] }),
  ],
);

/** Their replies, by how long the caller waited: a histogram whose buckets grow by a twentieth. */
export const callDayReplies = pgTable(
  'call_day_replies',
  { ...counted(), bucket: smallint().notNull(), replies: integer().notNull() },
  (table) => [
    primaryKey({ name: 'call_day_replies_pk', columns: [table.accountId, table.day, table.assistantId, table.campaignId, table.bucket] }),
  ],
);

/** One row: the last day that is counted. */
export const callDaysDone = pgTable('call_days_done', { id: integer().primaryKey(), day: date().notNull() });
