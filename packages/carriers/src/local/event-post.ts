import type { Clock } from '@talkturo/voice';

/** How unreliably events arrive, as they do from real carriers. Chances are 0 to 1. */
export interface Disorder {
  /** Chance that an event arrives twice. */
  duplicate: number;
  /** Chance that an event is held back, and so overtaken. */
  delay: number;
  /** The longest it is held back. */
  delayMs: number;
  /** 0 to 1; tests pass a seeded one. */
  random(): number;
}

/** Delivers what the network has to tell, later than it happens. */
export interface EventPost {
  deliver(event: () => void): void;
  /** Resolves when everything has been delivered. */
  idle(): Promise<void>;
}

/** Without disorder: once, in order, after the command that caused it has been answered. */
export const createEventPost = (clock: Clock, disorder: Disorder | null): EventPost => {
  let underway = 0;
  let waiting: (() => void)[] = [];
  const after = (ms: number, event: () => void) => {
    underway += 1;
    clock.setTimer(ms, () => {
      underway -= 1;
      event();
      if (underway > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
  };
  return {
    deliver(event) {
      if (!disorder) return after(0, event);
      const late = () => (disorder.random() < disorder.delay ? disorder.delayMs * disorder.random() : 0);
      after(late(), event);
      if (disorder.random() < disorder.duplicate) after(late(), event);
    },
    idle: () => (underway === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
};
