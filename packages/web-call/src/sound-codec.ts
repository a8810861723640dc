import type { SoundFormat } from './protocol.ts';

/** Between floats of -1..1 and the bytes of the wire. */
export interface SoundCodec {
  encode(samples: Float32Array): Uint8Array<ArrayBuffer>;
  decode(bytes: ArrayBuffer): Float32Array;
}

// G.711 µ-law (ITU-T G.711).
const BIAS = 0x84;
const CLIP = 32_635;

const MULAW = Float32Array.from({ length: 256 }, (_, code) => {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + BIAS) << ((inverted & 0x70) >> 4);
  return (inverted & 0x80 ? BIAS - magnitude : magnitude - BIAS) / 32_768;
});

const toInt16 = (sample: number): number => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);

function mulawOf(sample: number): number {
  const value = toInt16(sample);
  const sign = value < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(value)) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

const mulaw: SoundCodec = {
  encode: (samples) => Uint8Array.from(samples, mulawOf),
  decode: (bytes) => Float32Array.from(new Uint8Array(bytes), (code) => MULAW[code]!),
};

/** Little-endian, whatever the machine is. */
const pcm16: SoundCodec = {
  encode(samples) {
    const bytes = new Uint8Array(samples.length * 2);
    const view = new DataView(bytes.buffer);
    for (const [i, sample] of samples.entries()) view.setInt16(i * 2, toInt16(sample), true);
    return bytes;
  },
  decode(bytes) {
    const view = new DataView(bytes);
    return Float32Array.from({ length: Math.floor(bytes.byteLength / 2) }, (_, i) => view.getInt16(i * 2, true) / 32_768);
  },
};

export const soundCodec = ({ encoding }: SoundFormat): SoundCodec => (encoding === 'mulaw' ? mulaw : pcm16);
