import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { companies } from '../crm/companies.table.ts';
import { accounts } from '../identity/accounts.table.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Who calls whom, when and how. Rows are kept when deleted: their calls stay on record. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** No reference: a campaign that is over outlives its assistant. */
    assistantId: text('assistant_id').notNull(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    name: text().notNull(),
    description: text(),
    status: text().$type<'draft' | 'scheduled' | 'running' | 'paused' | 'completed' | 'cancelled'>().notNull().default('draft'),
    /** Why a running one does not dial, or null. */
    problem: text(),
    /** `pn_…`; empty: all of the assistant's. */
    fromNumberIds: text('from_number_ids').array().notNull(),
    scheduledStartAt: moment('scheduled_start_at'),
    callWindowStart: text('call_window_start').notNull(),
    callWindowEnd: text('call_window_end').notNull(),
    callWindowTimezone: text('call_window_timezone').notNull(),
    useContactTimezone: boolean('use_contact_timezone').notNull(),
    maxConcurrentCalls: integer('max_concurrent_calls').notNull(),
    maxAttemptsPerContact: integer('max_attempts_per_contact').notNull(),
    retryDelayMinutes: doublePrecision('retry_delay_minutes'),
    retryDelayNoAnswerMinutes: doublePrecision('retry_delay_no_answer_minutes').notNull(),
    retryDelayBusyMinutes: doublePrecision('retry_delay_busy_minutes').notNull(),
    retryDelayErrorMinutes: doublePrecision('retry_delay_error_minutes').notNull(),
    retryOnError: boolean('retry_on_error').notNull(),
    retryBackoffMode: text('retry_backoff_mode').$type<'fixed' | 'exponential'>().notNull(),
    retryBackoffMultiplier: doublePrecision('retry_backoff_multiplier').notNull(),
    retryBackoffMaxMinutes: doublePrecision('retry_backoff_max_minutes').notNull(),
    voicemailAction: text('voicemail_action').$type<'leave_message' | 'hangup'>().notNull(),
    voicemailMessage: text('voicemail_message'),
    noAutoComplete: boolean('no_auto_complete').notNull(),
    /** While a large company is being added (company-enrolment.ts): its contacts up to this place are in. Null: nothing is to be added. */
    enrollingAfter: text('enrolling_after'),
    enrollingPriority: integer('enrolling_priority').notNull().default(0),
    version: integer().notNull().default(1),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    deletedAt: moment('deleted_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    check('campaigns_status', sql`${table.status} in ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')`),
    index('campaigns_account').on(table.accountId, table.createdAt, table.id),
    index('campaigns_company').on(table.companyId),
    // The few that a look for work has to see.
    index('campaigns_running').on(table.accountId).where(sql`${table.status} = 'running'`),
    index('campaigns_enrolling').on(table.id).where(sql`${table.enrollingAfter} is not null`),
    index('campaigns_scheduled').on(table.scheduledStartAt).where(sql`${table.status} = 'scheduled'`),
  ],
);

export type CampaignRow = typeof campaigns.$inferSelect;
