import { decodeUlaw } from '@talkturo/voice';

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** PCM16 as little-endian bytes, copied. */
export function bytesOf(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.from(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength));
  return LITTLE_ENDIAN ? bytes : bytes.swap16();
}

/** Puts PCM16 back together from bytes that may be cut in the middle of a sample. */
export type SoundDecoder = (bytes: Buffer) => Int16Array;

export function createPcmDecoder(): SoundDecoder {
  let half: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = half.length > 0 ? Buffer.concat([half, bytes]) : bytes;
    const pcm = new Int16Array(all.length >> 1);
    for (let i = 0; i < pcm.length; i++) pcm[i] = all.readInt16LE(2 * i);
    half = all.subarray(2 * pcm.length);
    return pcm;
  };
}

/** µ-law has whole samples only. */
export const decodeUlawBytes: SoundDecoder = (bytes) => decodeUlaw(bytes);
