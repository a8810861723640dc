import { expect, test } from 'vitest';
import { GIVE_UP_AFTER_MS, nextAttemptAt } from './retry-schedule.ts';

const start = new Date('2026-01-01T00:00:00Z');
const expires = new Date(start.getTime() + GIVE_UP_AFTER_MS);

test('delays grow and end within a day', () => {
  const waits: number[] = [];
  let now = start;
  for (let attempts = 1; ; attempts++) {
    const next = nextAttemptAt(attempts, now, expires, null, 0.5);
    if (!next) break;
    waits.push(next.getTime() - now.getTime());
    now = next;
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits[0]).toBe(5_000);
  expect(waits.length).toBe(11);
  expect(now.getTime() - start.getTime()).toBeGreaterThan(20 * 3_600_000);
  expect(now.getTime()).toBeLessThan(expires.getTime());
});

test('what the receiver asks for is granted, up to an hour', () => {
  expect(nextAttemptAt(1, start, expires, 60_000, 0.5)).toEqual(new Date(start.getTime() + 60_000));
  expect(nextAttemptAt(1, start, expires, 9e9, 0.5)).toEqual(new Date(start.getTime() + 3_600_000));
});
