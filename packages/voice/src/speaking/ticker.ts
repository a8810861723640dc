import { FRAME_MS } from '../audio/index.ts';
import type { Clock, Timer } from '../ports/index.ts';

/** One beat of 20 ms for all calls that are speaking: a timer a process instead of one a call. */
export interface Ticker {
  /** Calls `tick` on every beat until the answer is called. */
  add(tick: () => void): () => void;
}

const tickers = new WeakMap<Clock, Ticker>();

/** The ticker of a clock: the same for everybody who shares the clock. It stands still while nobody listens. */
export function tickerOf(clock: Clock): Ticker {
  const known = tickers.get(clock);
  if (known) return known;
  const ticker = createTicker(clock);
  tickers.set(clock, ticker);
  return ticker;
}

function createTicker(clock: Clock): Ticker {
  /** Null where a listener left during a beat; swept after it. */
  const listeners: ((() => void) | null)[] = [];
  let timer: Timer | null = null;
  let dueAt = 0;
  let left = 0;

  const arm = () => {
    timer = clock.setTimer(Math.max(0, dueAt - clock.now()), beat);
  };
  function beat(): void {
    for (let i = 0; i < listeners.length; i++) listeners[i]?.();
    if (left > 0) sweep();
    if (listeners.length === 0) {
      timer = null;
      return;
    }
    // A late beat is not made up for: each listener looks at the clock itself.
    dueAt = Math.max(dueAt + FRAME_MS, clock.now());
    arm();
  }
  function sweep(): void {
    let kept = 0;
    for (const listener of listeners) if (listener) listeners[kept++] = listener;
    listeners.length = kept;
    left = 0;
  }

  return {
    add(tick) {
      // Everybody has a listener of his own, even where two share a function.
      const listener = () => tick();
      listeners.push(listener);
      if (!timer) {
        dueAt = clock.now() + FRAME_MS;
        arm();
      }
      return () => {
        const at = listeners.indexOf(listener);
        if (at < 0) return;
        listeners[at] = null;
        left++;
      };
    },
  };
}
