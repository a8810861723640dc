import { type EndedReason, type Ending, endingOf } from './call-ending.ts';
import type { CallGround } from './call-ground.ts';
import type { Call } from './calls.table.ts';
import { costOf } from './cost/call-cost.ts';
import type { createCallUsage } from './cost/call-usage.ts';
import type { Steps } from './steps.ts';

/** How a call ended, as its record is to say. */
export interface CallEnd {
  reason: EndedReason;
  /** What the conversation lasted; null: there was none, or it was ended by force. */
  spokenMs: number | null;
  answeredAt: Date | null;
  /** A screener picked up, and nobody came to the phone. */
  screened: boolean;
  /** What went wrong, said of calls that failed. */
  failure: string | null;
  recordingKey: string | null;
  usage: Pick<ReturnType<typeof createCallUsage>, 'used'>;
}

/** Bytes of a WAV header: what is no longer has no sound. */
const WAV_HEADER_BYTES = 44;

/** Writes down the end of a call with what it lasted, what it cost and whether there is a recording; then tells its followers. */
export async function completeRecord(ground: CallGround, steps: Steps, call: Call, end: CallEnd): Promise<Ending> {
  const { log, blobs } = ground;
  const { answeredAt, recordingKey } = end;
  const endedAt = new Date();
  const ending = { ...endingOf(end.reason, answeredAt !== null), ...(end.screened ? { outcome: 'no_answer' as const } : {}) };
  await log.flush();
  const durationMs = end.spokenMs ?? (answeredAt ? endedAt.getTime() - answeredAt.getTime() : null);
  const recorded = recordingKey !== null && ((await blobs.size(recordingKey).catch(() => null)) ?? 0) > WAV_HEADER_BYTES;
  const error = ending.status === 'failed' ? end.failure : null;
  const lineSeconds = answeredAt ? (durationMs ?? 0) / 1000 : 0;
  const cost = costOf(end.usage.used(call.carrier, lineSeconds), ground.prices);
  await steps.run(() => ground.lifecycle.close(call.id, ending, { endedAt, durationMs, error, recorded, cost }));
  log.add(call.id, {
    type: 'ended',
    atMs: durationMs === null ? null : Math.round(durationMs),
    data: { reason: end.reason, status: ending.status },
    createdAt: endedAt,
    kept: true,
  });
  await log.flush();
  return ending;
}
