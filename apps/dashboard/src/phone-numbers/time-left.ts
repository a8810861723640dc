const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of time in the largest unit that says something: two days or more in days, two hours or more in hours. Never less than is left. */
export function timeLeft(ms: number): { unit: 'days' | 'hours' | 'minutes' | 'over'; count: number } {
  if (ms <= 0) return { unit: 'over', count: 0 };
  if (ms >= 2 * DAY_MS) return { unit: 'days', count: Math.floor(ms / DAY_MS) };
  if (ms >= 2 * HOUR_MS) return { unit: 'hours', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'minutes', count: Math.ceil(ms / MINUTE_MS) };
}
