import { expect, test } from 'vitest';
import { replyPercentile } from './reply-histogram.ts';

test('without replies there is no percentile', () => {
  expect(replyPercentile(new Map(), 0.5)).toBeNull();
});

test('the nearest rank decides, and the middle of its bucket is told', () => {
  // Bucket 60 begins at 20 × 1.05^60 = 373.6 ms, bucket 80 at 991.3 ms.
  const histogram = new Map([
    [80, 1],
    [60, 19],
  ]);
  expect(replyPercentile(histogram, 0.5)).toBe(383);
  expect(replyPercentile(histogram, 0.95)).toBe(383);
  expect(replyPercentile(histogram, 0.96)).toBe(1016);
});
