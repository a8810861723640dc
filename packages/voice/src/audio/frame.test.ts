import { expect, it } from 'vitest';
import { createFramer, durationMs, samplesPerFrame } from './frame.ts';

it('knows the samples of a frame', () => {
  expect([8000, 16000, 24000, 44100, 48000].map(samplesPerFrame)).toEqual([160, 320, 480, 882, 960]);
  expect(durationMs(160, 8000)).toBe(20);
});

it('cuts any chunks into whole frames, losing and adding nothing', () => {
  const frames: number[][] = [];
  const framer = createFramer(4, (frame) => frames.push([...frame]));
  framer.push(Int16Array.of(1));
  framer.push(Int16Array.of(2, 3, 4, 5));
  framer.push(new Int16Array(0));
  framer.push(Int16Array.of(6, 7, 8, 9, 10, 11, 12, 13));
  expect(frames).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
  framer.flush();
  framer.flush();
  expect(frames[3]).toEqual([13, 0, 0, 0]);
  expect(frames).toHaveLength(4);
});

it('hands a whole frame on without a copy', () => {
  const seen: Int16Array[] = [];
  const framer = createFramer(2, (frame) => seen.push(frame));
  const frame = Int16Array.of(1, 2);
  framer.push(frame);
  expect(seen[0]).toBe(frame);
});
