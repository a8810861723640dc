// µ-law of ITU-T G.711, between floats of -1..1 and bytes.

const BIAS = 0x84;
const CLIP = 32_635;

const DECODED = Float32Array.from({ length: 256 }, (_, code) => {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + BIAS) << ((inverted & 0x70) >> 4);
  return (inverted & 0x80 ? BIAS - magnitude : magnitude - BIAS) / 32_768;
});

function encodeSample(sample: number): number {
  const value = Math.max(-1, Math.min(1, sample)) * 32_767;
  const sign = value < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(Math.round(value))) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** 8 kHz floats → base64 of µ-law bytes. */
export function toBase64(samples: Float32Array): string {
  let bytes = '';
  for (const sample of samples) bytes += String.fromCharCode(encodeSample(sample));
  return btoa(bytes);
}

/** base64 of µ-law bytes → 8 kHz floats. */
export function fromBase64(payload: string): Float32Array {
  const bytes = atob(payload);
  return Float32Array.from({ length: bytes.length }, (_, at) => DECODED[bytes.charCodeAt(at)] ?? 0);
}
