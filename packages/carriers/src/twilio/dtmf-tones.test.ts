import { expect, it } from 'vitest';
import { keysIn } from '../testing/twilio/key-ear.ts';
import { tonesOf } from './dtmf-tones.ts';

it('sounds like keys, every one of them, with pauses between', () => {
  const all = '0123456789ABCD*#';
  expect(keysIn(tonesOf(all)!)).toBe(all);
  expect(keysIn(tonesOf('11w1W22')!)).toBe('11122');
  expect(tonesOf('1')).toHaveLength(1600);
  expect(tonesOf('wW')).toHaveLength(12_000);
  expect(Math.max(...tonesOf('5')!)).toBeLessThan(11_000);
});

it('knows no other keys', () => {
  for (const digits of ['E', '1 2', '+1', '１']) expect(tonesOf(digits)).toBeNull();
});
