import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSoundRing } from './sound-ring.ts';

const counting = (from: number, to: number) => Int16Array.from({ length: to - from }, (_, i) => (from + i) % 30_000);

test('what was written can be copied', () => {
  const ring = createSoundRing(8000, 20);
  ring.write(counting(0, 8000));
  expect(ring.writtenMs).toBe(1000);
  expect(ring.copy(250, 500)).toEqual(counting(2000, 4000));
  expect(ring.copy(900, 2000)).toEqual(counting(7200, 8000));
  expect(ring.copy(5000, 6000)).toHaveLength(0);
});

test('it forgets what is older than its length', () => {
  const ring = createSoundRing(8000, 6);
  for (let at = 0; at < 8000 * 10; at += 160) ring.write(counting(at, at + 160));
  expect(ring.copy(0, 10_000)).toEqual(counting(8000 * 4, 8000 * 10));
});

test('however the sound is cut, the copies are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 12 }), (lengths) => {
      const ring = createSoundRing(1000, 8);
      let written = 0;
      for (const length of lengths) {
        ring.write(counting(written, written + length));
        written += length;
      }
      expect(ring.copy(0, written)).toEqual(counting(Math.max(0, written - (written <= 4000 ? 4000 : 8000)), written));
    }),
  );
});

test('the quietest point is found', () => {
  const ring = createSoundRing(8000, 20);
  ring.write(new Int16Array(8000 * 10).fill(5000));
  ring.write(new Int16Array(800).fill(100));
  ring.write(new Int16Array(8000 * 4).fill(5000));
  expect(ring.quietestMs(8000, 14_000)).toBe(10_050);
});
