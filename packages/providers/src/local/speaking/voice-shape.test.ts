import { rms } from '@talkturo/voice';
import { expect, test } from 'vitest';
import { inARow, testSpeech } from '../../testing/test-speech.ts';
import { shapeVoice } from './voice-shape.ts';

const silence = (ms: number) => new Int16Array(ms * 16);

test('the voice sets in within 40 ms, and a pause of the wanted length follows', () => {
  const spoken = shapeVoice(testSpeech('Hello there.', { sampleRate: 16_000 }), 16_000, 150);
  const start = spoken.findIndex((sample) => Math.abs(sample) > 300);
  expect(start).toBeLessThan(40 * 16 + 320);
  expect(rms(spoken.subarray(-150 * 16))).toBe(0);
  expect(rms(spoken.subarray(-250 * 16, -150 * 16))).toBeGreaterThan(0);
});

test('nothing but silence gives nothing but the pause', () => {
  expect(shapeVoice(silence(500), 16_000, 100)).toEqual(silence(100));
  expect(shapeVoice(new Int16Array(0), 16_000, 0)).toHaveLength(0);
});

test('a loud voice is clipped, never wrapped around', () => {
  const loud = Int16Array.from({ length: 1600 }, (_, i) => (i % 2 ? 32_767 : -32_768));
  const shaped = shapeVoice(inARow(loud), 16_000, 0);
  for (let i = 1; i < shaped.length; i++) expect(Math.sign(shaped[i]!)).toBe(Math.sign(loud[i]!));
});
