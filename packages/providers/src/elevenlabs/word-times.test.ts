import { expect, test } from 'vitest';
import { createWordTimes } from './word-times.ts';

test('words over the borders of chunks, times from the start of the utterance', () => {
  const times = createWordTimes();
  expect(times.push([...'Hi yo'], [0, 50, 100, 120, 180], [50, 50, 20, 60, 20], 0)).toEqual([{ text: 'Hi', startMs: 0, endMs: 100 }]);
  expect(times.push([...'u '], [0, 40], [40, 10], 200)).toEqual([{ text: 'you', startMs: 120, endMs: 240 }]);
  expect(times.rest()).toEqual([]);
});

test('the last word needs no space after it', () => {
  const times = createWordTimes();
  expect(times.push(['Y', 'o'], [0, 10], [10, 10], 0)).toEqual([]);
  expect(times.rest()).toEqual([{ text: 'Yo', startMs: 0, endMs: 20 }]);
});
