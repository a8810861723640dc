import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

const HOUR = 3_600_000;

test.each([
  [5 * 24 * HOUR, 'days', 5],
  [48 * HOUR, 'days', 2],
  [48 * HOUR - 1, 'hours', 47],
  [2 * HOUR, 'hours', 2],
  [2 * HOUR - 1, 'minutes', 120],
  [1, 'minutes', 1],
  [0, 'over', 0],
  [-1, 'over', 0],
])('%i ms are told in %s', (ms, unit, count) => {
  expect(timeLeft(ms)).toEqual({ unit, count });
});
