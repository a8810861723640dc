import type { Clock, Timer } from '@talkturo/voice';
import type { CarrierEvent } from '../carrier.ts';

/** What Twilio charged for a call. */
export interface Bill {
  /** Decimal USD. */
  amount: string;
  seconds: number | null;
}

export interface Bills {
  /** Asks for the bill of a call that has ended, now and then until it is there, and tells it. */
  expect(ref: string, tell: (event: Pick<CarrierEvent & { type: 'cost' }, 'type' | 'amount' | 'seconds'>) => void): void;
  /** Asks no more. */
  close(): void;
}

/** Twilio sets the price some time after the end, mostly within a minute; a call that has none after half an hour gets none. */
const LOOKS_MS = [10_000, 60_000, 300_000, 1_800_000];

/** @param billOf null while there is no bill, or none in USD */
export function createBills(clock: Clock, billOf: (ref: string) => Promise<Bill | null>): Bills {
  /** By call: one that is waited for is not asked about twice. */
  const timers = new Map<string, Timer>();

  function later(look: number, ref: string, then: (bill: Bill) => void): void {
    const ms = LOOKS_MS[look];
    if (ms === undefined) {
      timers.delete(ref);
      return;
    }
    const ask = async () => {
      // A question that failed is asked again like one that had no answer yet.
      const bill = await billOf(ref).catch(() => null);
      if (!timers.has(ref)) return;
      if (!bill) return later(look + 1, ref, then);
      timers.delete(ref);
      then(bill);
    };
    timers.set(
      ref,
      clock.setTimer(ms, () => void ask()),
    );
  }

  return {
    expect(ref, tell) {
      if (!timers.has(ref)) later(0, ref, ({ amount, seconds }) => tell({ type: 'cost', amount, seconds }));
    },
    close() {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}
