import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

/** Definitions of an account's own fields; the values lie in `custom_fields` of companies and contacts, by key. */
export const customFields = pgTable(
  'custom_fields',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    entity: text({ enum: ['contact', 'company'] }).notNull(),
    name: text().notNull(),
    key: text().notNull(),
    type: text({ enum: ['text', 'number', 'date', 'select', 'boolean'] }).notNull(),
    options: text().array().notNull().default([]),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('custom_fields_key').on(table.accountId, table.entity, table.key)],
);
