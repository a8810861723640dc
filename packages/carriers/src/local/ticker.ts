import type { Clock, Timer } from '@talkturo/voice';

/** One beat of 20 ms for everybody who speaks on the network. */
export interface Ticker {
  /** Calls `tick` every 20 ms until the returned function is called. */
  join(tick: () => void): () => void;
}

const BEAT_MS = 20;
/** People are spread over four beats, 5 ms apart, so that hundreds of them do not all speak in the same instant. */
const PHASES = 4;
/** After a stall so many beats are made up for (100 ms); what is older is lost, as on a telephone line. */
const MAX_BEHIND = 5;
/** Timers may fire a little early. */
const EARLY_MS = 0.5;

interface Phase {
  members: Set<() => void>;
  timer: Timer | null;
  dueMs: number;
}

export const createTicker = (clock: Clock): Ticker => {
  const phases: Phase[] = Array.from({ length: PHASES }, () => ({ members: new Set(), timer: null, dueMs: 0 }));

  const arm = (phase: Phase) => {
    phase.timer = clock.setTimer(Math.max(0, phase.dueMs - clock.now()), () => beat(phase));
  };

  const beat = (phase: Phase) => {
    const now = clock.now();
    phase.dueMs = Math.max(phase.dueMs, now - MAX_BEHIND * BEAT_MS);
    while (phase.dueMs <= now + EARLY_MS) {
      for (const tick of phase.members) tick();
      phase.dueMs += BEAT_MS;
    }
    phase.timer = null;
    if (phase.members.size > 0) arm(phase);
  };

  const enter = (phase: Phase, tick: () => void) => {
    phase.members.add(tick);
    if (phase.timer || phase.members.size > 1) return;
    phase.dueMs = clock.now() + BEAT_MS;
    arm(phase);
  };

  return {
    join(tick) {
      const phase = phases.reduce((least, one) => (one.members.size < least.members.size ? one : least));
      enter(phase, tick);
      return () => {
        phase.members.delete(tick);
        if (phase.members.size > 0) return;
        phase.timer?.cancel();
        phase.timer = null;
      };
    },
  };
};
