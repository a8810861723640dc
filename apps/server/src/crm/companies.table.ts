import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

/** What people called on behalf of whom: every contact belongs to one company. */
export const companies = pgTable(
  'companies',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    website: text(),
    industry: text(),
    companySize: text('company_size'),
    addressLine1: text('address_line1'),
    addressLine2: text('address_line2'),
    city: text(),
    state: text(),
    postalCode: text('postal_code'),
    /** ISO 3166-1 alpha-2; national phone numbers of its contacts are read by it. */
    country: text(),
    /** E.164 */
    phone: text(),
    notes: text(),
    customFields: jsonb('custom_fields').$type<Record<string, unknown>>().notNull().default({}),
    /** The folded name (`search.ts`): what searches look into and imports find companies by. */
    searchText: text('search_text').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index('companies_newest').on(table.accountId, table.createdAt, table.id),
    index('companies_name').on(table.accountId, table.searchText),
    index('companies_industry').on(table.accountId, table.industry),
  ],
);
