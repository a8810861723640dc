import { CarrierError } from '../carrier.ts';
import type { createTelnyxControl, StreamAddress } from './telnyx-control.ts';
import { TELNYX_CODES, TelnyxRefusal } from './telnyx-errors.ts';
import type { TelnyxLegs } from './telnyx-leg.ts';

export interface BridgingGround {
  control: Pick<ReturnType<typeof createTelnyxControl>, 'bridge' | 'startStreaming' | 'stopStreaming'>;
  legs: Pick<TelnyxLegs, 'resumed'>;
  /** Where the sound of an answered call goes, with a token of its own. */
  streamTo(ref: string): StreamAddress;
  /** Ends a call that nobody could hear anything on; not waited for. */
  end(ref: string): void;
}

const is = (error: unknown, code: string): boolean => error instanceof TelnyxRefusal && error.code === code;
const isOver = (error: unknown): boolean => error instanceof CarrierError && error.kind === 'ended';

/**
 * Connects two calls whose sound comes to us. Telnyx knows a code for commands that are not allowed while a stream runs (90045), without
 * saying which commands those are: a bridge that is refused with it is asked for once more with both streams stopped. Does that fail too, the
 * first call has its sound again before that is told. The one that was asked has none any more: who had it asked lets it go, and without that
 * its leg closes after a while.
 */
export function createBridging({ control, legs, streamTo, end }: BridgingGround) {
  async function soundAgain(ref: string, commandId: string): Promise<void> {
    const back = legs.resumed(ref);
    try {
      await control.startStreaming(ref, streamTo(ref), commandId);
      await back;
    } catch (error) {
      // The stop did not reach it: the sound was never away. And a call that is over needs none.
      if (!is(error, TELNYX_CODES.streaming) && !isOver(error)) end(ref);
    }
  }

  async function withoutStreams(ref: string, asked: string, commandId: string): Promise<void> {
    let stopped = false;
    try {
      // The one that was asked goes first: if it has hung up meanwhile, nothing has changed for the other.
      await control.stopStreaming(asked, commandId);
      stopped = true;
      await control.stopStreaming(ref, commandId);
      // The command that was refused may count as known.
      await control.bridge(ref, asked, `${commandId} without streams`);
    } catch (error) {
      if (stopped) await soundAgain(ref, commandId);
      throw error;
    }
  }

  return async (ref: string, asked: string, commandId: string): Promise<void> => {
    await control.bridge(ref, asked, commandId).catch((error: unknown) => {
      if (!is(error, TELNYX_CODES.streaming)) throw error;
      return withoutStreams(ref, asked, commandId);
    });
  };
}
