import { and, eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import type { Sealer } from '../database/sealing.ts';
import type { AccountKeys } from './account-keys.ts';
import { type LeasedDelivery, leaseDue, leaseOne } from './due-deliveries.ts';
import { noteHealth } from './endpoint-health.ts';
import { type PostOptions, type PostResult, post } from './post.ts';
import { nextAttemptAt } from './retry-schedule.ts';
import { signatureHeaders } from './signing.ts';
import { webhookAttempts, webhookDeliveries } from './webhooks.table.ts';

const TIMEOUT_MS = 5_000;
/** In flight at once on one node. */
const SLOTS = 256;

/** Names the sealed column a secret lies in. */
export const secretContext = (endpointId: string) => `webhook_endpoints.secret ${endpointId}`;

export interface DelivererGround {
  db: Database;
  keys: AccountKeys;
  sealer: Sealer;
  logger: Logger;
  /** Refuse private addresses. */
  guard: boolean;
  /** Injected by tests. */
  now?: () => Date;
  send?: (options: PostOptions) => Promise<PostResult>;
}

export type Deliverer = ReturnType<typeof createDeliverer>;

/** Sends due deliveries and writes down how it went. At least once: what a dying node had in hand is sent again by another. */
export function createDeliverer({ db, keys, sealer, logger, guard, now = () => new Date(), send = post }: DelivererGround) {
  const inFlight = new Set<Promise<void>>();
  let onFree = () => {};

  async function attempt(delivery: LeasedDelivery): Promise<void> {
    const at = now();
    const body = Buffer.from(delivery.body);
    const { privateKey } = await keys.of(delivery.accountId);
    const open = (sealed: string) => sealer.open(sealed, secretContext(delivery.endpointId));
    const overlap = delivery.previousSecret && delivery.previousSecretUntil && delivery.previousSecretUntil > at;
    const result = await send({
      url: delivery.url,
      body,
      timeoutMs: TIMEOUT_MS,
      guard,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Talkturo-Webhooks/1.0',
        ...signatureHeaders({
          eventId: delivery.eventId,
          type: delivery.type,
          body,
          at,
          secrets: [open(delivery.secret), ...(overlap ? [open(delivery.previousSecret!)] : [])],
          key: privateKey,
        }),
      },
    });
    await record(delivery, at, result);
  }

  async function record(delivery: LeasedDelivery, at: Date, result: PostResult): Promise<void> {
    const { endpointId, eventId } = delivery;
    const taken = result.error === null;
    const next = taken ? null : nextAttemptAt(delivery.attempt, now(), delivery.expiresAt, result.retryAfterMs, Math.random());
    const outcome = taken
      ? { status: 'delivered' as const, deliveredAt: now() }
      : next
        ? { nextAttemptAt: next }
        : { status: 'failed' as const };
    await db.transaction(async (tx) => {
      await tx.insert(webhookAttempts).values({
        endpointId,
        eventId,
        at,
        durationMs: result.durationMs,
        status: result.status,
        error: result.error,
        response: result.response,
      });
      // A failure counts only while this attempt is the last one begun; that it arrived counts always.
      await tx
        .update(webhookDeliveries)
        .set({ ...outcome, leaseUntil: null, lastStatus: result.status, lastError: result.error })
        .where(
          and(
            eq(webhookDeliveries.endpointId, endpointId),
            eq(webhookDeliveries.eventId, eventId),
            eq(webhookDeliveries.status, 'pending'),
            taken ? undefined : eq(webhookDeliveries.attempts, delivery.attempt),
          ),
        );
      await noteHealth(tx, endpointId, result, at);
    });
  }

  function start(delivery: LeasedDelivery): Promise<void> {
    const sending = attempt(delivery)
      // The lease runs out and it is sent again; there is nobody to tell but the log.
      .catch((error: unknown) => logger.error({ err: error, eventId: delivery.eventId }, 'a webhook attempt could not be made or recorded'))
      .finally(() => {
        inFlight.delete(sending);
        onFree();
      });
    inFlight.add(sending);
    return sending;
  }

  return {
    /** Leases what is due and begins to send it. @returns how many. */
    async pump(): Promise<number> {
      const free = SLOTS - inFlight.size;
      if (free <= 0) return 0;
      const leased = await leaseDue(db, now(), free);
      for (const delivery of leased) start(delivery);
      return leased.length;
    },

    /** Sends one now, out of turn, and waits for the answer. Does nothing when it is on its way already. */
    async deliverNow(endpointId: string, eventId: string): Promise<void> {
      const leased = await leaseOne(db, endpointId, eventId, now());
      if (leased) await start(leased);
    },

    /** Called whenever a place gets free: the next of the same call may be waiting for it. */
    whenFree(callback: () => void): void {
      onFree = callback;
    },

    /** Resolves when nothing is in flight. */
    async idle(): Promise<void> {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}
