import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createG722Decoder, createG722Encoder } from './g722.ts';
import { anyCodes, SIGNALS } from './g722-vectors/signals.ts';

const RATE = 16_000;

const tone = (hertz: number, level = 8000, samples = RATE): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) => Math.round(level * Math.sin((2 * Math.PI * hertz * i) / RATE)));

const through = (pcm: Int16Array): { bytes: Uint8Array; heard: Int16Array } => {
  const bytes = new Uint8Array(pcm.length / 2);
  expect(createG722Encoder().encode(pcm, bytes)).toBe(bytes.length);
  const heard = new Int16Array(pcm.length);
  expect(createG722Decoder().decode(bytes, bytes.length, heard)).toBe(pcm.length);
  return { bytes, heard };
};

/** Both filters together delay by 22 samples. */
const DELAY = 22;

/** Signal to noise in dB, after the predictors have settled. */
const fidelity = (pcm: Int16Array, heard: Int16Array): number => {
  let signal = 0;
  let noise = 0;
  for (let i = 4000; i + DELAY < pcm.length; i++) {
    signal += pcm[i]! ** 2;
    noise += (heard[i + DELAY]! - pcm[i]!) ** 2;
  }
  return 10 * Math.log10(signal / noise);
};

describe('G.722', () => {
  it.each([
    [300, 40],
    [1000, 35],
    [2000, 35],
    [3400, 30],
    [5000, 15],
    [6500, 15],
  ])('carries a tone of %d Hz with more than %d dB', (hertz, least) => {
    const pcm = tone(hertz);
    expect(fidelity(pcm, through(pcm).heard)).toBeGreaterThan(least);
  });

  it('carries sound of both bands at once, at every level', () => {
    for (const level of [200, 2000, 12_000]) {
      const low = tone(700, level);
      const high = tone(5200, level / 4);
      const pcm = low.map((sample, i) => sample + high[i]!);
      expect(fidelity(pcm, through(pcm).heard)).toBeGreaterThan(18);
    }
  });

  it('is silent where nothing is said: it begins with 0xFA, the smallest steps, and nothing is heard of it', () => {
    const { bytes, heard } = through(new Int16Array(3200));
    expect(bytes[0]).toBe(0xfa);
    expect(Math.max(...heard.map(Math.abs))).toBeLessThan(8);
  });

  it('bears full scale and square waves without overflowing', () => {
    const square = Int16Array.from({ length: RATE }, (_, i) => (i % 40 < 20 ? 32767 : -32768));
    const { heard } = through(square);
    const energy = (pcm: Int16Array) => pcm.reduce((sum, sample) => sum + sample * sample, 0);
    expect(energy(heard) / energy(square)).toBeGreaterThan(0.3);
    expect(energy(heard) / energy(square)).toBeLessThan(1.1);
  });

  it('keeps its state from frame to frame: in pieces it is as in one', () => {
    const pcm = tone(900, 9000, 3200);
    const whole = through(pcm);
    const encoder = createG722Encoder();
    const decoder = createG722Decoder();
    const bytes = new Uint8Array(pcm.length / 2);
    const heard = new Int16Array(pcm.length);
    for (let at = 0; at < pcm.length; at += 320) {
      encoder.encode(pcm.subarray(at, at + 320), bytes.subarray(at / 2));
      decoder.decode(bytes.subarray(at / 2), 160, heard.subarray(at));
    }
    expect(bytes).toEqual(whole.bytes);
    expect(heard).toEqual(whole.heard);
  });

  it('finds its way back after bytes were lost', () => {
    const pcm = tone(1000, 8000, 2 * RATE);
    const { bytes } = through(pcm);
    const heard = new Int16Array(pcm.length);
    const decoder = createG722Decoder();
    decoder.decode(bytes.subarray(0, 4000), 4000, heard);
    decoder.decode(bytes.subarray(4160), bytes.length - 4160, heard.subarray(8320));
    const settled = pcm.length - RATE / 2;
    expect(fidelity(pcm.subarray(settled), heard.subarray(settled))).toBeGreaterThan(30);
  });
});

describe('the reference vectors of another implementation', () => {
  const read = (file: string) => readFileSync(path.join(import.meta.dirname, 'g722-vectors', file));
  const decoded = JSON.parse(read('decoded.json').toString()) as Record<string, string>;
  const digestOf = (pcm: Int16Array) => createHash('sha256').update(new Uint8Array(pcm.buffer)).digest('hex');
  const decode = (codes: Uint8Array) => {
    const pcm = new Int16Array(2 * codes.length);
    createG722Decoder().decode(codes, codes.length, pcm);
    return pcm;
  };

  it.each(Object.entries(SIGNALS))('are met in every bit, encoding and decoding: %s', (name, pcm) => {
    const vector = new Uint8Array(read(`${name}.g722`));
    const codes = new Uint8Array(pcm.length / 2);
    createG722Encoder().encode(pcm, codes);
    expect(codes).toEqual(vector);
    expect(digestOf(decode(vector))).toBe(decoded[name]);
  });

  it('are met for codes that no encoder would write', () => {
    expect(digestOf(decode(anyCodes()))).toBe(decoded['any-codes']);
  });
});
