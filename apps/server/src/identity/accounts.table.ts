import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

/** A workspace. Its team has the same suffix (`team_X` for `acct_X`). */
export const accounts = pgTable(
  'accounts',
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    name: text().notNull(),
    plan: text().notNull(),
    logo: text(),
    metadata: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('accounts_slug').on(table.slug)],
);
