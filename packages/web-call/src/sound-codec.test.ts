import { decodeUlaw, encodeUlaw } from '@talkturo/voice';
import { expect, it } from 'vitest';
import { soundCodec } from './sound-codec.ts';

const samples = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i / 7) * (i / 2000));

it('PCM16 is little-endian and comes back as it went', () => {
  const codec = soundCodec({ encoding: 'pcm16', sampleRate: 16_000 });
  const bytes = codec.encode(Float32Array.of(0, 1, -1, 0.5, 7));
  expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0xff, 0x7f]);
  expect([...codec.decode(bytes.buffer)].map((one) => Math.round(one * 100) / 100)).toEqual([0, 1, -1, 0.5, 1]);
  for (const [i, sample] of codec.decode(codec.encode(samples).buffer).entries()) expect(sample).toBeCloseTo(samples[i]!, 3);
});

it('µ-law is what the server speaks', () => {
  const codec = soundCodec({ encoding: 'mulaw', sampleRate: 8000 });
  const pcm = Int16Array.from(samples, (one) => Math.round(one * 32_767));
  const ours = codec.encode(samples);
  const theirs = decodeUlaw(encodeUlaw(pcm));
  const decoded = codec.decode(ours.buffer);
  for (const [i, sample] of theirs.entries())
    expect(Math.abs(decoded[i]! * 32_768 - sample)).toBeLessThan(Math.max(16, Math.abs(sample) / 12));
});
