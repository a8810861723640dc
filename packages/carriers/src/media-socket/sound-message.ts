import { createResampler } from '@talkturo/voice';
import type { Encoding, MediaEncoding } from './media-framing.ts';
import type { SampleOrder } from './sample-order.ts';
import { createSoundEncoder, rateOf } from './sound-codec.ts';

const LETTERS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 0x3d;

/** Codec bytes of silence: the code of the sample 0. */
export const silenceByte = (encoding: Encoding): number => (encoding === 'PCMU' ? 0xff : 0xd5);

const writeBase64 = (bytes: Uint8Array, length: number, into: Uint8Array, at: number): number => {
  let out = at;
  let i = 0;
  for (; i + 2 < length; i += 3) {
    const word = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    into[out++] = LETTERS[word >> 18]!;
    into[out++] = LETTERS[(word >> 12) & 63]!;
    into[out++] = LETTERS[(word >> 6) & 63]!;
    into[out++] = LETTERS[word & 63]!;
  }
  if (i < length) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8);
    const two = i + 1 < length;
    into[out++] = LETTERS[word >> 18]!;
    into[out++] = LETTERS[(word >> 12) & 63]!;
    into[out++] = two ? LETTERS[(word >> 6) & 63]! : PAD;
    into[out++] = PAD;
  }
  return out;
};

/**
 * Builds the writer of the app's sound messages: what stands `around` the base64 is the framing's. A tail shorter than a frame is filled
 * up with silence: the network plays whole packets. One allocation a message, the message itself, for the socket keeps it until it is sent.
 * @param frameSamples of 20 ms at the rate of the sound that is written; another rate of the codec is converted to.
 * @param order of the stream's bytes, for L16
 */
export const createSoundWriter = (
  encoding: MediaEncoding,
  frameSamples: number,
  around: readonly [head: string, tail: string],
  order?: SampleOrder,
): ((pcm: Int16Array) => Buffer) => {
  const head = Buffer.from(around[0]);
  const tail = Buffer.from(around[1]);
  const encode = createSoundEncoder(encoding, order);
  const resampler = createResampler(frameSamples * 50, rateOf(encoding));
  let codec = new Uint8Array(2 * frameSamples);
  let padded = new Int16Array(frameSamples);

  /** Nothing to do for all frames but the last of an utterance. */
  const whole = (pcm: Int16Array): Int16Array => {
    const length = Math.ceil(pcm.length / frameSamples) * frameSamples;
    if (pcm.length === length) return pcm;
    if (padded.length < length) padded = new Int16Array(length);
    padded.fill(0, pcm.length, length);
    padded.set(pcm);
    return padded.subarray(0, length);
  };

  return (pcm) => {
    const sound = resampler.process(whole(pcm));
    if (codec.length < 2 * sound.length) codec = new Uint8Array(2 * sound.length);
    const length = encode(sound, codec);
    const message = Buffer.allocUnsafe(head.length + Math.ceil(length / 3) * 4 + tail.length);
    message.set(head, 0);
    message.set(tail, writeBase64(codec, length, message, head.length));
    return message;
  };
};
