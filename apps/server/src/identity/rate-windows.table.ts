import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** How often something happened in a stretch of time: requests of a key in an hour, sign-ins from an address. */
export const rateWindows = pgTable(
  'rate_windows',
  {
    key: text().notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.endsAt] })],
);
