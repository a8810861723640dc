import type { CarrierCall, LookUp } from '@talkturo/carriers';
import type { Clock } from '@talkturo/voice';
import type { EndedReason } from './call-ending.ts';
import { verdictOn } from './doubtful-call.ts';

/** A call whose carrier was asked to dial and whose answer was lost. */
export interface LostDial {
  startedAt: Date;
  clock: Clock;
  /** What the carrier knows of it; null: it cannot say. */
  ask(): Promise<LookUp | null>;
  /** Something else has shown that the carrier has it, or it is not this node's any more. */
  settled(): boolean;
  /** There is nothing more to ask. `found`: by asking. */
  there(found: CarrierCall | null): void;
  /** It is over, or given up; `ringing`: at the carrier it is not. */
  over(reason: EndedReason, ringing: CarrierCall | null): Promise<void>;
}

/** When a carrier whose answer was lost is asked again, the last one over and over. */
const ASK_AGAIN_MS = [1_000, 5_000, 15_000] as const;

/** Asks the carrier again and again what became of such a call, until it is known; after `DOUBT_LASTS_MS` it is given up. */
export function askAfter({ startedAt, clock, ask, settled, there, over }: LostDial): void {
  const look = async (next: number): Promise<void> => {
    if (settled()) return there(null);
    const found = await ask().catch(() => null);
    if (settled()) return there(null);
    const verdict = verdictOn({ startedAt, carrierRef: null }, found, Date.now(), 'unconfirmed');
    if (verdict.is === 'over') return over(verdict.reason, found?.known && found.live ? found.call : null);
    if (verdict.found) return there(verdict.found);
    clock.setTimer(ASK_AGAIN_MS[Math.min(next, ASK_AGAIN_MS.length - 1)]!, () => void look(next + 1));
  };
  void look(0);
}
