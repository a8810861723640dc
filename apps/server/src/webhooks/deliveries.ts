import type { listDeliveries, QueryOf } from '@talkturo/contract';
import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { events } from '../events/events.table.ts';
import { publish } from '../events/publish.ts';
import type { Caller } from '../http/caller.ts';
import type { Deliverer } from './deliverer.ts';
import { DELIVERIES_CHANNEL } from './fan-out.ts';
import { GIVE_UP_AFTER_MS } from './retry-schedule.ts';
import { deliveryNotFound } from './webhooks.errors.ts';
import { webhookAttempts, webhookDeliveries } from './webhooks.table.ts';
import type { Webhooks } from './webhooks.ts';

/** More attempts than a day of retries and many resends make; bounds the answer. */
const LOG_LIMIT = 200;

export type Deliveries = ReturnType<typeof createDeliveries>;

/** What was sent to a webhook, how it went, and sending it again. */
export function createDeliveries({ db, webhooks, deliverer }: { db: Database; webhooks: Webhooks; deliverer: Deliverer }) {
  const ofEndpoint = (endpointId: string, eventId: string) =>
    and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.eventId, eventId));

  async function detail(endpointId: string, eventId: string) {
    const [found] = await db
      .select({ delivery: webhookDeliveries, type: events.type, body: events.body })
      .from(webhookDeliveries)
      .innerJoin(events, eq(events.id, webhookDeliveries.eventId))
      .where(ofEndpoint(endpointId, eventId));
    if (!found) throw deliveryNotFound();
    const attempts = await db
      .select()
      .from(webhookAttempts)
      .where(and(eq(webhookAttempts.endpointId, endpointId), eq(webhookAttempts.eventId, eventId)))
      .orderBy(desc(webhookAttempts.id))
      .limit(LOG_LIMIT);
    return {
      ...recordOf(found.delivery, found.type),
      body: found.body,
      log: attempts.map((attempt) => ({
        at: attempt.at.toISOString(),
        duration_ms: attempt.durationMs,
        status: attempt.status,
        error: attempt.error,
        response: attempt.response,
      })),
    };
  }

  return {
    async list(caller: Caller, webhookId: string, query: QueryOf<typeof listDeliveries>) {
      const endpoint = await webhooks.own(caller, webhookId);
      const { limit, offset } = query;
      const where = and(
        eq(webhookDeliveries.endpointId, endpoint.id),
        query.status === undefined ? undefined : eq(webhookDeliveries.status, query.status),
        query.type === undefined ? undefined : eq(events.type, query.type),
      );
      const joined = eq(events.id, webhookDeliveries.eventId);
      const rows = await db
        .select({ delivery: webhookDeliveries, type: events.type })
        .from(webhookDeliveries)
        .innerJoin(events, joined)
        .where(where)
        .orderBy(desc(webhookDeliveries.seq))
        .limit(limit)
        .offset(offset);
      const [total] = await db.select({ count: count() }).from(webhookDeliveries).innerJoin(events, joined).where(where);
      return { deliveries: rows.map((row) => recordOf(row.delivery, row.type)), count: total?.count ?? 0, limit, offset };
    },

    async get(caller: Caller, webhookId: string, eventId: string) {
      const endpoint = await webhooks.own(caller, webhookId);
      return detail(endpoint.id, eventId);
    },

    /** Delivers an event made for this, now, and tells how it went. Works on a webhook that is switched off, too. */
    async sendTest(caller: Caller, webhookId: string) {
      const endpoint = await webhooks.own(caller, webhookId);
      const eventId = await db.transaction(async (tx) => {
        const id = await publish(tx, {
          type: 'webhook.test',
          accountId: caller.accountId,
          assistantId: endpoint.assistantId,
          subjectId: endpoint.id,
          data: { endpoint_id: endpoint.id, message: 'This is a test event from Talkturo.' },
        });
        await tx.execute(sql`
          insert into webhook_deliveries (endpoint_id, event_id, subject_id, seq, next_attempt_at, expires_at, created_at)
          select ${endpoint.id}, ev.id, ev.id, ev.seq, now(), now() + ${GIVE_UP_AFTER_MS} * interval '1 millisecond', now()
          from events ev where ev.id = ${id}`);
        return id;
      });
      await deliverer.deliverNow(endpoint.id, eventId);
      return detail(endpoint.id, eventId);
    },

    /** Puts a delivery back on its way with a day of its own; one that is on its way is only hurried. */
    async resend(caller: Caller, webhookId: string, eventId: string) {
      const endpoint = await webhooks.own(caller, webhookId);
      const changed = await db
        .update(webhookDeliveries)
        .set({
          status: 'pending',
          attempts: 0,
          nextAttemptAt: sql`now()`,
          expiresAt: sql`now() + ${GIVE_UP_AFTER_MS} * interval '1 millisecond'`,
          deliveredAt: null,
        })
        .where(ofEndpoint(endpoint.id, eventId))
        .returning({ eventId: webhookDeliveries.eventId });
      if (changed.length === 0) throw deliveryNotFound();
      await db.execute(sql`select pg_notify(${DELIVERIES_CHANNEL}, '')`);
      return detail(endpoint.id, eventId);
    },

    /** Gives up what could not be delivered in its day (the endpoint was off, or no node ran). @returns how many. */
    async giveUpExpired(now: Date): Promise<number> {
      const { rowCount } = await db
        .update(webhookDeliveries)
        .set({
          status: 'failed',
          leaseUntil: null,
          lastError: sql`coalesce(${webhookDeliveries.lastError}, 'It was not sent within a day.')`,
        })
        .where(and(eq(webhookDeliveries.status, 'pending'), lt(webhookDeliveries.expiresAt, now)));
      return rowCount ?? 0;
    },
  };
}

type Row = typeof webhookDeliveries.$inferSelect;

const recordOf = (row: Row, type: string) => ({
  event_id: row.eventId,
  type,
  status: row.status,
  attempts: row.attempts,
  next_attempt_at: row.status === 'pending' ? row.nextAttemptAt.toISOString() : null,
  last_status: row.lastStatus,
  last_error: row.lastError,
  created_at: row.createdAt.toISOString(),
  delivered_at: row.deliveredAt?.toISOString() ?? null,
});
