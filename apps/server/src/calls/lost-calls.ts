import type { Carrier, CarrierCall, CarrierEvent, CarrierId } from '@talkturo/carriers';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Blobs } from '../blobs/blobs.ts';
import { isLost } from '../cluster/cluster.ts';
import type { Database } from '../database/connect.ts';
import { type EndedReason, endingOf, reasonOfCause } from './call-ending.ts';
import type { CallLifecycle } from './call-lifecycle.ts';
import type { CallLog } from './call-log.ts';
import { repairRecording } from './call-recorder.ts';
import { type Call, callEvents, calls } from './calls.table.ts';
import { verdictOn } from './doubtful-call.ts';

export interface LostCallsOptions {
  db: Database;
  lifecycle: CallLifecycle;
  log: CallLog;
  blobs: Blobs;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  logger: Logger;
}

/** Carriers are asked about so many in one go. */
const ASK_AT_ONCE = 50;

export type LostCalls = ReturnType<typeof createLostCalls>;

/**
 * Calls whose node is gone. What was answered is closed: reason `node_lost`, the recording made playable as far as it came,
 * the transcript as it was stored. What was not is asked after at its carrier, and never dialled again: it may still be
 * answered, and ends as its carrier tells, or `node_lost` when nothing is heard of it for too long. Several nodes may do so at
 * once; only the first end counts.
 */
export function createLostCalls(options: LostCallsOptions) {
  const { db, carriers, lifecycle, logger } = options;
  let asking: Promise<void> | null = null;

  async function ask(call: Call): Promise<void> {
    const carrier = carriers.get(call.carrier as CarrierId);
    const look = carrier?.lookUp
      ? await carrier.lookUp({ callId: call.id, commandId: call.id, ref: call.carrierRef }).catch((error) => {
          logger.warn({ err: error, callId: call.id }, 'a carrier could not say what became of a call of a lost node');
          return null;
        })
      : null;
    const verdict = verdictOn(call, look, Date.now(), 'node_lost');
    if (verdict.is === 'over') await closeOne(options, call, verdict.reason);
    else if (verdict.found && call.carrierRef === null) await lifecycle.accepted(call.id, verdict.found.ref);
  }

  /** Beside the heartbeat: a carrier that answers slowly must not hold it up. */
  function askAfter(doubtful: readonly Call[]): void {
    if (asking || doubtful.length === 0) return;
    asking = (async () => {
      for (const call of doubtful.slice(0, ASK_AT_ONCE)) await ask(call);
    })()
      .catch((error) => logger.error({ err: error }, 'calls of lost nodes could not be asked after'))
      .finally(() => {
        asking = null;
      });
  }

  return {
    /** @param orphans ids of calls of this node that it no longer holds. */
    async sweep(orphans: readonly string[] = []): Promise<void> {
      const lost = await db
        .select()
        .from(calls)
        .where(
          and(
            inArray(calls.status, ['queued', 'ringing', 'in_progress']),
            or(isLost(calls.nodeId), orphans.length > 0 ? inArray(calls.id, [...orphans]) : undefined),
          ),
        )
        .orderBy(sql`random()`);
      const doubtful = lost.filter((call) => isInDoubt(call, carriers) && !orphans.includes(call.id));
      for (const call of lost) if (!doubtful.includes(call)) await closeOne(options, call, 'node_lost');
      askAfter(doubtful);
    },

    /** What a carrier tells of a call whose node is gone. Its answer needs no note: the sound follows it to the node that takes it. */
    async heard(call: Call, event: CarrierEvent): Promise<void> {
      if (event.type === 'ringing') await lifecycle.ringing(call.id);
      else if (event.type === 'hangup') await closeOne(options, call, reasonOfCause(event.cause)[call.answeredAt ? 'during' : 'before']);
    },

    /** Resolves when nothing is being asked. */
    idle: async () => void (await asking),
  };
}

/** Not answered yet, and on a network that goes on without its node. */
const isInDoubt = (call: Call, carriers: LostCallsOptions['carriers']): boolean =>
  call.direction === 'outbound' && call.answeredAt === null && !carriers.get(call.carrier as CarrierId)?.endsWithNode;

async function closeOne({ db, lifecycle, log, blobs, carriers, logger }: LostCallsOptions, call: Call, reason: EndedReason): Promise<void> {
  const [last] = await db
    .select({ at: sql<Date | null>`max(${callEvents.createdAt})`.mapWith(callEvents.createdAt) })
    .from(callEvents)
    .where(eq(callEvents.callId, call.id));
  const recording = call.recordingKey ? await repairRecording(blobs, call.recordingKey) : null;
  const heardOfMs = call.answeredAt && last?.at ? Math.max(0, last.at.getTime() - call.answeredAt.getTime()) : 0;
  const durationMs = call.answeredAt ? Math.max(heardOfMs, recording?.durationMs ?? 0) : null;
  const endedAt = new Date((call.answeredAt ?? last?.at ?? call.startedAt).getTime() + (durationMs ?? 0));
  const ending = endingOf(reason, call.answeredAt !== null);
  const error = ending.status === 'failed' && reason === 'node_lost' ? 'The server that held this call stopped unexpectedly.' : null;
  const closed = await lifecycle.close(call.id, ending, { endedAt, durationMs, error });
  if (!closed) return;
  // Whoever is still on the line hears nothing any more.
  if (call.carrierRef) {
    const carrierCall: CarrierCall = { carrier: call.carrier as CarrierId, ref: call.carrierRef };
    await carriers
      .get(carrierCall.carrier)
      ?.hangup(carrierCall)
      .catch((cause) => logger.warn({ err: cause, callId: call.id }, 'the carrier did not take the hang-up of a lost call'));
  }
  logger.warn({ callId: call.id, nodeId: call.nodeId }, 'a call of a lost node was closed');
  log.add(call.id, {
    type: 'ended',
    atMs: durationMs === null ? null : Math.round(durationMs),
    data: { reason: ending.reason, status: ending.status },
    createdAt: new Date(),
    kept: true,
  });
  await log.flush();
}
