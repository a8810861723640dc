import type { Clock } from '@talkturo/voice';
import { CarrierError, type TransferRequest } from '../carrier.ts';
import type { KnownCalls } from './known-calls.ts';
import { isRefusedWith } from './sound-again.ts';
import type { createTelnyxControl } from './telnyx-control.ts';
import { TELNYX_CODES } from './telnyx-errors.ts';

export interface BlindTransfersGround {
  clock: Clock;
  known: KnownCalls;
  control: Pick<ReturnType<typeof createTelnyxControl>, 'transfer' | 'stopStreaming'>;
  soundAgain(ref: string, commandId: string): Promise<void>;
}

/** What Telnyx may take past the ringing to tell how it ended. The server gives a transfer up after 15 s: by then the sound is back. */
const TOLD_WITHIN_MS = 9_000;

const isUnknown = (error: unknown): boolean => error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable');

/**
 * Transfers to a number that Telnyx dials. Telnyx knows a code for commands that are not allowed while a stream runs (90045), without saying
 * which commands those are: a transfer that is refused with it is asked for once more with the stream stopped. The caller then waits in
 * whatever Telnyx has them hear, and their sound is started again when nobody takes them, before that is told.
 */
export function createBlindTransfers({ clock, known, control, soundAgain }: BlindTransfersGround) {
  /** Of a call that nobody has taken: sound that was stopped for it flows again when this resolves. */
  async function giveBack(ref: string, commandId: string): Promise<void> {
    const call = known.get(ref);
    if (call.silentFor === commandId) call.silentFor = null;
    if (!call.over && !call.transferred) await soundAgain(ref, commandId);
  }

  async function withoutStream(ref: string, request: TransferRequest): Promise<void> {
    const { commandId, ringMs } = request;
    known.get(ref).silentFor = commandId;
    // What Telnyx tells may be lost, and may reach another node, which then starts the sound: twice is refused.
    clock.setTimer(ringMs + TOLD_WITHIN_MS, () => {
      if (known.get(ref).silentFor === commandId) void giveBack(ref, commandId);
    });
    try {
      await control.stopStreaming(ref, commandId);
    } catch (error) {
      await giveBack(ref, commandId);
      // Whether that was heard may not be known; that nobody is dialled is.
      throw isUnknown(error) ? new CarrierError('telnyx', 'refused', 'The sound could not be stopped for a transfer.', error) : error;
    }
    try {
      await control.transfer(ref, request, true);
    } catch (error) {
      // It may ring all the same: then webhooks tell, or the timer finds out.
      if (!isUnknown(error)) await giveBack(ref, commandId);
      throw error;
    }
  }

  return {
    /** Resolves when Telnyx dials; webhooks tell the rest. Rejects with CarrierError; then the caller has sound. */
    async begin(ref: string, request: TransferRequest): Promise<void> {
      await control.transfer(ref, request).catch((error: unknown) => {
        if (!isRefusedWith(error, TELNYX_CODES.streaming)) throw error;
        return withoutStream(ref, request);
      });
    },

    giveBack,
  };
}
