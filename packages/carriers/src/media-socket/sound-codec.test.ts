import { createG722Decoder, rms } from '@talkturo/voice';
import { describe, expect, it } from 'vitest';
import { createSampleOrder } from './sample-order.ts';
import { createSoundDecoder } from './sound-codec.ts';
import { createSoundWriter } from './sound-message.ts';

const wide = (hertz: number, samples = 3200, level = 6000): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) => Math.round(level * Math.sin((2 * Math.PI * hertz * i) / 16_000)));

const linear = (pcm: Int16Array, order: 'big' | 'little'): Buffer => {
  const bytes = Buffer.alloc(pcm.length * 2);
  for (const [i, sample] of pcm.entries()) {
    if (order === 'big') bytes.writeInt16BE(sample, 2 * i);
    else bytes.writeInt16LE(sample, 2 * i);
  }
  return bytes;
};

describe('L16', () => {
  it.each(['big', 'little'] as const)('is understood with %s-endian samples, from the first sound on', (order) => {
    const decode = createSoundDecoder('L16');
    const into = new Int16Array(320);
    const silence = linear(new Int16Array(320), order);
    expect(decode(silence, silence.length, into)).toBe(320);
    expect(rms(into)).toBe(0);
    const speech = wide(440);
    for (let at = 0; at < speech.length; at += 320) {
      const frame = speech.subarray(at, at + 320);
      const bytes = linear(frame, order);
      decode(bytes, bytes.length, into);
      expect(into).toEqual(frame);
    }
  });

  it('keeps the order it has found, also through noise', () => {
    const decode = createSoundDecoder('L16');
    const into = new Int16Array(640);
    const clear = linear(wide(440, 640), 'little');
    decode(clear, clear.length, into);
    const noise = Int16Array.from({ length: 320 }, (_, i) => ((i * 7919) % 65_536) - 32_768);
    const bytes = linear(noise, 'little');
    decode(bytes, bytes.length, into);
    expect(into.subarray(0, 320)).toEqual(noise);
  });
});

describe('what is sent', () => {
  const payloadOf = (message: Buffer) => Buffer.from((JSON.parse(message.toString()) as { p: string }).p, 'base64');
  const around = ['{"p":"', '"}'] as const;

  it('as G.722 is 160 bytes for 20 ms at 16 kHz, and carries the sound', () => {
    const write = createSoundWriter('G722', 320, around);
    const decoder = createG722Decoder();
    const heard = new Int16Array(3200);
    const said = wide(1000);
    for (let at = 0; at < said.length; at += 320) {
      const bytes = payloadOf(write(said.subarray(at, at + 320)));
      expect(bytes).toHaveLength(160);
      decoder.decode(bytes, bytes.length, heard.subarray(at));
    }
    expect(rms(heard.subarray(1600)) / rms(said)).toBeGreaterThan(0.95);
    expect(rms(heard.subarray(1600)) / rms(said)).toBeLessThan(1.05);
  });

  it.each(['big', 'little'] as const)('as L16 is 640 bytes for 20 ms at 16 kHz, the %s end first', (order) => {
    const write = createSoundWriter('L16', 320, around, createSampleOrder({ likely: order }));
    const said = Int16Array.of(0x0102, -2, 32_767, -32_768, ...wide(440, 316));
    expect(payloadOf(write(said))).toEqual(linear(said, order));
    // What is fed at 8 kHz is widened.
    expect(payloadOf(createSoundWriter('L16', 160, around)(new Int16Array(320)))).toHaveLength(4 * 320);
  });

  it('is converted where the codec has another rate, whole packets to whole packets', () => {
    const narrow = createSoundWriter('PCMU', 320, around);
    expect(payloadOf(narrow(wide(500, 640)))).toHaveLength(160 * 2);
    expect(payloadOf(narrow(wide(500, 100)))).toHaveLength(160);
    expect(payloadOf(createSoundWriter('G722', 160, around)(new Int16Array(160)))).toHaveLength(160);
  });
});
