import { boolean, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });
const accountId = () =>
  text('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });

/** The access an account has to a vendor of its own. */
export const vendorKeys = pgTable(
  'vendor_keys',
  {
    accountId: accountId(),
    /** As assistants name it. */
    vendor: text().notNull(),
    /** The key, sealed (database/sealing.ts); null: the vendor needs none. */
    sealed: text(),
    /** The end of the key, to tell keys apart. */
    lastFour: text('last_four'),
    /** What is set beside the key and may be shown: an address, a model. */
    settings: jsonb().$type<Record<string, string>>().notNull(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.vendor] })],
);

/** How a vendor last answered when it was asked with the key an account uses. */
export const vendorChecks = pgTable(
  'vendor_checks',
  {
    accountId: accountId(),
    vendor: text().notNull(),
    ok: boolean().notNull(),
    /** Whose key it was. */
    source: text().$type<'account' | 'server'>().notNull(),
    /** The kind of what is wrong; null when it is well. */
    problem: text(),
    message: text().notNull(),
    checkedAt: moment('checked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.vendor] })],
);
