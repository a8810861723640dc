import { sql } from 'drizzle-orm';
import { bigint, bigserial, boolean, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { events } from '../events/events.table.ts';
import { accounts } from '../identity/accounts.table.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Where an account, or one of its assistants, wants events. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    assistantId: text('assistant_id'),
    url: text().notNull(),
    description: text().notNull(),
    /** Event types; empty: all. */
    events: text().array().notNull(),
    /** Sealed; see database/sealing.ts. */
    secret: text().notNull(),
    previousSecret: text('previous_secret'),
    previousSecretUntil: moment('previous_secret_until'),
    enabled: boolean().notNull(),
    disabledReason: text('disabled_reason'),
    failingSince: moment('failing_since'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_endpoints_account').on(table.accountId, table.createdAt)],
);

/** The Ed25519 pair of each account; made when first needed. */
export const webhookKeys = pgTable('webhook_keys', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** Raw 32 bytes, base64. */
  publicKey: text('public_key').notNull(),
  /** The 32-byte seed, base64, sealed. */
  privateKey: text('private_key').notNull(),
});

/** One event on its way to one endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    subjectId: text('subject_id').notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    status: text().$type<'pending' | 'delivered' | 'failed' | 'cancelled'>().notNull().default('pending'),
    /** Attempts begun since it was (re)sent; also the fence of the attempt in flight. */
    attempts: integer().notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    /** Set while a node is sending; a killed node's lease runs out. */
    leaseUntil: moment('lease_until'),
    expiresAt: moment('expires_at').notNull(),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull(),
    deliveredAt: moment('delivered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.eventId] }),
    index('webhook_deliveries_due').on(table.endpointId, table.nextAttemptAt).where(sql`${table.status} = 'pending'`),
    index('webhook_deliveries_order').on(table.endpointId, table.subjectId, table.seq).where(sql`${table.status} = 'pending'`),
    index('webhook_deliveries_log').on(table.endpointId, table.seq),
    index('webhook_deliveries_event').on(table.eventId),
    index('webhook_deliveries_expiry').on(table.expiresAt).where(sql`${table.status} = 'pending'`),
  ],
);

/** Every try of a delivery. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    status: integer(),
    error: text(),
    response: text(),
  },
  (table) => [
    index('webhook_attempts_delivery').on(table.endpointId, table.eventId, table.id),
    index('webhook_attempts_event').on(table.eventId),
  ],
);
