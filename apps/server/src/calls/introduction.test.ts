import { expect, test } from 'vitest';
import { introductionOf } from './introduction.ts';

const occasion = {
  assistant: 'Alex',
  company: 'Miller Energy',
  contact: 'Ada Lovelace',
  purpose: 'your meter reading. We call every customer once a year.',
};

test('says who is calling, whom and why, in two sentences', () => {
  expect(introductionOf(occasion, 'en-US')).toBe(
    'This is Alex from Miller Energy, calling for Ada Lovelace. It is about your meter reading.',
  );
  expect(introductionOf(occasion, 'de')).toBe(
    'Hier ist Alex von Miller Energy mit einem Anruf für Ada Lovelace. Es geht um: your meter reading.',
  );
});

test('leaves out what is not known, and speaks English where it has no words', () => {
  expect(introductionOf({ ...occasion, contact: null, purpose: null }, 'ja')).toBe('This is Alex from Miller Energy.');
});

test('is short however much was written', () => {
  expect(introductionOf({ ...occasion, purpose: 'word '.repeat(500) }, 'en').length).toBeLessThan(250);
});
