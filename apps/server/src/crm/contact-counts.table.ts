import { bigint, boolean, index, pgTable, text } from 'drizzle-orm/pg-core';

/**
 * How many contacts there are of each kind, kept by the triggers of contacts.table.sql within each change's transaction,
 * so that counting a million takes a handful of rows. A kind may have several rows; their sum counts: a change takes any
 * row no other transaction holds, or adds one, so writers never wait for each other.
 */
export const contactCounts = pgTable(
  'contact_counts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: text('account_id').notNull(),
    companyId: text('company_id').notNull(),
    leadStatus: text('lead_status').notNull(),
    doNotCall: boolean('do_not_call').notNull(),
    n: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    index('contact_counts_account').on(table.accountId),
    index('contact_counts_company').on(table.companyId, table.leadStatus, table.doNotCall),
  ],
);
