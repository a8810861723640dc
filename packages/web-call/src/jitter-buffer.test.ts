import { describe, expect, it } from 'vitest';
import { createJitterBuffer } from './jitter-buffer.ts';

const RATE = 1000;
const BLOCK = 10;
const sound = (ms: number, from = 1) => Float32Array.from({ length: ms }, (_, i) => from + i);
const play = (buffer: ReturnType<typeof createJitterBuffer>, ms: number) => {
  const heard: number[] = [];
  for (let i = 0; i < ms / BLOCK; i++) {
    const out = new Float32Array(BLOCK);
    buffer.pull(out);
    heard.push(...out);
  }
  return heard;
};
const heardOf = (samples: readonly number[]) => samples.filter((sample) => sample !== 0);

describe('the jitter buffer', () => {
  it('plays all that comes, in order, once enough is gathered', () => {
    const buffer = createJitterBuffer(RATE);
    buffer.push(sound(20));
    expect(heardOf(play(buffer, 20))).toEqual([]);
    buffer.push(sound(60, 21));
    expect(heardOf(play(buffer, 100))).toEqual([...sound(80)]);
  });

  it('plays a short utterance too, though it never fills', () => {
    const buffer = createJitterBuffer(RATE);
    buffer.push(sound(20));
    expect(heardOf(play(buffer, 200))).toEqual([...sound(20)]);
  });

  it('gathers more after sound ran out in the middle, less again when all is calm, within bounds', () => {
    const buffer = createJitterBuffer(RATE);
    const first = buffer.targetMs;
    for (let i = 0; i < 20; i++) {
      buffer.push(sound(400));
      play(buffer, 900);
    }
    // Pauses between utterances are none of the network's.
    expect(buffer.underruns).toBe(0);
    for (let i = 0; i < 20; i++) {
      buffer.push(sound(400));
      play(buffer, 560);
    }
    const raised = buffer.targetMs;
    expect(buffer.underruns).toBeGreaterThan(0);
    expect(raised).toBeGreaterThan(first);
    expect(raised).toBeLessThanOrEqual(320);
    for (let i = 0; i < 30; i++) {
      buffer.push(sound(5000));
      play(buffer, 6000);
    }
    expect(buffer.targetMs).toBeLessThan(raised);
    expect(buffer.targetMs).toBeGreaterThanOrEqual(40);
  });

  it('forgets what waits when cleared, and takes the next sound for a new utterance', () => {
    const buffer = createJitterBuffer(RATE);
    buffer.push(sound(500));
    play(buffer, 100);
    buffer.clear();
    expect(heardOf(play(buffer, 50))).toEqual([]);
    buffer.push(sound(50));
    expect(buffer.underruns).toBe(0);
    expect(heardOf(play(buffer, 200))).toEqual([...sound(50)]);
  });

  it('never keeps more than ten seconds, and gives the oldest up', () => {
    const buffer = createJitterBuffer(RATE);
    for (let i = 0; i < 30; i++) buffer.push(sound(1000, i * 1000 + 1));
    expect(buffer.waitingMs).toBe(10_000);
    expect(heardOf(play(buffer, 100))[0]).toBe(20_001);
  });
});
