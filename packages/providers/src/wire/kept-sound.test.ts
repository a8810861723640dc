import { expect, test } from 'vitest';
import { createKeptSound } from './kept-sound.ts';

const piece = (n: number) => Uint8Array.of(n);

test('what is settled goes, whole pieces only', () => {
  const kept = createKeptSound(1000);
  for (const n of [1, 2, 3]) kept.add(piece(n), 20);
  kept.settle(35);
  expect([kept.fromMs, kept.pieces]).toEqual([20, [piece(2), piece(3)]]);
  kept.settle(100);
  expect([kept.fromMs, kept.pieces]).toEqual([60, []]);
});

test('no more than its length is kept, the newest', () => {
  const kept = createKeptSound(40);
  for (const n of [1, 2, 3, 4]) kept.add(piece(n), 20);
  expect([kept.fromMs, kept.pieces]).toEqual([40, [piece(3), piece(4)]]);
});

test('times go on after it was emptied', () => {
  const kept = createKeptSound(1000);
  kept.add(piece(1), 20);
  kept.clear();
  kept.add(piece(2), 20);
  expect([kept.fromMs, kept.pieces]).toEqual([20, [piece(2)]]);
});
