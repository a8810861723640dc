import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

/** A workspace. Its team has the same suffix (`team_X` for `acct_X`). */
export const accounts = pgTable(
  'accounts',
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    name: text().notNull(),
    plan: text().notNull(),
    /** ISO 3166-1 alpha-2: phone numbers without a country code are read by it. */
    country: text().notNull().default('US'),
    logo: text(),
    metadata: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('accounts_slug').on(table.slug)],
);
