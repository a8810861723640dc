import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect.ts';
import type { StoredEvent } from '../events/dispatcher.ts';
import { GIVE_UP_AFTER_MS } from './retry-schedule.ts';

/** Nodes that deliver listen here. */
export const DELIVERIES_CHANNEL = 'talkturo_webhooks';

/** Subscriber of the outbox: one delivery for each endpoint that wants an event. Test events are addressed to one and pass by. */
export async function fanOut(tx: Transaction, batch: readonly StoredEvent[]): Promise<void> {
  const ids = batch.filter((event) => event.type !== 'webhook.test').map((event) => event.id);
  if (ids.length === 0) return;
  const { rowCount } = await tx.execute(sql`
    insert into webhook_deliveries (endpoint_id, event_id, subject_id, seq, next_attempt_at, expires_at, created_at)
    select e.id, ev.id, ev.subject_id, ev.seq, now(), now() + ${GIVE_UP_AFTER_MS} * interval '1 millisecond', now()
    from events ev
    join webhook_endpoints e on e.account_id = ev.account_id and e.enabled
      and (e.assistant_id is null or e.assistant_id = ev.assistant_id)
      and (cardinality(e.events) = 0 or ev.type = any(e.events))
    where ev.id in ${ids}
    on conflict do nothing`);
  if (rowCount) await tx.execute(sql`select pg_notify(${DELIVERIES_CHANNEL}, '')`);
}
