import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpen, nextOpening } from './call-window.ts';

const NINE_TO_FIVE = { start: '09:00', end: '17:00' };
const EVENING_TO_MORNING = { start: '22:00', end: '02:00' };

test.each([
  // window, zone, UTC, open?
  ['New York, just before', NINE_TO_FIVE, 'America/New_York', '2026-01-15T13:59:59Z', false],
  ['New York, opens', NINE_TO_FIVE, 'America/New_York', '2026-01-15T14:00:00Z', true],
  ['New York, last minute', NINE_TO_FIVE, 'America/New_York', '2026-01-15T21:59:59Z', true],
  ['New York, closed on the hour', NINE_TO_FIVE, 'America/New_York', '2026-01-15T22:00:00Z', false],
  ['New York in summer opens an hour earlier by UTC', NINE_TO_FIVE, 'America/New_York', '2026-07-15T13:00:00Z', true],
  ['Kathmandu is 5:45 ahead: 8:59', NINE_TO_FIVE, 'Asia/Kathmandu', '2026-01-15T03:14:00Z', false],
  ['Kathmandu: 9:00', NINE_TO_FIVE, 'Asia/Kathmandu', '2026-01-15T03:15:00Z', true],
  ['Kathmandu: 17:00', NINE_TO_FIVE, 'Asia/Kathmandu', '2026-01-15T11:15:00Z', false],
  ['Chatham is 13:45 ahead in summer: 9:00 of the next day', NINE_TO_FIVE, 'Pacific/Chatham', '2026-01-14T19:15:00Z', true],
  ['over midnight, before', EVENING_TO_MORNING, 'Europe/Berlin', '2026-01-15T20:59:00Z', false],
  ['over midnight, evening', EVENING_TO_MORNING, 'Europe/Berlin', '2026-01-15T21:00:00Z', true],
  ['over midnight, at midnight', EVENING_TO_MORNING, 'Europe/Berlin', '2026-01-15T23:00:00Z', true],
  ['over midnight, morning', EVENING_TO_MORNING, 'Europe/Berlin', '2026-01-16T00:59:00Z', true],
  ['over midnight, after', EVENING_TO_MORNING, 'Europe/Berlin', '2026-01-16T01:00:00Z', false],
  ['equal ends are the whole day', { start: '00:00', end: '00:00' }, 'Europe/Berlin', '2026-01-16T03:33:00Z', true],
  // 29 March 2026: 02:00 → 03:00 in Berlin, 01:00Z.
  ['the hour left out in spring, before', { start: '02:30', end: '04:00' }, 'Europe/Berlin', '2026-03-29T00:59:00Z', false],
  ['the hour left out in spring, 03:00 local', { start: '02:30', end: '04:00' }, 'Europe/Berlin', '2026-03-29T01:00:00Z', true],
  // 25 October 2026: 03:00 → 02:00 in Berlin, 01:00Z.
  ['the hour twice in autumn, first', { start: '02:15', end: '02:45' }, 'Europe/Berlin', '2026-10-25T00:15:00Z', true],
  ['the hour twice in autumn, between', { start: '02:15', end: '02:45' }, 'Europe/Berlin', '2026-10-25T00:50:00Z', false],
  ['the hour twice in autumn, second', { start: '02:15', end: '02:45' }, 'Europe/Berlin', '2026-10-25T01:15:00Z', true],
  // Lord Howe shifts by half an hour: 5 April 2026, 02:00 → 01:30, 15:00Z on the 4th.
  ['a shift of half an hour', { start: '01:30', end: '01:45' }, 'Australia/Lord_Howe', '2026-04-04T15:05:00Z', true],
])('%s', (_what, window, zone, at, open) => expect(isOpen(window, [zone], new Date(at))).toBe(open));

test.each([
  ['open now is now', NINE_TO_FIVE, ['America/New_York'], '2026-01-15T15:00:00Z', '2026-01-15T15:00:00Z'],
  ['this morning', NINE_TO_FIVE, ['America/New_York'], '2026-01-15T10:00:00Z', '2026-01-15T14:00:00Z'],
  ['tomorrow', NINE_TO_FIVE, ['America/New_York'], '2026-01-15T22:00:00Z', '2026-01-16T14:00:00Z'],
  ['the day the clock goes forward', NINE_TO_FIVE, ['America/New_York'], '2026-03-07T22:00:00Z', '2026-03-08T13:00:00Z'],
  ['the day the clock goes back', NINE_TO_FIVE, ['America/New_York'], '2026-10-31T21:30:00Z', '2026-11-01T14:00:00Z'],
  ['Kathmandu', NINE_TO_FIVE, ['Asia/Kathmandu'], '2026-01-15T00:00:00Z', '2026-01-15T03:15:00Z'],
  ['over midnight', EVENING_TO_MORNING, ['Europe/Berlin'], '2026-01-15T12:00:00Z', '2026-01-15T21:00:00Z'],
  [
    'two zones: when the later one opens',
    NINE_TO_FIVE,
    ['America/New_York', 'America/Los_Angeles'],
    '2026-01-15T10:00:00Z',
    '2026-01-15T17:00:00Z',
  ],
  [
    'two zones: New York has closed',
    NINE_TO_FIVE,
    ['America/New_York', 'America/Los_Angeles'],
    '2026-01-15T23:00:00Z',
    '2026-01-16T17:00:00Z',
  ],
  [
    'a start that is left out in spring',
    { start: '02:30', end: '04:00' },
    ['Europe/Berlin'],
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:00:00Z',
  ],
  [
    'a start that happens twice in autumn',
    { start: '02:15', end: '02:45' },
    ['Europe/Berlin'],
    '2026-10-25T00:50:00Z',
    '2026-10-25T01:15:00Z',
  ],
])('next opening: %s', (_what, window, zones, at, opens) => expect(nextOpening(window, zones, new Date(at))).toEqual(new Date(opens)));

test('zones that share no open minute never open', () => {
  expect(nextOpening({ start: '09:00', end: '10:00' }, ['America/New_York', 'Europe/Berlin'], new Date('2026-01-15T00:00:00Z'))).toBeNull();
});

test('the next opening is open, and no minute before it is', () => {
  const zone = fc.constantFrom(
    'America/New_York',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Phoenix',
    'UTC',
    'Pacific/Chatham',
  );
  const time = fc
    .integer({ min: 0, max: 95 })
    .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`);
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 }).map((m) => new Date(m * 60_000));
  fc.assert(
    fc.property(time, time, fc.array(zone, { minLength: 1, maxLength: 2 }), moment, (start, end, zones, at) => {
      const opens = nextOpening({ start, end }, zones, at);
      const until = opens?.getTime() ?? at.getTime() + 2 * 86_400_000;
      if (opens) expect(isOpen({ start, end }, zones, opens)).toBe(true);
      for (let t = at.getTime(); t < until; t += 5 * 60_000) expect(isOpen({ start, end }, zones, new Date(t))).toBe(false);
    }),
    { numRuns: 150 },
  );
});
