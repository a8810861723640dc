import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';
import { companies } from './companies.table.ts';

/** People. The trigram index on `search_text` and the counters stand in contacts.table.sql. */
export const contacts = pgTable(
  'contacts',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    email: text(),
    /** E.164; one contact of an account has it. */
    phone: text(),
    /** E.164 */
    phoneSecondary: text('phone_secondary'),
    jobTitle: text('job_title'),
    leadStatus: text('lead_status').notNull().default('new'),
    source: text(),
    /** IANA */
    timezone: text(),
    preferredContactMethod: text('preferred_contact_method'),
    /** Looked at again at the instant of dialling, so that a mark set at any time counts. */
    doNotCall: boolean('do_not_call').notNull().default(false),
    notes: text(),
    customFields: jsonb('custom_fields').$type<Record<string, unknown>>().notNull().default({}),
    tags: text().array().notNull().default([]),
    callCount: integer('call_count').notNull().default(0),
    /** `call_…`; no reference: a call may be erased while the fact that there was one stays. */
    lastCallId: text('last_call_id'),
    lastCallAt: timestamp('last_call_at', { withTimezone: true, precision: 3 }),
    lastCallOutcome: text('last_call_outcome'),
    lastCallDurationSeconds: integer('last_call_duration_seconds'),
    /** Folded name, email and phone numbers (`search.ts`), ASCII only. */
    searchText: text('search_text').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('contacts_phone').on(table.accountId, table.phone).where(sql`${table.phone} is not null`),
    index('contacts_phone_secondary').on(table.accountId, table.phoneSecondary).where(sql`${table.phoneSecondary} is not null`),
    index('contacts_newest').on(table.accountId, table.createdAt, table.id),
    index('contacts_of_company').on(table.companyId, table.createdAt, table.id),
    index('contacts_lead_status').on(table.accountId, table.leadStatus, table.createdAt, table.id),
    index('contacts_do_not_call').on(table.accountId, table.createdAt, table.id).where(sql`${table.doNotCall}`),
    index('contacts_tags').using('gin', table.tags).where(sql`${table.tags} <> '{}'`),
    index('contacts_email').on(table.accountId, sql`lower(${table.email})`).where(sql`${table.email} is not null`),
    // An import finds people it knows neither a number nor an address of by their name.
    index('contacts_name_only')
      .on(table.companyId, table.lastName, table.firstName)
      .where(sql`${table.phone} is null and ${table.email} is null`),
  ],
);
