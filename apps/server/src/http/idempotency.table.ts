import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** Requests that must happen once, with their first answer. Kept for a day. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** `acct_…`, or `usr_…` where a request belongs to no account. No reference: rows go with their day. */
    owner: text().notNull(),
    /** SHA-256 of what the client sent as Idempotency-Key. */
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text().notNull(),
    /** Null while the first request still runs. */
    status: integer(),
    /** The answer as JSON; null where it held a secret. */
    answer: text(),
    etag: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.key] }), index('idempotency_keys_created').on(table.createdAt)],
);
