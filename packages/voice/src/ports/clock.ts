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
