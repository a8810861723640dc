import { sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';

/** A delivery this node has leased and is to send. */
export interface LeasedDelivery {
  endpointId: string;
  eventId: string;
  accountId: string;
  type: string;
  body: string;
  url: string;
  secret: string;
  previousSecret: string | null;
  previousSecretUntil: Date | null;
  /** This attempt's number; also its fence. */
  attempt: number;
  expiresAt: Date;
}

/** A node that died sending is believed lost after this; longer than any attempt takes. */
export const LEASE_MS = 30_000;
/** In flight at once to one endpoint; to one that fails, a single probe. */
const AT_ONCE = 4;
/**
 * An undelivered event holds back later ones of its subject until so many attempts have failed (about half a minute):
 * order where the receiver keeps up, but one event it chokes on does not silence a call for a day.
 */
const ATTEMPTS_THAT_HOLD = 3;

type Row = Record<string, unknown> & {
  endpoint_id: string;
  event_id: string;
  account_id: string;
  type: string;
  body: string;
  url: string;
  secret: string;
  previous_secret: string | null;
  previous_secret_until: string | Date | null;
  attempts: number;
  expires_at: string | Date;
};

/**
 * Leases due deliveries, oldest first for each endpoint and only a few of each, so that no receiver, dead or busy,
 * takes the place of another. Safe on any number of nodes.
 */
export async function leaseDue(db: Database, now: Date, slots: number): Promise<LeasedDelivery[]> {
  const at = now.toISOString();
  // Walks the distinct endpoints with something pending by index (PostgreSQL has no skip scan before 18).
  const { rows } = await db.execute<Row>(sql`
    with recursive busy(endpoint_id) as (
      (select endpoint_id from webhook_deliveries where status = 'pending' order by endpoint_id limit 1)
      union all
      select (select d.endpoint_id from webhook_deliveries d
              where d.status = 'pending' and d.endpoint_id > busy.endpoint_id order by d.endpoint_id limit 1)
      from busy where busy.endpoint_id is not null
    ),
    chosen as (
      select due.endpoint_id, due.event_id
      from (select endpoint_id from busy where endpoint_id is not null order by random()) b
      join webhook_endpoints e on e.id = b.endpoint_id and e.enabled
      cross join lateral (
        select d.endpoint_id, d.event_id
        from webhook_deliveries d
        where d.endpoint_id = e.id and d.status = 'pending'
          and d.next_attempt_at <= ${at}::timestamptz and d.expires_at > ${at}::timestamptz
          and (d.lease_until is null or d.lease_until <= ${at}::timestamptz)
          and not exists (
            select 1 from webhook_deliveries earlier
            where earlier.endpoint_id = d.endpoint_id and earlier.subject_id = d.subject_id and earlier.seq < d.seq
              and earlier.status = 'pending'
              and (earlier.attempts < ${ATTEMPTS_THAT_HOLD} or earlier.lease_until > ${at}::timestamptz))
        order by d.next_attempt_at, d.seq
        limit greatest(0, case when e.failing_since is null then ${AT_ONCE} else 1 end - (
          select count(*) from webhook_deliveries f
          where f.endpoint_id = e.id and f.status = 'pending' and f.lease_until > ${at}::timestamptz))
        for update skip locked
      ) due
      limit ${slots}
    )
    update webhook_deliveries d
    set lease_until = ${new Date(now.getTime() + LEASE_MS).toISOString()}::timestamptz, attempts = d.attempts + 1
    from chosen, webhook_endpoints e, events ev
    where d.endpoint_id = chosen.endpoint_id and d.event_id = chosen.event_id and e.id = d.endpoint_id and ev.id = d.event_id
    returning d.endpoint_id, d.event_id, d.attempts, d.expires_at, d.seq, e.account_id, e.url, e.secret,
      e.previous_secret, e.previous_secret_until, ev.type, ev.body`);
  return rows.map(leasedOf);
}

/** Leases one delivery out of turn, whatever its time; undefined when it is being sent just now or is gone. */
export async function leaseOne(db: Database, endpointId: string, eventId: string, now: Date): Promise<LeasedDelivery | undefined> {
  const at = now.toISOString();
  const { rows } = await db.execute<Row>(sql`
    update webhook_deliveries d
    set lease_until = ${new Date(now.getTime() + LEASE_MS).toISOString()}::timestamptz, attempts = d.attempts + 1
    from webhook_endpoints e, events ev
    where d.endpoint_id = ${endpointId} and d.event_id = ${eventId} and d.status = 'pending' and e.id = d.endpoint_id and ev.id = d.event_id
      and (d.lease_until is null or d.lease_until <= ${at}::timestamptz)
    returning d.endpoint_id, d.event_id, d.attempts, d.expires_at, d.seq, e.account_id, e.url, e.secret,
      e.previous_secret, e.previous_secret_until, ev.type, ev.body`);
  return rows.map(leasedOf)[0];
}

const leasedOf = (row: Row): LeasedDelivery => ({
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  accountId: row.account_id,
  type: row.type,
  body: row.body,
  url: row.url,
  secret: row.secret,
  previousSecret: row.previous_secret,
  previousSecretUntil: row.previous_secret_until === null ? null : new Date(row.previous_secret_until),
  attempt: row.attempts,
  expiresAt: new Date(row.expires_at),
});
