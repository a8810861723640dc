/**
 * G.711 companding (ITU-T G.711; bit-exact with the reference of ITU-T G.191), table driven.
 * One byte a sample, PCM16 on the other side. Negative samples are companded from their one's complement,
 * as the reference does: many libraries negate instead and differ at the decision values.
 */
const ULAW_BIAS = 33;
const ULAW_CLIP = 0x1fff;

/** One PCM16 sample to µ-law: 14 bits, sign, 3 bits segment, 4 bits mantissa, all inverted. */
function companderUlaw(sample: number): number {
  const magnitude = Math.min((sample < 0 ? ~sample >> 2 : sample >> 2) + ULAW_BIAS, ULAW_CLIP);
  const segment = 26 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (segment + 1)) & 0x0f;
  return ((sample < 0 ? 0x80 : 0) | (segment << 4) | mantissa) ^ 0xff;
}

/** One PCM16 sample to A-law: 13 bits, sign, 3 bits segment, 4 bits mantissa, even bits inverted. */
function companderAlaw(sample: number): number {
  const magnitude = sample < 0 ? ~sample >> 4 : sample >> 4;
  const segment = magnitude < 16 ? 0 : 28 - Math.clz32(magnitude);
  const mantissa = (segment === 0 ? magnitude : magnitude >> (segment - 1)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | mantissa) ^ 0x55;
}

function expanderUlaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

function expanderAlaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const encodeTable = (compand: (sample: number) => number): Uint8Array =>
  Uint8Array.from({ length: 65536 }, (_, i) => compand((i << 16) >> 16));
const decodeTable = (expand: (code: number) => number): Int16Array => Int16Array.from({ length: 256 }, (_, i) => expand(i));

const ULAW_ENCODE = encodeTable(companderUlaw);
const ALAW_ENCODE = encodeTable(companderAlaw);
const ULAW_DECODE = decodeTable(expanderUlaw);
const ALAW_DECODE = decodeTable(expanderAlaw);

function encode(table: Uint8Array, pcm: Int16Array, into: Uint8Array): Uint8Array {
  const length = Math.min(pcm.length, into.length);
  for (let i = 0; i < length; i++) into[i] = table[pcm[i]! & 0xffff]!;
  return into;
}

function decode(table: Int16Array, bytes: Uint8Array, into: Int16Array): Int16Array {
  const length = Math.min(bytes.length, into.length);
  for (let i = 0; i < length; i++) into[i] = table[bytes[i]!]!;
  return into;
}

/** PCM16 → µ-law (PCMU), one byte a sample; into a new array unless one of at least that length is given. */
export const encodeUlaw = (pcm: Int16Array, into: Uint8Array = new Uint8Array(pcm.length)): Uint8Array => encode(ULAW_ENCODE, pcm, into);
/** µ-law (PCMU) → PCM16; into a new array unless one of at least that length is given. */
export const decodeUlaw = (bytes: Uint8Array, into: Int16Array = new Int16Array(bytes.length)): Int16Array =>
  decode(ULAW_DECODE, bytes, into);
/** PCM16 → A-law (PCMA), one byte a sample; into a new array unless one of at least that length is given. */
export const encodeAlaw = (pcm: Int16Array, into: Uint8Array = new Uint8Array(pcm.length)): Uint8Array => encode(ALAW_ENCODE, pcm, into);
/** A-law (PCMA) → PCM16; into a new array unless one of at least that length is given. */
export const decodeAlaw = (bytes: Uint8Array, into: Int16Array = new Int16Array(bytes.length)): Int16Array =>
  decode(ALAW_DECODE, bytes, into);
