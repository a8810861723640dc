import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.table.ts';

/** Who changed what in an account. Only ever added to. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** `usr_…`: the signed-in person, or who created the key; null for the bootstrap key and the server itself. */
    userId: text('user_id'),
    /** `key_…` when it came with a token. */
    keyId: text('key_id'),
    /** Noun and past tense: `assistant.updated`. */
    action: text().notNull(),
    /** The id of what was changed. */
    target: text().notNull(),
    /** Field → what it was and is. */
    changes: jsonb().$type<Record<string, { from?: unknown; to?: unknown }>>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('audit_log_account').on(table.accountId, table.createdAt.desc(), table.id.desc())],
);
