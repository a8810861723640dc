/** Time is passed in: the engine runs the same on real time and on a hand-moved clock. */
export interface Clock {
  /** Milliseconds on a monotonic clock; only differences mean anything. */
  now(): number;
  /** Calls once after at least `ms`. */
  setTimer(ms: number, fire: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Real time. Timers never fire early; while one is set the process stays. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, Math.ceil(ms));
    return { cancel: () => clearTimeout(timer) };
  },
};
