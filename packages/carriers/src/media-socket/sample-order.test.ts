import { decodeUlaw, encodeUlaw, resample } from '@talkturo/voice';
import { describe, expect, it } from 'vitest';
import { type ByteOrder, createSampleOrder } from './sample-order.ts';
import { createSoundEncoder } from './sound-codec.ts';

const ORDERS = ['big', 'little'] as const satisfies ByteOrder[];
const other = (order: ByteOrder): ByteOrder => (order === 'big' ? 'little' : 'big');

const bytesOf = (pcm: Int16Array, order: ByteOrder): Uint8Array => {
  const bytes = new Uint8Array(2 * pcm.length);
  createSoundEncoder('L16', createSampleOrder({ likely: order }))(pcm, bytes);
  return bytes;
};
const made = (sample: (at: number) => number, samples = 640) => Int16Array.from({ length: samples }, (_, at) => sample(at));
/** Numbers like chance from -1 to 1, the same in every run. */
const chance = (at: number) => ((Math.imul(at + 1, 2_654_435_761) >>> 0) / 2 ** 31 - 1) * Math.cos(at);

const CLEAR: [string, Int16Array][] = [
  ['a vowel', made((at) => 6000 * Math.sin(at / 20) + 2000 * Math.sin(at / 7))],
  ['a faint vowel', made((at) => 400 * Math.sin(at / 20))],
  ['a hiss', made((at) => 1500 * chance(at))],
  ['a loud tone of 2 kHz', made((at) => 9000 * Math.sin(at * 0.8))],
  ['what came over a µ-law line', resample(decodeUlaw(encodeUlaw(made((at) => 9000 * Math.sin(at / 9), 320))), 8000, 16_000)],
];
const UNCLEAR: [string, Int16Array][] = [
  ['nothing', made(() => 0)],
  ['idle noise', made((at) => 40 * chance(at))],
  ['an offset', made(() => 8)],
  ['a click', made((at) => (at === 300 ? 32_767 : 0))],
  ['clipping from end to end', made((at) => (at % 40 < 20 ? 32_767 : -32_768))],
  ['noise at full scale', made((at) => 32_767 * chance(at))],
];

describe.each(ORDERS)('samples of L16 with the %s end first', (order) => {
  it.each(CLEAR)('are recognised by %s', (_what, pcm) => {
    let found: ByteOrder | null = null;
    const finder = createSampleOrder({
      likely: other(order),
      found(one) {
        found = one;
      },
    });
    expect(finder.written).toBe(other(order));
    const bytes = bytesOf(pcm, order);
    expect(finder.orderOf(bytes, bytes.length)).toBe(order);
    expect(found).toBe(order);
    expect(finder.written).toBe(order);
  });

  it.each(UNCLEAR)('are not judged by %s', (_what, pcm) => {
    const finder = createSampleOrder({ likely: other(order) });
    const bytes = bytesOf(pcm, order);
    for (let times = 0; times < 10; times++) finder.orderOf(bytes, bytes.length);
    expect(finder.written).toBe(other(order));
  });

  it('are read right before they are recognised, where the sound says how, in pieces of any length', () => {
    const finder = createSampleOrder({ likely: other(order) });
    const bytes = bytesOf(CLEAR[0]![1], order);
    for (let at = 0; at < 600; at += 60) expect(finder.orderOf(bytes.subarray(at, at + 60), 60)).toBe(order);
    expect(finder.written).toBe(other(order));
  });

  it('are judged once: what comes later changes nothing', () => {
    const finder = createSampleOrder({ likely: 'big' });
    const right = bytesOf(CLEAR[0]![1], order);
    finder.orderOf(right, right.length);
    const wrong = bytesOf(CLEAR[0]![1], other(order));
    for (let times = 0; times < 10; times++) expect(finder.orderOf(wrong, wrong.length)).toBe(order);
  });

  it('are not judged at all where the operator has said it', () => {
    const finder = createSampleOrder({ told: order, likely: other(order) });
    expect(finder.written).toBe(order);
    const wrong = bytesOf(CLEAR[0]![1], other(order));
    expect(finder.orderOf(wrong, wrong.length)).toBe(order);
  });
});
