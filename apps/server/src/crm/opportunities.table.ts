import { date, index, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';
import { companies } from './companies.table.ts';
import { contacts } from './contacts.table.ts';

/** Deals on their way. They outlive the contact and the company they are about. */
export const opportunities = pgTable(
  'opportunities',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    stage: text().notNull(),
    /** USD */
    amount: numeric({ precision: 14, scale: 2 }),
    /** Per cent */
    probability: integer(),
    expectedCloseDate: date('expected_close_date', { mode: 'string' }),
    contactId: text('contact_id').references(() => contacts.id, { onDelete: 'set null' }),
    companyId: text('company_id').references(() => companies.id, { onDelete: 'set null' }),
    notes: text(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index('opportunities_newest').on(table.accountId, table.createdAt, table.id),
    index('opportunities_contact').on(table.contactId),
    index('opportunities_company').on(table.companyId),
  ],
);
