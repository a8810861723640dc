import { describe, expect, it } from 'vitest';
import { createResampler } from './resampler.ts';

const sine = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
const level = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);

/** In blocks of 128, as an AudioWorklet hands them over. */
const convert = (samples: Float32Array, from: number, to: number, block = 128) => {
  const resampler = createResampler(from, to);
  const parts: number[] = [];
  for (let at = 0; at < samples.length; at += block) parts.push(...resampler.process(samples.subarray(at, at + block)));
  return Float32Array.from(parts);
};
const inner = (samples: Float32Array) => samples.subarray(Math.floor(samples.length * 0.2), Math.floor(samples.length * 0.8));

describe('between the rates of browsers and of calls', () => {
  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [48_000, 24_000],
    [48_000, 8000],
    [16_000, 48_000],
    [24_000, 44_100],
    [8000, 48_000],
    [16_000, 16_000],
  ])('%i Hz → %i Hz keeps length, loudness and pitch', (from, to) => {
    const out = convert(sine(440, from, 1), from, to);
    expect(Math.abs(out.length - to)).toBeLessThan(200);
    expect(level(inner(out))).toBeCloseTo(Math.SQRT1_2, 2);
    let crossings = 0;
    const middle = inner(out);
    for (let i = 1; i < middle.length; i++) if (middle[i - 1]! < 0 && middle[i]! >= 0) crossings++;
    expect(Math.abs(crossings - (440 * middle.length) / to)).toBeLessThan(2);
  });

  it('lets nothing through that the lower rate cannot carry', () => {
    expect(level(inner(convert(sine(12_000, 48_000, 1), 48_000, 16_000)))).toBeLessThan(0.001);
    expect(level(inner(convert(sine(3000, 8000, 1), 8000, 48_000)))).toBeCloseTo(Math.SQRT1_2, 2);
  });

  it('comes to the same in blocks of any size', () => {
    const samples = sine(700, 48_000, 0.2);
    const whole = convert(samples, 48_000, 16_000, samples.length);
    const blocks = convert(samples, 48_000, 16_000, 37);
    expect(blocks.length).toBe(whole.length);
    for (const [i, sample] of whole.entries()) expect(blocks[i]).toBeCloseTo(sample, 6);
  });
});
