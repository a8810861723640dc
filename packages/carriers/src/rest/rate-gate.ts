/** How long after a 429 that does not say. */
const DEFAULT_RESET_MS = 1_000;

/** Remembers what the last answers said about the request rate. */
export interface RateGate {
  /** Reads `x-ratelimit-remaining`, `x-ratelimit-reset` (seconds until more are allowed) and `retry-after`. */
  learn(headers: Headers, refused?: boolean): void;
  /** How long to hold the next request back; 0: go. */
  waitMs(): number;
}

export function createRateGate(now: () => number): RateGate {
  let closedUntil = 0;
  return {
    learn(headers, refused = false) {
      if (!refused && headers.get('x-ratelimit-remaining') !== '0') return;
      const seconds = Number.parseFloat(headers.get('retry-after') ?? headers.get('x-ratelimit-reset') ?? '');
      closedUntil = Math.max(closedUntil, now() + (Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : DEFAULT_RESET_MS));
    },
    waitMs: () => Math.max(0, closedUntil - now()),
  };
}
