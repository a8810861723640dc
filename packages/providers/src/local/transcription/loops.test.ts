import { expect, test } from 'vitest';
import { lengthBeforeLoop } from './loops.ts';

test.each([
  [[], 0],
  [[1, 2, 3], 3],
  [[5, 5], 2],
  [[1, 2, 9, 9, 9, 9], 3],
  [[1, 2, 3, 4, 3, 4, 3, 4], 4],
  [[1, 2, 3, 4, 3, 4, 3, 4, 3], 4],
  [[7, 8, 9, 7, 8, 9, 7, 8, 9], 3],
  [[1, 3, 4, 3, 4, 3, 4, 8, 8, 8], 3],
  [[5, 5, 5, 0, 1, 9, 9], 7],
])('of %j the first %i are left', (tokens, left) => {
  expect(lengthBeforeLoop(tokens)).toBe(left);
});
