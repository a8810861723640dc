import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { contacts } from '../crm/contacts.table.ts';
import { campaigns } from './campaigns.table.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/**
 * A contact within a campaign. The triggers of campaigns.table.sql skip it when the contact is marked do-not-call or loses its
 * number, forget its zones when number or zone change, and keep the counts.
 */
export const campaignContacts = pgTable(
  'campaign_contacts',
  {
    id: text().primaryKey(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    status: text().$type<'pending' | 'calling' | 'completed' | 'skipped' | 'failed'>().notNull().default('pending'),
    outcome: text(),
    skipReason: text('skip_reason'),
    priority: integer().notNull().default(0),
    /** Calls begun. */
    attempts: integer().notNull().default(0),
    /** While pending: null when it is due, else when it will be. */
    nextAttemptAt: moment('next_attempt_at'),
    lastAttemptAt: moment('last_attempt_at'),
    lastCallId: text('last_call_id'),
    /** The number it was called from first; kept for every retry. */
    fromNumberId: text('from_number_id'),
    /** Where the contact is (contact-zones.ts); null: not looked up yet. */
    zones: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    check('campaign_contacts_status', sql`${table.status} in ('pending', 'calling', 'completed', 'skipped', 'failed')`),
    uniqueIndex('campaign_contacts_once').on(table.campaignId, table.contactId),
    // Who is due, in the order of calling, by where they are: windows open and close by zone.
    index('campaign_contacts_due')
      .on(table.campaignId, table.zones, table.priority.desc(), table.createdAt, table.id)
      .where(sql`${table.status} = 'pending' and ${table.nextAttemptAt} is null`),
    index('campaign_contacts_later')
      .on(table.campaignId, table.nextAttemptAt)
      .where(sql`${table.status} = 'pending' and ${table.nextAttemptAt} is not null`),
    index('campaign_contacts_newest').on(table.campaignId, table.createdAt, table.id),
    index('campaign_contacts_contact').on(table.contactId),
  ],
);

export type CampaignContactRow = typeof campaignContacts.$inferSelect;

/** How many contacts of each kind a campaign has, kept by trigger. A kind may have several rows; their sum counts. */
export const campaignCounts = pgTable(
  'campaign_counts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    campaignId: text('campaign_id').notNull(),
    /** As shown: `queued` for those that are due. */
    status: text().notNull(),
    outcome: text(),
    /** Called at least once. */
    called: boolean().notNull(),
    n: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('campaign_counts_campaign').on(table.campaignId, table.status)],
);
