import { describe, expect, it } from 'vitest';
import { createResampler, resample } from './resampler.ts';

const tone = (hz: number, rate: number, ms: number, amplitude = 16000): Int16Array =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, i) => Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / rate)));

/** Power of the best-fitting sine of `hz` and of everything else, in the middle of the recording. */
function split(pcm: Int16Array, hz: number, rate: number): { tone: number; rest: number } {
  const middle = pcm.subarray(Math.floor(pcm.length / 4), Math.floor((pcm.length * 3) / 4));
  const whole = middle.subarray(0, Math.floor(middle.length / rate / (1 / hz)) > 0 ? middle.length : 0);
  let sine = 0;
  let cosine = 0;
  let ss = 0;
  let cc = 0;
  let sc = 0;
  for (let i = 0; i < whole.length; i++) {
    const s = Math.sin((2 * Math.PI * hz * i) / rate);
    const c = Math.cos((2 * Math.PI * hz * i) / rate);
    sine += whole[i]! * s;
    cosine += whole[i]! * c;
    ss += s * s;
    cc += c * c;
    sc += s * c;
  }
  const det = ss * cc - sc * sc;
  const a = (sine * cc - cosine * sc) / det;
  const b = (cosine * ss - sine * sc) / det;
  let rest = 0;
  for (let i = 0; i < whole.length; i++) {
    const fit = a * Math.sin((2 * Math.PI * hz * i) / rate) + b * Math.cos((2 * Math.PI * hz * i) / rate);
    rest += (whole[i]! - fit) ** 2;
  }
  return { tone: ((a * a + b * b) / 2) * whole.length, rest };
}

const db = (ratio: number): number => 10 * Math.log10(ratio);

describe('resample', () => {
  it.each([
    [8000, 16000],
    [16000, 8000],
    [24000, 8000],
    [22050, 8000],
    [44100, 16000],
    [48000, 16000],
    [8000, 48000],
  ])('keeps a 1 kHz tone clean from %i to %i Hz', (from, to) => {
    // Rounding to 16 bits alone leaves about 90 dB under this tone.
    const { tone: signal, rest } = split(resample(tone(1000, from, 500, 32000), from, to), 1000, to);
    expect(db(signal / rest)).toBeGreaterThan(88);
    expect(Math.abs(db(signal / ((32000 ** 2 / 2) * (to * 0.25))))).toBeLessThan(0.1);
  });

  it.each([
    [16000, 8000, 5000],
    [48000, 16000, 9000],
    [44100, 8000, 6000],
  ])('keeps what lies above the new band out: %i to %i Hz, %i Hz', (from, to, hz) => {
    const out = resample(tone(hz, from, 500, 32000), from, to);
    const middle = out.subarray(out.length / 4, (out.length * 3) / 4);
    const peak = middle.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0);
    // One step of 16 bits is 90 dB under full scale.
    expect(peak).toBeLessThanOrEqual(1);
  });

  it('gives the length that the rates ask for', () => {
    expect(resample(new Int16Array(441), 44100, 8000)).toHaveLength(80);
    expect(resample(new Int16Array(0), 8000, 16000)).toHaveLength(0);
  });

  it('leaves the sound where it was in time', () => {
    const impulse = new Int16Array(800);
    impulse[400] = 20000;
    const out = resample(impulse, 8000, 16000);
    expect(out.indexOf(Math.max(...out))).toBeGreaterThanOrEqual(799);
    expect(out.indexOf(Math.max(...out))).toBeLessThanOrEqual(801);
  });
});

describe('createResampler', () => {
  it('gives the same stream whatever the chunk size', () => {
    const sound = tone(700, 8000, 200);
    const whole = createResampler(8000, 16000).process(sound).slice();
    const streaming = createResampler(8000, 16000);
    const pieces: number[] = [];
    for (let at = 0; at < sound.length; at += 37) pieces.push(...streaming.process(sound.subarray(at, at + 37)));
    expect(pieces).toEqual([...whole]);
  });

  it('gives exactly two samples for each one at 8 to 16 kHz, in every frame', () => {
    const resampler = createResampler(8000, 16000);
    for (let i = 0; i < 50; i++) expect(resampler.process(new Int16Array(160))).toHaveLength(320);
  });

  it('starts anew after a reset', () => {
    const resampler = createResampler(16000, 8000);
    const first = resampler.process(tone(500, 16000, 20)).slice();
    resampler.reset();
    expect([...resampler.process(tone(500, 16000, 20))]).toEqual([...first]);
  });

  it('clips instead of wrapping round', () => {
    const square = Int16Array.from({ length: 800 }, (_, i) => (Math.floor(i / 8) % 2 ? 32767 : -32768));
    const out = createResampler(8000, 16000).process(square);
    for (let i = 100; i + 1 < out.length; i++) expect(Math.abs(out[i + 1]! - out[i]!)).toBeLessThan(60000);
  });

  it('refuses a rate that is none', () => {
    expect(() => createResampler(0, 8000)).toThrow('sample rate');
    expect(() => createResampler(8000, 11025.5)).toThrow('sample rate');
  });
});
