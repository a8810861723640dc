import { expect, it } from 'vitest';
import { dbfs, rms } from './energy.ts';

it('measures the level of sound', () => {
  expect(rms(new Int16Array(0))).toBe(0);
  expect(rms(Int16Array.of(300, -300))).toBe(300);
  expect(dbfs(new Int16Array(160))).toBe(-Infinity);
  expect(dbfs(Int16Array.of(-32768, -32768))).toBe(0);
  expect(dbfs(Int16Array.of(3277, -3277))).toBeCloseTo(-20, 2);
});
