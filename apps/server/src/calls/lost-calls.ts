import type { Carrier, CarrierCall, CarrierId } from '@talkturo/carriers';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Blobs } from '../blobs/blobs.ts';
import { isLost } from '../cluster/cluster.ts';
import type { Database } from '../database/connect.ts';
import { endingOf } from './call-ending.ts';
import type { CallLifecycle } from './call-lifecycle.ts';
import type { CallLog } from './call-log.ts';
import { repairRecording } from './call-recorder.ts';
import { type Call, callEvents, calls } from './calls.table.ts';

export interface LostCallsOptions {
  db: Database;
  lifecycle: CallLifecycle;
  log: CallLog;
  blobs: Blobs;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  logger: Logger;
}

/**
 * Closes calls whose node is gone: reason `node_lost`, the recording made playable as far as it came, the transcript as
 * it was stored. Several nodes may do so at once; only the first end counts.
 * @param orphans ids of calls of this node that it no longer holds.
 */
export async function closeLostCalls(options: LostCallsOptions, orphans: readonly string[] = []): Promise<number> {
  const { db } = options;
  const lost = await db
    .select()
    .from(calls)
    .where(
      and(
        inArray(calls.status, ['queued', 'ringing', 'in_progress']),
        or(isLost(calls.nodeId), orphans.length > 0 ? inArray(calls.id, [...orphans]) : undefined),
      ),
    );
  for (const call of lost) await closeOne(options, call);
  return lost.length;
}

async function closeOne({ db, lifecycle, log, blobs, carriers, logger }: LostCallsOptions, call: Call): Promise<void> {
  const [last] = await db
    .select({ at: sql<Date | null>`max(${callEvents.createdAt})`.mapWith(callEvents.createdAt) })
    .from(callEvents)
    .where(eq(callEvents.callId, call.id));
  const recording = call.recordingKey ? await repairRecording(blobs, call.recordingKey) : null;
  const heardOfMs = call.answeredAt && last?.at ? Math.max(0, last.at.getTime() - call.answeredAt.getTime()) : 0;
  const durationMs = call.answeredAt ? Math.max(heardOfMs, recording?.durationMs ?? 0) : null;
  const endedAt = new Date((call.answeredAt ?? last?.at ?? call.startedAt).getTime() + (durationMs ?? 0));
  const ending = endingOf('node_lost', call.answeredAt !== null);
  const error = 'The server that held this call stopped unexpectedly.';
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
