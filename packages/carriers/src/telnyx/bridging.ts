import { isRefusedWith } from './sound-again.ts';
import type { createTelnyxControl } from './telnyx-control.ts';
import { TELNYX_CODES } from './telnyx-errors.ts';

export interface BridgingGround {
  control: Pick<ReturnType<typeof createTelnyxControl>, 'bridge' | 'stopStreaming'>;
  soundAgain(ref: string, commandId: string): Promise<void>;
}

/**
 * Connects two calls whose sound comes to us. Telnyx knows a code for commands that are not allowed while a stream runs (90045), without
 * saying which commands those are: a bridge that is refused with it is asked for once more with both streams stopped. Does that fail too, the
 * first call has its sound again before that is told. The one that was asked has none any more: who had it asked lets it go, and without that
 * its leg closes after a while.
 */
export function createBridging({ control, soundAgain }: BridgingGround) {
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
      if (!isRefusedWith(error, TELNYX_CODES.streaming)) throw error;
      return withoutStreams(ref, asked, commandId);
    });
  };
}
