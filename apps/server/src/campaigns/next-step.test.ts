import { expect, test } from 'vitest';
import { delayMinutes, nextStep } from './next-step.ts';

const endedAt = new Date('2026-01-15T15:00:00Z');
const rules = {
  status: 'running' as const,
  maxAttemptsPerContact: 3,
  retryDelayNoAnswerMinutes: 5,
  retryDelayBusyMinutes: 10,
  retryDelayErrorMinutes: 60,
  retryOnError: false,
  retryBackoffMode: 'fixed' as const,
  retryBackoffMultiplier: 2,
  retryBackoffMaxMinutes: 1440,
};
const after = (minutes: number) => new Date(endedAt.getTime() + minutes * 60_000);
const step = (outcome: string | null, more: { attempts?: number; doNotCall?: boolean; endedReason?: string; rules?: object } = {}) =>
  nextStep(
    { outcome, endedReason: more.endedReason ?? null, endedAt },
    { ...rules, ...more.rules },
    more.attempts ?? 1,
    more.doNotCall ?? false,
  );

test.each([
  ['answered', 'completed', null],
  ['voicemail', 'completed', null],
  ['declined', 'completed', null],
  ['no_answer', 'pending', 5],
  ['busy', 'pending', 10],
  ['invalid_number', 'failed', null],
  ['error', 'failed', null],
  ['cancelled', 'failed', null],
  [null, 'failed', null],
])('%s → %s', (outcome, status, minutes) => {
  expect(step(outcome)).toMatchObject({ status, nextAttemptAt: minutes === null ? null : after(minutes) });
});

test('errors are tried again where the campaign says so', () => {
  expect(step('error', { rules: { retryOnError: true } })).toMatchObject({ status: 'pending', nextAttemptAt: after(60) });
});
test('a call that a restart of ours cut off is tried again in any case', () => {
  expect(step('cancelled', { endedReason: 'shutdown' })).toMatchObject({ status: 'pending', outcome: 'error' });
});
test.each(['node_lost', 'unconfirmed'])('a call of which nobody knows whether it took place (%s) is not placed again', (endedReason) => {
  expect(step('error', { endedReason, rules: { retryOnError: true } })).toMatchObject({ status: 'failed', outcome: 'error' });
});
test('after the last attempt it is over', () => {
  expect(step('no_answer', { attempts: 2 }).status).toBe('pending');
  expect(step('no_answer', { attempts: 3 })).toMatchObject({ status: 'failed', outcome: 'no_answer' });
});
test('do-not-call ends it, whatever the outcome', () => {
  expect(step('answered', { doNotCall: true })).toMatchObject({ status: 'completed', outcome: 'do_not_call' });
  expect(step('busy', { doNotCall: true })).toMatchObject({ status: 'skipped', skipReason: 'do_not_call', outcome: 'do_not_call' });
});
test('a stopped campaign calls nobody again', () => {
  expect(step('busy', { rules: { status: 'cancelled' } })).toMatchObject({
    status: 'skipped',
    skipReason: 'campaign_stopped',
    outcome: 'busy',
  });
  expect(step('answered', { rules: { status: 'cancelled' } }).status).toBe('completed');
  expect(step('busy', { rules: { status: 'paused' } }).status).toBe('pending');
});
test('exponential delays grow up to the cap', () => {
  const growing = { ...rules, retryBackoffMode: 'exponential' as const, retryBackoffMaxMinutes: 30 };
  expect([1, 2, 3, 4, 9].map((attempts) => delayMinutes('no_answer', growing, attempts))).toEqual([5, 10, 20, 30, 30]);
  expect(delayMinutes('error', growing, 3)).toBe(60);
});
