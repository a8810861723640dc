import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';

const one = (encode: (pcm: Int16Array) => Uint8Array, sample: number): number => encode(Int16Array.of(sample))[0]!;
const back = (decode: (bytes: Uint8Array) => Int16Array, code: number): number => decode(Uint8Array.of(code))[0]!;

const laws = [
  {
    name: 'µ-law',
    encode: encodeUlaw,
    decode: decodeUlaw,
    maximum: 32124,
    shift: 2,
    inverted: 0x7f,
    decision: (segment: number, interval: number) => ((16 + interval) << (segment + 1)) - 33,
  },
  {
    name: 'A-law',
    encode: encodeAlaw,
    decode: decodeAlaw,
    maximum: 32256,
    shift: 4,
    inverted: 0x55,
    decision: (segment: number, interval: number) => (segment === 0 ? interval : (16 + interval) << (segment - 1)),
  },
];

describe.each(laws)('$name', ({ encode, decode, maximum, shift, inverted, decision }) => {
  it('returns the code that was decoded, for every code', () => {
    for (let code = 0; code < 256; code++) {
      const sample = back(decode, code);
      // µ-law has a positive and a negative zero; PCM has one, and it is coded as the positive.
      expect(one(encode, sample)).toBe(sample === 0 ? 0xff : code);
    }
  });

  it('compands a negative sample as its one’s complement with the sign bit turned, as the ITU reference', () => {
    for (let sample = 0; sample <= 32767; sample++) expect(one(encode, ~sample)).toBe(one(encode, sample) ^ 0x80);
  });

  it('changes its code exactly at the decision values of the standard’s tables', () => {
    for (let segment = 0; segment < 8; segment++) {
      for (let interval = 0; interval < 16; interval++) {
        const lowest = Math.max(0, decision(segment, interval)) << shift;
        if (lowest > 32767) continue;
        const positive = inverted ^ (0x80 | (segment << 4) | interval);
        expect(one(encode, lowest)).toBe(positive);
        if (lowest > 0) expect(one(encode, lowest - 1)).not.toBe(positive);
      }
    }
  });

  it('never falls while the sample rises, and clips at both ends', () => {
    let last = -Infinity;
    for (let sample = -32768; sample <= 32767; sample++) {
      const value = back(decode, one(encode, sample));
      expect(value).toBeGreaterThanOrEqual(last);
      last = value;
    }
    expect(last).toBe(maximum);
    expect(back(decode, one(encode, -32768))).toBe(-maximum);
  });
});

it('knows the codes of the standard’s tables', () => {
  expect([0, 32767, -32768].map((s) => one(encodeUlaw, s))).toEqual([0xff, 0x80, 0x00]);
  expect([0, 32767, -32768].map((s) => one(encodeAlaw, s))).toEqual([0xd5, 0xaa, 0x2a]);
  expect([0x00, 0x7f, 0xff].map((c) => back(decodeUlaw, c))).toEqual([-32124, 0, 0]);
  expect([0x55, 0xd5, 0x2a].map((c) => back(decodeAlaw, c))).toEqual([-8, 8, -32256]);
});

/**
 * SHA-256 of what alaw_compress, ulaw_compress, alaw_expand and ulaw_expand of ITU-T G.191 (Software Tool Library, g711.c 3.01) make of all
 * samples from -32,768 to 32,767, a byte each, and of all codes, as little-endian PCM16. ffmpeg 5.1 decodes alike.
 */
it.each([
  [
    'µ-law',
    encodeUlaw,
    '90c29de505fb68e766118303bd552a16005dcf810873698bee1d8f3b247ce28c',
    decodeUlaw,
    '3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827',
  ],
  [
    'A-law',
    encodeAlaw,
    '38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b',
    decodeAlaw,
    'e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174',
  ],
] as const)('is bit by bit that of the ITU reference: %s', (_name, encode, encoded, decode, decoded) => {
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  expect(digestOf(encode(Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)))).toBe(encoded);
  expect(digestOf(new Uint8Array(decode(Uint8Array.from({ length: 256 }, (_, i) => i)).buffer))).toBe(decoded);
});

it('writes into the array it is given', () => {
  const into = new Int16Array(2);
  expect(decodeUlaw(Uint8Array.of(0x80, 0x00), into)).toBe(into);
  expect([...into]).toEqual([32124, -32124]);
});
