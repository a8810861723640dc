import { expect, test } from 'vitest';
import { plausible } from './plausible.ts';

const sure = { text: 'Hello.', meanLogProb: -0.1, tokens: 12, looped: 0, capped: false, reluctant: false };

test('a sure hearing is believed, with its confidence', () => {
  expect(plausible(sure)).toEqual({ text: 'Hello.', confidence: Math.exp(-0.1) });
});

test.each([
  ['a long one that loops at its end', { text: 'My number is 555 010 0142', looped: 30, capped: true }],
  ['a number it was pressed for', { text: '555 0199', meanLogProb: -0.6, reluctant: true }],
  ['an unsure one', { meanLogProb: -0.9 }],
])('%s is believed', (_, changes) => {
  expect(plausible({ ...sure, ...changes }).text).not.toBe('');
});

test.each([
  ['a loop', { text: 'thank you', tokens: 3, looped: 30, capped: true }],
  ['a loop it was pressed for', { text: '555', looped: 30, capped: true, reluctant: true }],
  ['a guess', { text: 'The boot.', meanLogProb: -1.6 }],
  ['noise it was pressed for', { text: 'You', meanLogProb: -1.14, reluctant: true }],
  ['no words', { text: '♪♪ ...' }],
  ['nothing', { text: '' }],
])('%s is nothing', (_, changes) => {
  expect(plausible({ ...sure, ...changes })).toEqual({ text: '', confidence: 0 });
});
