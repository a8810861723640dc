import { expect, test } from 'vitest';
import type { Figures } from './campaign-figures.ts';
import { expectedEnd } from './dashboard.ts';

const now = new Date('2026-01-15T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const open = (queued: number): Figures => ({
  total: queued,
  statuses: { pending: 0, queued, calling: 0, completed: 0, skipped: 0, failed: 0 },
  outcomes: {} as Figures['outcomes'],
  called: 0,
});

test('goes by the pace of the last ten minutes', () => {
  expect(expectedEnd(open(200), 100, minutesAgo(600), now)).toBe('2026-01-15T12:20:00.000Z');
});

test('goes by the pace so far where it has run for less', () => {
  expect(expectedEnd(open(200), 100, minutesAgo(1), now)).toBe('2026-01-15T12:02:00.000Z');
});

test('says nothing while no call has ended, or nobody is left', () => {
  expect(expectedEnd(open(200), 0, minutesAgo(1), now)).toBeNull();
  expect(expectedEnd(open(0), 10, minutesAgo(1), now)).toBeNull();
});
