import { expect, test } from 'vitest';
import { DOUBT_LASTS_MS, verdictOn } from './doubtful-call.ts';

const startedAt = new Date('2026-01-15T12:00:00Z');
const soon = startedAt.getTime() + 30_000;
const late = startedAt.getTime() + DOUBT_LASTS_MS;
const call = { carrier: 'telnyx', ref: 'v3:1' } as const;
const unknown = { startedAt, carrierRef: null };
const taken = { startedAt, carrierRef: 'v3:1' };

test('a live call is left to whoever takes it, until it has rung too long', () => {
  expect(verdictOn(unknown, { known: true, call, live: true }, soon, 'node_lost')).toEqual({ is: 'wait', found: call });
  expect(verdictOn(unknown, { known: true, call, live: true }, late, 'node_lost')).toEqual({ is: 'over', reason: 'node_lost' });
});

test('one that is over ends as the carrier says', () => {
  expect(verdictOn(taken, { known: true, call, live: false, cause: 'busy' }, soon, 'node_lost')).toEqual({ is: 'over', reason: 'busy' });
  expect(verdictOn(taken, { known: true, call, live: false }, soon, 'node_lost')).toEqual({ is: 'over', reason: 'node_lost' });
});

test('one the carrier does not know is no proof while the answer may be on its way', () => {
  expect(verdictOn(unknown, { known: false }, soon, 'unconfirmed')).toEqual({ is: 'wait', found: null });
  expect(verdictOn(unknown, null, soon, 'unconfirmed')).toEqual({ is: 'wait', found: null });
  expect(verdictOn(unknown, { known: false }, late, 'unconfirmed')).toEqual({ is: 'over', reason: 'unconfirmed' });
  expect(verdictOn(unknown, null, late, 'unconfirmed')).toEqual({ is: 'over', reason: 'unconfirmed' });
});

test('one it had and does not have any more is over', () => {
  expect(verdictOn(taken, { known: false }, soon, 'node_lost')).toEqual({ is: 'over', reason: 'node_lost' });
});
