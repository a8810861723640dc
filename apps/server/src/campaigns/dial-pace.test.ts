import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slotsAt, spreadOf } from './dial-pace.ts';

test('no window of a second ever holds more calls than the pace, and the pace is reached', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 30, maxLength: 200 }),
      (perSecond, gaps) => {
        const placed: number[] = [];
        let now = 5_000_000;
        let used = 0;
        for (const gap of gaps) {
          now += gap;
          const taken = slotsAt(used, now, 1000, spreadOf(perSecond));
          used = taken.usedUntilUs;
          for (let i = 0; i < taken.granted; i++) placed.push(now);
        }
        for (const [i, at] of placed.entries()) {
          const later = placed[i + perSecond];
          if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(1_000_000);
        }
      },
    ),
  );
  const spread = spreadOf(500);
  let used = 0;
  let placed = 0;
  for (let now = 0; now < 10_000_000; now += 50_000) {
    const taken = slotsAt(used, now, 1000, spread);
    used = taken.usedUntilUs;
    placed += taken.granted;
  }
  expect(placed / 10).toBeGreaterThan(390);
  expect(placed / 10).toBeLessThanOrEqual(500);
});
