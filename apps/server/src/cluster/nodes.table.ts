import { boolean, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** The nodes that are alive, by their heartbeats. A node that ends well deletes its row. */
export const nodes = pgTable(
  'nodes',
  {
    id: text().primaryKey(),
    /** The data folder on its machine, which only one node uses: who sits there now knows that the one before is gone. */
    seat: text().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    heartbeatAt: timestamp('heartbeat_at', { withTimezone: true }).notNull().defaultNow(),
    draining: boolean().notNull().default(false),
    /** Whether it takes calls at all, and how many more it took at its last heartbeat. */
    takesCalls: boolean('takes_calls').notNull().default(false),
    room: integer().notNull().default(0),
    /** Where browsers reach this very node. */
    url: text(),
  },
  (table) => [index('nodes_heartbeat').on(table.heartbeatAt)],
);
