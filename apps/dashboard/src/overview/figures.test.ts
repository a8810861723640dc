import { expect, test } from 'vitest';
import { byDay, groupBy, totalsOf } from './figures.ts';

const call = (started_at: string, seconds: number | null, outcome: string | null = null) =>
  ({ started_at, answered_at: seconds === null ? null : started_at, duration_seconds: seconds, outcome }) as Parameters<
    typeof totalsOf
  >[0][number];
const calls = [
  call('2026-01-03T23:59:59Z', 90, 'answered'),
  call('2026-01-03T01:00:00Z', null, 'busy'),
  call('2026-01-01T10:00:00Z', 30, 'answered'),
];

test('days without calls are there, calls before the first day are not', () => {
  expect(byDay(calls, 2, Date.parse('2026-01-03T12:00:00Z'))).toEqual([
    { date: '2026-01-02', answered: 0, missed: 0, minutes: 0 },
    { date: '2026-01-03', answered: 1, missed: 1, minutes: 1.5 },
  ]);
});

test('totals and groups', () => {
  expect(totalsOf(calls)).toEqual({ calls: 3, answered: 2, minutes: 2 });
  expect(groupBy(calls, (one) => one.outcome).map(([key, group]) => [key, group.length])).toEqual([
    ['answered', 2],
    ['busy', 1],
  ]);
});
