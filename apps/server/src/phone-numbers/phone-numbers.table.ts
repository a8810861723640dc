import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { assistants } from '../assistants/assistants.table.ts';
import { accounts } from '../identity/accounts.table.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * Phone numbers that were bought or are being bought. A row is written before the carrier is asked; its id is the reference the carrier
 * knows the order by. Rows are never deleted: released and failed ones tell what was.
 */
export const phoneNumbers = pgTable(
  'phone_numbers',
  {
    id: text().primaryKey(),
    /** No cascade: a number costs money until it is given back. */
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    phoneNumber: text('phone_number').notNull(),
    /** Which carrier sold it. */
    provider: text().notNull(),
    /** Bought with the account's own access to the carrier; false: with the server's. */
    ownCarrier: boolean('own_carrier').notNull().default(false),
    /** The carrier's own id of it; null until the order is through. */
    providerNumberId: text('provider_number_id'),
    connectionId: text('connection_id'),
    /** pending → active → expired → released, or pending → failed; a trial that became paid goes from expired back to active. */
    status: text().notNull(),
    /** A pending one waits for proofs that its country demands of the buyer. */
    papersMissing: boolean('papers_missing').notNull().default(false),
    /** When its account at the carrier was last looked at, the number was not on it: the key is of another account, or it was given back there. */
    offAccount: boolean('off_account').notNull().default(false),
    isTrial: boolean('is_trial').notNull(),
    /** Stays true when the trial becomes an ordinary number: there is one trial ever. */
    boughtAsTrial: boolean('bought_as_trial').notNull(),
    trialExpiresAt: instant('trial_expires_at'),
    assistantId: text('assistant_id').references(() => assistants.id, { onDelete: 'set null' }),
    /** Its place in the list it was assigned with; the first is the one to call from. */
    assistantPosition: integer('assistant_position'),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    releasedAt: instant('released_at'),
    /** When the carrier took it back; a released number is ours until then. */
    givenBackAt: instant('given_back_at'),
  },
  (table) => [
    check('phone_numbers_status', sql`${table.status} in ('pending', 'active', 'expired', 'released', 'failed')`),
    // One holder of a number at a time, over all accounts.
    uniqueIndex('phone_numbers_held')
      .on(table.phoneNumber)
      .where(sql`${table.status} in ('pending', 'active', 'expired') or (${table.status} = 'released' and ${table.givenBackAt} is null)`),
    index('phone_numbers_account').on(table.accountId, table.createdAt.desc(), table.id.desc()),
    index('phone_numbers_assistant').on(table.assistantId).where(sql`${table.assistantId} is not null`),
    index('phone_numbers_trial').on(table.trialExpiresAt).where(sql`${table.trialExpiresAt} is not null`),
    index('phone_numbers_unfinished')
      .on(table.createdAt)
      .where(sql`${table.status} = 'pending' or (${table.status} = 'released' and ${table.givenBackAt} is null)`),
  ],
);

export type PhoneNumberRow = typeof phoneNumbers.$inferSelect;
