import type { Clock, Timer } from '@talkturo/voice';
import { CarrierError } from '../carrier.ts';

/** Hang-ups that did not reach the carrier: a call that goes on unheard costs until somebody else ends it. */
export interface UnheardHangups {
  /** Looks at why a hang-up failed and, where the carrier may not have heard it, tries again in a while. */
  failed(ref: string, error: unknown): void;
  /** The call is over: nothing is to be tried any more. */
  over(ref: string): void;
  close(): void;
}

/** From a carrier that asks for a pause to one that is away for minutes. */
const AGAIN_MS = [5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000];

/** @param hangup ends a call at the carrier; one that is over is not an error. */
export function createUnheardHangups(clock: Clock, hangup: (ref: string) => Promise<void>): UnheardHangups {
  const waiting = new Map<string, { timer: Timer | null }>();

  function later(ref: string, tries: number): void {
    const ms = AGAIN_MS[tries];
    if (ms === undefined) {
      waiting.delete(ref);
      return;
    }
    const again = async () => {
      const entry = { timer: null };
      waiting.set(ref, entry);
      const error = await hangup(ref).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (waiting.get(ref) !== entry) return;
      if (mayBeUnheard(error)) later(ref, tries + 1);
      else waiting.delete(ref);
    };
    waiting.set(ref, { timer: clock.setTimer(ms, () => void again()) });
  }

  return {
    failed(ref, error) {
      if (mayBeUnheard(error) && !waiting.has(ref)) later(ref, 0);
    },
    over(ref) {
      waiting.get(ref)?.timer?.cancel();
      waiting.delete(ref);
    },
    close() {
      for (const { timer } of waiting.values()) timer?.cancel();
      waiting.clear();
    },
  };
}

const mayBeUnheard = (error: unknown): boolean =>
  error instanceof CarrierError && (error.kind === 'rate-limit' || error.kind === 'timeout' || error.kind === 'unavailable');
