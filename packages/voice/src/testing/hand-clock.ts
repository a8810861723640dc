import type { Clock, Timer } from '../ports/index.ts';

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /**
   * Moves the time on by `ms`, firing what falls due in order of time, and lets every promise that became ready run
   * before the next timer fires.
   */
  advance(ms: number): Promise<void>;
  /** Timers that are set and not yet fired. */
  readonly pending: number;
}

interface Entry {
  at: number;
  order: number;
  fire: () => void;
}

/** Lets all promises that are ready run to their next wait. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock at 0 for tests. */
export function createHandClock(): HandClock {
  let now = 0;
  let order = 0;
  const entries = new Set<Entry>();
  const earliest = (): Entry | null => {
    let first: Entry | null = null;
    for (const entry of entries) {
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)) first = entry;
    }
    return first;
  };
  return {
    now: () => now,
    setTimer(ms, fire): Timer {
      const entry = { at: now + Math.max(0, ms), order: order++, fire };
      entries.add(entry);
      return { cancel: () => void entries.delete(entry) };
    },
    async advance(ms) {
      const target = now + ms;
      await settle();
      for (let next = earliest(); next && next.at <= target; next = earliest()) {
        now = Math.max(now, next.at);
        entries.delete(next);
        next.fire();
        await settle();
      }
      now = target;
    },
    get pending() {
      return entries.size;
    },
  };
}
