import type { Clock } from './clock.ts';

/** Real time. One for the whole process, so that all calls share one beat. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(ms, fire) {
    // A longer delay would overflow the timer and fire at once.
    const timer = setTimeout(fire, Math.min(ms, 0x7fffffff));
    return { cancel: () => clearTimeout(timer) };
  },
};
