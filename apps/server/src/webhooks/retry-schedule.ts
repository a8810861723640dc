const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A delivery is tried for a day. */
export const GIVE_UP_AFTER_MS = 24 * HOUR;

/** Waits after the first, second, … failed attempt; together a little under a day. */
const DELAYS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  10 * HOUR,
];
/** A receiver that asks for patience is believed up to this. */
const LONGEST_ASKED_MS = HOUR;

/**
 * When to try again after a failure, or null when the day is over.
 * @param attempts made so far, at least 1.
 * @param retryAfterMs what the receiver asked for, if it did.
 * @param random 0..1, spreads retries by a tenth either way.
 */
export function nextAttemptAt(attempts: number, now: Date, expiresAt: Date, retryAfterMs: number | null, random: number): Date | null {
  const planned = DELAYS_MS[attempts - 1];
  if (planned === undefined) return null;
  const spread = planned * (0.9 + 0.2 * random);
  const next = new Date(now.getTime() + Math.max(spread, Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS)));
  return next < expiresAt ? next : null;
}
