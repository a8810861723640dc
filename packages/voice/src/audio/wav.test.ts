import { describe, expect, it } from 'vitest';
import { mixToMono, readWav, WAV_HEADER_BYTES, wavHeader, writeWav } from './wav.ts';

/** A WAV file made by hand: `format` and `bits` as in its header, the sound as bytes. */
function file(format: number, bits: number, channelCount: number, sampleRate: number, sound: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + sound.length);
  bytes.set(wavHeader({ sampleRate, channelCount }, sound.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(20, format, true);
  view.setUint16(34, bits, true);
  bytes.set(sound, WAV_HEADER_BYTES);
  return bytes;
}
const littleEndian = (bytesEach: number, write: (view: DataView, at: number, value: number) => void, values: number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(bytesEach * values.length));
  values.forEach((value, i) => {
    write(view, i * bytesEach, value);
  });
  return new Uint8Array(view.buffer);
};

describe('readWav', () => {
  it.each([
    ['8 bits', 1, 8, Uint8Array.of(128, 255, 0), [0, 32512, -32768]],
    ['16 bits', 1, 16, littleEndian(2, (v, at, x) => v.setInt16(at, x, true), [0, 32767, -32768]), [0, 32767, -32768]],
    ['24 bits', 1, 24, Uint8Array.of(0, 0, 0, 255, 255, 127, 0, 0, 128), [0, 32767, -32768]],
    ['32 bits', 1, 32, littleEndian(4, (v, at, x) => v.setInt32(at, x, true), [0, 2147483647, -2147483648]), [0, 32767, -32768]],
    ['float', 3, 32, littleEndian(4, (v, at, x) => v.setFloat32(at, x, true), [0, 1.5, -1, 0.5]), [0, 32767, -32768, 16384]],
    ['double', 3, 64, littleEndian(8, (v, at, x) => v.setFloat64(at, x, true), [0, 0.5]), [0, 16384]],
    ['µ-law', 7, 8, Uint8Array.of(0xff, 0x80), [0, 32124]],
    ['A-law', 6, 8, Uint8Array.of(0xd5, 0x2a), [8, -32256]],
  ])('reads %s', (_, format, bits, sound, expected) => {
    const wav = readWav(file(format, bits, 1, 44100, sound));
    expect(wav.sampleRate).toBe(44100);
    expect(wav.channels.map((channel) => [...channel])).toEqual([expected]);
  });

  it('reads stereo and mixes it down', () => {
    const wav = readWav(writeWav({ sampleRate: 8000, channels: [Int16Array.of(100, 200), Int16Array.of(300, -200)] }));
    expect(wav.channels.map((channel) => [...channel])).toEqual([
      [100, 200],
      [300, -200],
    ]);
    expect([...mixToMono(wav)]).toEqual([200, 0]);
  });

  it('skips chunks it does not know, odd ones too', () => {
    const plain = writeWav({ sampleRate: 8000, channels: [Int16Array.of(7)] });
    const list = Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0);
    const bytes = new Uint8Array(plain.length + list.length);
    bytes.set(plain.subarray(0, 36));
    bytes.set(list, 36);
    bytes.set(plain.subarray(36), 36 + list.length);
    expect([...readWav(bytes).channels[0]!]).toEqual([7]);
  });

  it('reads a file that begins in the middle of its buffer', () => {
    const plain = writeWav({ sampleRate: 8000, channels: [Int16Array.of(7, 8)] });
    const shifted = new Uint8Array(plain.length + 3);
    shifted.set(plain, 3);
    expect([...readWav(shifted.subarray(3)).channels[0]!]).toEqual([7, 8]);
  });

  const good = writeWav({ sampleRate: 8000, channels: [new Int16Array(1000)] });
  it.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['something else', new TextEncoder().encode('ID3 this is an mp3 file, honestly'), 'not a WAV file'],
    ['a few bytes', Uint8Array.of(1, 2, 3), 'not a WAV file'],
    ['a header cut off', good.subarray(0, 30), 'truncated in its header'],
    ['no sound chunk', good.subarray(0, 36), 'holds no sound'],
    ['a header alone', wavHeader({ sampleRate: 8000, channelCount: 1 }, 0), 'holds no sound'],
    ['sound cut off', good.subarray(0, 700), 'truncated: it promises 2000 bytes of sound and holds 656'],
    ['an unknown coding', file(85, 16, 1, 8000, new Uint8Array(4)), 'format 85'],
    ['no channel', file(1, 16, 0, 8000, new Uint8Array(4)), '0 channels'],
    ['an absurd rate', file(1, 16, 1, 0, new Uint8Array(4)), '0 samples a second'],
  ])('refuses %s with one sentence', (_, bytes, message) => {
    expect(() => readWav(bytes)).toThrow(message);
  });

  it('takes what is there of a file whose writer was stopped', () => {
    expect(readWav(good.subarray(0, 700), { complete: false }).channels[0]).toHaveLength(328);
    const unfinished = good.slice();
    unfinished.set(wavHeader({ sampleRate: 8000, channelCount: 1 }, 0));
    expect(readWav(unfinished, { complete: false }).channels[0]).toHaveLength(1000);
  });

  it('survives any damage with a WavError or sound', () => {
    let seed = 1;
    const random = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed;
    };
    for (let round = 0; round < 2000; round++) {
      const bytes = good.slice(0, 44 + (random() % 200));
      for (let k = 0; k < 3; k++) bytes[random() % 44] = random() & 0xff;
      try {
        expect(readWav(bytes).channels.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toHaveProperty('name', 'WavError');
      }
    }
  });
});
