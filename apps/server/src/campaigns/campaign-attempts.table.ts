import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { campaigns } from './campaigns.table.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/**
 * One call a campaign has decided to place. The row is the fence: it stands before the carrier is asked, it is the only
 * reason to ask, and once. `dialling` until its outcome is known; `void` when it surely was never placed.
 */
export const campaignAttempts = pgTable(
  'campaign_attempts',
  {
    /** `call_…`, made with the attempt; the call is placed under it or not at all. */
    callId: text('call_id').primaryKey(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    campaignContactId: text('campaign_contact_id').notNull(),
    contactId: text('contact_id').notNull(),
    /** 1 for the first call to the contact. */
    number: integer().notNull(),
    fromNumberId: text('from_number_id'),
    fromNumber: text('from_number'),
    /** E.164; null once the person was erased. */
    toNumber: text('to_number'),
    state: text().$type<'dialling' | 'done' | 'void'>().notNull().default('dialling'),
    outcome: text(),
    startedAt: moment('started_at').notNull(),
    /** When it was last asked what became of it. */
    checkedAt: moment('checked_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    check('campaign_attempts_state', sql`${table.state} in ('dialling', 'done', 'void')`),
    // One live campaign call to a number at a time, whatever else goes wrong.
    uniqueIndex('campaign_attempts_one_live').on(table.accountId, table.toNumber).where(sql`${table.state} = 'dialling'`),
    uniqueIndex('campaign_attempts_fence').on(table.campaignContactId, table.number).where(sql`${table.state} <> 'void'`),
    index('campaign_attempts_live').on(table.campaignId).where(sql`${table.state} = 'dialling'`),
    index('campaign_attempts_unsettled').on(table.checkedAt).where(sql`${table.state} = 'dialling'`),
    index('campaign_attempts_ended').on(table.campaignId, table.endedAt).where(sql`${table.state} = 'done'`),
    index('campaign_attempts_contact').on(table.contactId),
  ],
);

export type CampaignAttemptRow = typeof campaignAttempts.$inferSelect;

/** When each carrier connection may be asked next (dial-pace.ts). */
export const dialPace = pgTable('dial_pace', {
  connection: text().primaryKey(),
  /** Microseconds since 1970: the moment up to which the pace is used up. */
  usedUntilUs: bigint('used_until_us', { mode: 'number' }).notNull(),
});
