import { expect, test } from 'vitest';
import { axisEnd } from './scale.ts';

test.each([
  [4, 4, 4],
  [5, 4, 8],
  [17, 4, 20],
  [100, 4, 100],
  [101, 4, 200],
  [1042, 2, 2000],
  [380, 2, 400],
  [0.9, 2, 1],
])('up to %d in %i parts the axis ends at %d', (most, parts, end) => {
  expect(axisEnd(most, parts)).toBeCloseTo(end);
});
