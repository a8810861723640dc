import type { CallCost } from '@talkturo/contract';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** One row a call, from the moment it was asked for or came in. It is never deleted, only emptied. */
export const calls = pgTable(
  'calls',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** No foreign keys: a call outlives its assistant, campaign and contact. */
    assistantId: text('assistant_id'),
    campaignId: text('campaign_id'),
    contactId: text('contact_id'),
    direction: text().notNull(),
    /** Moves forward only; see call-status.ts. */
    status: text().notNull(),
    endedReason: text('ended_reason'),
    outcome: text(),
    /** One sentence on what went wrong. */
    error: text(),
    carrier: text().notNull(),
    /** The carrier's own id of it. */
    carrierRef: text('carrier_ref'),
    /** The node that holds it. */
    nodeId: text('node_id').notNull(),
    fromNumber: text('from_number'),
    toNumber: text('to_number'),
    /** Whom the caller was connected with at the end. */
    transferredTo: text('transferred_to'),
    /** Of a call that asks whether somebody takes another one (an attended transfer): that one, and what they are told of it. */
    consultationOf: text('consultation_of'),
    consultationSummary: text('consultation_summary'),
    language: text(),
    machineDetection: text('machine_detection'),
    startedAt: instant('started_at').notNull().defaultNow(),
    answeredAt: instant('answered_at'),
    endedAt: instant('ended_at'),
    durationMs: integer('duration_ms'),
    /** What it cost, as far as prices are known; see call-cost.ts. */
    cost: jsonb().$type<CallCost>(),
    /** Where the recording lies among the blobs. */
    recordingKey: text('recording_key'),
    /** How many rows call_events has of it: the next one's sequence is one more. */
    eventCount: integer('event_count').notNull().default(0),
    erasedAt: instant('erased_at'),
  },
  (table) => [
    check('calls_status', sql`${table.status} in ('queued', 'ringing', 'in_progress', 'completed', 'failed')`),
    index('calls_account').on(table.accountId, table.startedAt, table.id),
    index('calls_assistant').on(table.assistantId, table.startedAt),
    index('calls_contact').on(table.contactId, table.startedAt).where(sql`${table.contactId} is not null`),
    index('calls_campaign').on(table.campaignId, table.startedAt).where(sql`${table.campaignId} is not null`),
    index('calls_consultation').on(table.consultationOf).where(sql`${table.consultationOf} is not null`),
    // Rows lie in the order they began: a few kB find the calls of a day over all accounts.
    index('calls_day').using('brin', table.startedAt),
    index('calls_live').on(table.nodeId).where(sql`${table.status} in ('queued', 'ringing', 'in_progress')`),
    uniqueIndex('calls_carrier_ref').on(table.carrier, table.carrierRef).where(sql`${table.carrierRef} is not null`),
  ],
);

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const ofCall = () =>
  text('call_id')
    .notNull()
    .references(() => calls.id, { onDelete: 'cascade' });

/** The transcript. Times are ms from the answer. */
export const callTurns = pgTable(
  'call_turns',
  {
    callId: ofCall(),
    index: integer().notNull(),
    speaker: text().notNull(),
    text: text().notNull(),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms').notNull(),
    interrupted: boolean().notNull(),
    confidence: real(),
    /** For the search; see transcript-search.ts. */
    words: tsvector().notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.index] }), index('call_turns_words').using('gin', table.words)],
);

/** What happened, in order. The text of a turn stands in call_turns alone. */
export const callEvents = pgTable(
  'call_events',
  {
    callId: ofCall(),
    sequence: integer().notNull(),
    type: text().notNull(),
    /** From the answer; null before it. */
    atMs: integer('at_ms'),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.sequence] })],
);

/** The six marks of a turn, ms from the answer. */
export const callMarks = pgTable(
  'call_marks',
  {
    callId: ofCall(),
    turn: integer().notNull(),
    callerStopped: real('caller_stopped').notNull(),
    turnDecided: real('turn_decided'),
    firstToken: real('first_token'),
    firstSentence: real('first_sentence'),
    firstAudio: real('first_audio'),
    firstSoundOut: real('first_sound_out'),
  },
  (table) => [primaryKey({ columns: [table.callId, table.turn] })],
);

export type Call = typeof calls.$inferSelect;
export type CallTurn = typeof callTurns.$inferSelect;
