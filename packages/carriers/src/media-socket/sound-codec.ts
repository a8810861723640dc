import { createG722Decoder, createG722Encoder, decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from '@talkturo/voice';
import type { MediaEncoding, SendEncoding } from './media-framing.ts';

/** Hz of the sound a codec carries. G.722 is told as 8000 Hz in RTP (RFC 3551 section 4.5.2) and is 16,000 Hz of sound. */
export const rateOf = (encoding: MediaEncoding): 8000 | 16_000 => (encoding === 'PCMU' || encoding === 'PCMA' ? 8000 : 16_000);

/** Bytes of a second on the wire. */
export const bytesPerSecond = (encoding: MediaEncoding): number => (encoding === 'L16' ? 32_000 : 8000);

/** Decodes the first `length` bytes into PCM16 at the codec's rate. @returns how many samples were written. Keeps state: one a stream. */
export type SoundDecoder = (bytes: Uint8Array, length: number, into: Int16Array) => number;

export function createSoundDecoder(encoding: MediaEncoding): SoundDecoder {
  switch (encoding) {
    case 'PCMU':
    case 'PCMA': {
      const decode = encoding === 'PCMA' ? decodeAlaw : decodeUlaw;
      return (bytes, length, into) => decode(bytes, into.subarray(0, length)).length;
    }
    case 'G722':
      return createG722Decoder().decode;
    case 'L16':
      return createLinearDecoder();
  }
}

/** Encodes whole frames of PCM16 at the codec's rate. @returns how many bytes were written. Keeps state: one a stream. */
export type SoundEncoder = (pcm: Int16Array, into: Uint8Array) => number;

export function createSoundEncoder(encoding: SendEncoding): SoundEncoder {
  if (encoding === 'G722') return createG722Encoder().encode;
  const encode = encoding === 'PCMA' ? encodeAlaw : encodeUlaw;
  return (pcm, into) => encode(pcm, into.subarray(0, pcm.length)).length;
}

/** By how much one order of bytes must be rougher than the other before it is ruled out. */
const CLEARLY = 4;

/**
 * L16 by RFC 3551 is big-endian, and vendors send little-endian as well without saying so. Sound is smooth from sample to sample, and
 * with its bytes swapped it is noise: the first sound that is clear decides for the stream.
 */
function createLinearDecoder(): SoundDecoder {
  let order: 'big' | 'little' | null = null;
  const read = (bytes: Uint8Array, at: number, big: boolean): number =>
    ((big ? (bytes[at]! << 8) | bytes[at + 1]! : (bytes[at + 1]! << 8) | bytes[at]!) << 16) >> 16;
  const roughness = (bytes: Uint8Array, length: number, big: boolean): number => {
    let sum = 0;
    for (let at = 2; at + 1 < length; at += 2) sum += Math.abs(read(bytes, at, big) - read(bytes, at - 2, big));
    return sum;
  };
  return (bytes, length, into) => {
    let big = order !== 'little';
    if (order === null) {
      const asBig = roughness(bytes, length, true);
      const asLittle = roughness(bytes, length, false);
      big = asBig <= asLittle;
      if (asBig > CLEARLY * asLittle) order = 'little';
      else if (asLittle > CLEARLY * asBig) order = 'big';
    }
    const samples = length >> 1;
    for (let i = 0; i < samples; i++) into[i] = read(bytes, 2 * i, big);
    return samples;
  };
}
