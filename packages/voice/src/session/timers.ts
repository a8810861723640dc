import type { Clock, Timer } from '../ports/index.ts';

/** Timers by name: setting one again moves it. */
export interface Timers<Name extends string> {
  set(name: Name, ms: number): void;
  cancel(name: Name): void;
  cancelAll(): void;
}

export function createTimers<Name extends string>(clock: Clock, fire: (name: Name) => void): Timers<Name> {
  const running = new Map<Name, Timer>();
  const cancel = (name: Name) => {
    running.get(name)?.cancel();
    running.delete(name);
  };
  return {
    set(name, ms) {
      cancel(name);
      running.set(
        name,
        clock.setTimer(ms, () => {
          running.delete(name);
          fire(name);
        }),
      );
    },
    cancel,
    cancelAll() {
      for (const timer of running.values()) timer.cancel();
      running.clear();
    },
  };
}
