import type { Clock, Timer } from './clock.ts';

/** Watches that something goes on. Cheap to touch: the timer is set again only when it fires. */
export interface Watch {
  /** Something came: the time starts anew. `ms` changes the patience from here on. */
  touch(ms?: number): void;
  stop(): void;
}

/** Calls `expired` once when `ms` have passed without a touch. */
export function createWatch(clock: Clock, ms: number, expired: () => void): Watch {
  let patienceMs = ms;
  let touchedAt = clock.now();
  let timer: Timer | null = null;
  const arm = (inMs: number) => {
    timer = clock.setTimer(inMs, () => {
      const left = touchedAt + patienceMs - clock.now();
      if (left > 0.5) arm(left);
      else {
        timer = null;
        expired();
      }
    });
  };
  arm(ms);
  return {
    touch(next) {
      touchedAt = clock.now();
      if (next === undefined || next === patienceMs) return;
      const sooner = next < patienceMs;
      patienceMs = next;
      if (!sooner || !timer) return;
      timer.cancel();
      arm(next);
    },
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}
