import { createG722Decoder, createG722Encoder, decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from '@talkturo/voice';
import type { MediaEncoding } from './media-framing.ts';
import { createSampleOrder, readSample, type SampleOrder } from './sample-order.ts';

/** Hz of the sound a codec carries. G.722 is told as 8000 Hz in RTP (RFC 3551 section 4.5.2) and is 16,000 Hz of sound. */
export const rateOf = (encoding: MediaEncoding): 8000 | 16_000 => (encoding === 'PCMU' || encoding === 'PCMA' ? 8000 : 16_000);

/** Bytes of a second on the wire. */
export const bytesPerSecond = (encoding: MediaEncoding): number => (encoding === 'L16' ? 32_000 : 8000);

/** Decodes the first `length` bytes into PCM16 at the codec's rate. @returns how many samples were written. Keeps state: one a stream. */
export type SoundDecoder = (bytes: Uint8Array, length: number, into: Int16Array) => number;

/** By RFC 3551, where nothing else was agreed. */
const anyOrder = (): SampleOrder => createSampleOrder({ likely: 'big' });

/** @param order of the stream's bytes, for L16 */
export function createSoundDecoder(encoding: MediaEncoding, order: SampleOrder = anyOrder()): SoundDecoder {
  switch (encoding) {
    case 'PCMU':
    case 'PCMA': {
      const decode = encoding === 'PCMA' ? decodeAlaw : decodeUlaw;
      return (bytes, length, into) => decode(bytes, into.subarray(0, length)).length;
    }
    case 'G722':
      return createG722Decoder().decode;
    case 'L16':
      return (bytes, length, into) => {
        const samples = length >> 1;
        const how = order.orderOf(bytes, length);
        for (let i = 0; i < samples; i++) into[i] = readSample(bytes, 2 * i, how);
        return samples;
      };
  }
}

/** Encodes whole frames of PCM16 at the codec's rate, at most two bytes a sample. @returns how many bytes were written. Keeps state: one a stream. */
export type SoundEncoder = (pcm: Int16Array, into: Uint8Array) => number;

/** @param order of the stream's bytes, for L16: whatever it is at the time */
export function createSoundEncoder(encoding: MediaEncoding, order: SampleOrder = anyOrder()): SoundEncoder {
  switch (encoding) {
    case 'PCMU':
    case 'PCMA': {
      const encode = encoding === 'PCMA' ? encodeAlaw : encodeUlaw;
      return (pcm, into) => encode(pcm, into.subarray(0, pcm.length)).length;
    }
    case 'G722':
      return createG722Encoder().encode;
    case 'L16':
      return (pcm, into) => {
        const high = order.written === 'big' ? 0 : 1;
        for (let i = 0; i < pcm.length; i++) {
          into[2 * i + high] = pcm[i]! >> 8;
          into[2 * i + 1 - high] = pcm[i]!;
        }
        return 2 * pcm.length;
      };
  }
}
