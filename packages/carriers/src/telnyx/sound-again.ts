import { CarrierError } from '../carrier.ts';
import type { createTelnyxControl, StreamAddress } from './telnyx-control.ts';
import { TELNYX_CODES, TelnyxRefusal } from './telnyx-errors.ts';
import type { TelnyxLegs } from './telnyx-leg.ts';

export interface SoundGround {
  control: Pick<ReturnType<typeof createTelnyxControl>, 'startStreaming'>;
  legs: Pick<TelnyxLegs, 'resumed'>;
  /** Where the sound of an answered call goes, with a token of its own. */
  streamTo(ref: string): StreamAddress;
  /** Ends a call that nobody could hear anything on; not waited for. */
  end(ref: string): void;
}

/** Whether Telnyx refused with a code. */
export const isRefusedWith = (error: unknown, code: string): boolean => error instanceof TelnyxRefusal && error.code === code;
const isOver = (error: unknown): boolean => error instanceof CarrierError && error.kind === 'ended';

/**
 * Starts the sound of a call that was stopped to connect it with somebody. Resolves when it flows, or is not to be had: a call whose sound
 * cannot be started is ended, for its caller would hear nothing for ever. `commandId` tells starts of one call apart. Never rejects.
 */
export const createSoundAgain =
  ({ control, legs, streamTo, end }: SoundGround) =>
  async (ref: string, commandId: string): Promise<void> => {
    const back = legs.resumed(ref);
    try {
      await control.startStreaming(ref, streamTo(ref), commandId);
      await back;
    } catch (error) {
      // The stop did not reach it: the sound was never away. And a call that is over needs none.
      if (!isRefusedWith(error, TELNYX_CODES.streaming) && !isOver(error)) end(ref);
    }
  };
