import { type Carrier, CarrierError, type CarrierErrorKind } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { EndedReason } from './call-ending.ts';
import type { CallLifecycle, NewCall } from './call-lifecycle.ts';
import type { Call } from './calls.table.ts';
import type { HeldCall } from './held-call.ts';
import type { LiveCalls } from './live-calls.ts';
import type { PreparedCall } from './prepared-call.ts';

export interface DiallingGround {
  lifecycle: CallLifecycle;
  live: Pick<LiveCalls, 'reserve' | 'hold'>;
  /** How long a call may last. */
  maxCallMs: number;
  /** Carriers are asked to tell people from machines. */
  machineDetection: boolean;
  logger: Logger;
}

/** A call that is ready to be dialled. */
export interface OutgoingCall {
  row: NewCall;
  prepared: PreparedCall;
  carrier: Carrier;
  ringMs: number;
}

/**
 * Dials, once. Resolves with the record once the carrier has the call, or has refused it, which the record then says. Where its answer
 * is lost the call goes on as one in doubt (doubtful-call.ts), and is not dialled again.
 * @throws AppError 503 when this node has no line for it.
 */
export async function dialOut(ground: DiallingGround, { row, prepared, carrier, ringMs }: OutgoingCall): Promise<Call> {
  const { lifecycle, live, logger, maxCallMs, machineDetection } = ground;
  const line = live.reserve();
  let held: HeldCall;
  let call: Call;
  try {
    const begun = await lifecycle.begin(row);
    if (!begun) throw new Error('a new call was already known');
    call = begun;
    held = live.hold(call, prepared, line, null);
  } catch (error) {
    line.release();
    throw error;
  }
  const { id } = call;
  try {
    const ids = { callId: id, commandId: id };
    const numbers = { from: row.fromNumber ?? '', to: row.toNumber ?? '' };
    const asks = row.consultationOf ? { toBeBridged: true } : {};
    held.accepted(await carrier.dial({ ...ids, ...numbers, ringMs, maxCallMs, machineDetection, ...asks }));
  } catch (error) {
    const kind = error instanceof CarrierError ? error.kind : 'refused';
    if (kind === 'timeout' || kind === 'unavailable') {
      logger.warn({ callId: id, kind, err: error }, 'nobody knows whether a call was placed; its carrier is asked');
      held.doubted(
        error instanceof Error ? error.message : '',
        async () => (await carrier.lookUp?.({ callId: id, commandId: id })) ?? null,
      );
      return call;
    }
    logger.warn({ callId: id, kind, err: error }, 'a call was not taken by its carrier');
    held.fail(reasonOf(kind), error instanceof CarrierError ? error.message : 'The carrier could not place the call.');
    await held.over;
    // What the carrier's refusal came to is the answer; the row has it now.
    return (await lifecycle.find(id)) ?? call;
  }
  return call;
}

const reasonOf = (kind: CarrierErrorKind): EndedReason => (kind === 'invalid-number' ? 'invalid_number' : 'carrier_error');
