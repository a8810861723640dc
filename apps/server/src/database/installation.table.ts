import { pgTable, text } from 'drizzle-orm/pg-core';

/** What all nodes of one installation share and nobody configures. */
export const installation = pgTable('installation', {
  name: text().primaryKey(),
  value: text().notNull(),
});
