import { decodeUlaw, encodeUlaw } from '@talkturo/voice';

/** Sound of a web call: little-endian PCM16 at 16 or 24 kHz, or G.711 µ-law at 8 kHz; always one channel. */
export type WebFormat = 'pcm_16000' | 'pcm_24000' | 'mulaw_8000';

/** How a format looks on the wire. */
export interface WebCodec {
  encoding: 'pcm16' | 'mulaw';
  /** Hz. */
  sampleRate: number;
  bytesPerSample: number;
  /** New bytes for the wire: the samples belong to the caller again when this returns. */
  encode(pcm: Int16Array): Buffer;
  /** Samples of what came over the wire, or null where it is no whole number of them. */
  decode(bytes: Buffer): Int16Array | null;
}

/** Typed arrays are in the machine's order, which is little-endian wherever Node runs. */
const pcm16 = (sampleRate: number): WebCodec => ({
  encoding: 'pcm16',
  sampleRate,
  bytesPerSample: 2,
  encode: (pcm) => Buffer.from(Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)),
  decode(bytes) {
    if (bytes.length % 2 !== 0) return null;
    const pcm = new Int16Array(bytes.length / 2);
    Buffer.from(pcm.buffer).set(bytes);
    return pcm;
  },
});

export const WEB_CODECS: Readonly<Record<WebFormat, WebCodec>> = {
  pcm_16000: pcm16(16_000),
  pcm_24000: pcm16(24_000),
  mulaw_8000: {
    encoding: 'mulaw',
    sampleRate: 8000,
    bytesPerSample: 1,
    encode: (pcm) => Buffer.from(encodeUlaw(pcm).buffer),
    decode: (bytes) => decodeUlaw(bytes),
  },
};
