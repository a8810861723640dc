import { expect, test } from 'vitest';
import { plausible } from './plausible.ts';

test('a sure hearing is believed, with its confidence', () => {
  expect(plausible({ text: 'Hello.', meanLogProb: -0.1, capped: false })).toEqual({ text: 'Hello.', confidence: Math.exp(-0.1) });
});

test.each([
  ['a loop to the cap', { text: 'thank you thank you thank you', meanLogProb: -0.2, capped: true }],
  ['a guess', { text: 'The boot.', meanLogProb: -1.6, capped: false }],
  ['no words', { text: '...', meanLogProb: -0.1, capped: false }],
  ['nothing', { text: '', meanLogProb: 0, capped: false }],
])('%s is nothing', (_, hearing) => {
  expect(plausible(hearing)).toEqual({ text: '', confidence: 0 });
});
