/**
 * G.722 at 64 kbit/s (ITU-T G.722): sound at 16 kHz split by a quadrature mirror filter into two bands, each coded as ADPCM, 6 bits
 * for the lower and 2 for the upper. One byte for two samples. Encoder and decoder keep state: one of each a direction and call.
 * Names of the steps (QUANTL, INVQAL, LOGSCL …) and all tables are those of the Recommendation; bit-exact (g722-vectors/README.md).
 */

/** Impulse response of the filter, one half of its mirror image. */
const QMF = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11);
/** Decision levels of the lower band's quantiser. */
const Q6 = Int32Array.of(
  ...[0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714],
  ...[786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
);
/** Inverse quantisers: of six bits (what is heard), four and two bits (what the predictors learn from). */
const QM6 = Int32Array.of(
  ...[-136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856],
  ...[-7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728],
  ...[24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456],
  ...[4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136],
);
const QM4 = Int32Array.of(0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0);
const QM2 = Int32Array.of(-7408, -1616, 7408, 1616);
/** Logarithmic scale factors: what each code adds, and the table back from the logarithm. */
const WL = Int32Array.of(-60, -30, 58, 172, 334, 538, 1198, 3042);
const RL42 = Int32Array.of(0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0);
const WH = Int32Array.of(0, -214, 798);
const RH2 = Int32Array.of(2, 1, 2, 1);
const ILB = Int32Array.of(
  ...[2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834],
  ...[2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008],
);
const LOW = { det: 32, highest: 18432, shift: 8 };
const HIGH = { det: 8, highest: 22528, shift: 10 };

const saturate = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value);
const limit = (value: number): number => (value > 16383 ? 16383 : value < -16384 ? -16384 : value);

/** Predictor and scale of one band. */
interface Band {
  /** The predicted sample, and the part of it that comes from the zeros. */
  s: number;
  sz: number;
  /** Scale: logarithm and step. */
  nb: number;
  det: number;
  readonly scale: typeof LOW;
  r: Int32Array;
  p: Int32Array;
  a: Int32Array;
  d: Int32Array;
  b: Int32Array;
}

const createBand = (scale: typeof LOW): Band => ({
  s: 0,
  sz: 0,
  nb: 0,
  det: scale.det,
  scale,
  r: new Int32Array(3),
  p: new Int32Array(3),
  a: new Int32Array(3),
  d: new Int32Array(7),
  b: new Int32Array(7),
});

/** LOGSCL and SCALEL (LOGSCH and SCALEH): the step follows the size of what was coded. */
function rescale(band: Band, step: number): void {
  const { highest, shift } = band.scale;
  band.nb = Math.min(highest, Math.max(0, ((band.nb * 127) >> 7) + step));
  const mantissa = ILB[(band.nb >> 6) & 31]!;
  const right = shift - (band.nb >> 11);
  band.det = (right < 0 ? mantissa << -right : mantissa >> right) << 2;
}

/** Block 4: the predictor of two poles and six zeros learns from the difference `d` and foretells the next sample. */
function predict(band: Band, d: number): void {
  const { r, p, a, b } = band;
  band.d[0] = d;
  r[0] = saturate(band.s + d);
  p[0] = saturate(band.sz + d);
  const [sign0, sign1, sign2] = [p[0] >> 15, p[1]! >> 15, p[2]! >> 15];

  const fourfold = saturate(a[1]! << 2);
  const leaning = Math.min(32767, sign0 === sign1 ? -fourfold : fourfold);
  const second = (sign0 === sign2 ? 128 : -128) + (leaning >> 7) + ((a[2]! * 32512) >> 15);
  const a2 = Math.min(12288, Math.max(-12288, second));
  const first = saturate((sign0 === sign1 ? 192 : -192) + ((a[1]! * 32640) >> 15));
  const most = saturate(15360 - a2);
  const a1 = Math.min(most, Math.max(-most, first));

  const pull = d === 0 ? 0 : 128;
  const sign = d >> 15;
  for (let i = 1; i < 7; i++) b[i] = saturate((band.d[i]! >> 15 === sign ? pull : -pull) + ((b[i]! * 32640) >> 15));
  for (let i = 6; i > 0; i--) band.d[i] = band.d[i - 1]!;
  for (let i = 2; i > 0; i--) {
    r[i] = r[i - 1]!;
    p[i] = p[i - 1]!;
  }
  a[1] = a1;
  a[2] = a2;

  const poles = saturate(((a1 * saturate(r[1]! * 2)) >> 15) + ((a2 * saturate(r[2]! * 2)) >> 15));
  let zeros = 0;
  for (let i = 6; i > 0; i--) zeros += (b[i]! * saturate(band.d[i]! * 2)) >> 15;
  band.sz = saturate(zeros);
  band.s = saturate(poles + band.sz);
}

/** QUANTL: the code of six bits of a difference, its sign and size at the band's step. */
function quantiseLow(difference: number, det: number): number {
  const size = difference >= 0 ? difference : -(difference + 1);
  let level = 1;
  while (level < 30 && size >= (Q6[level]! * det) >> 12) level++;
  if (difference >= 0) return 62 - level;
  // The two smallest negative levels have codes of their own.
  return level === 1 ? 63 : level === 2 ? 62 : 34 - level;
}

export interface G722Encoder {
  /** Encodes PCM16 at 16 kHz, an even number of samples, two a byte. @returns how many bytes were written. */
  encode(pcm: Int16Array, into: Uint8Array): number;
}

export function createG722Encoder(): G722Encoder {
  const low = createBand(LOW);
  const high = createBand(HIGH);
  const x = new Int32Array(24);
  return {
    encode(pcm, into) {
      const bytes = pcm.length >> 1;
      for (let at = 0; at < bytes; at++) {
        x.copyWithin(0, 2);
        x[22] = pcm[2 * at]!;
        x[23] = pcm[2 * at + 1]!;
        let odd = 0;
        let even = 0;
        for (let i = 0; i < 12; i++) {
          odd += x[2 * i]! * QMF[i]!;
          even += x[2 * i + 1]! * QMF[11 - i]!;
        }
        const el = saturate(((even + odd) >> 14) - low.s);
        const lowCode = quantiseLow(el, low.det);
        const dlow = (low.det * QM4[lowCode >> 2]!) >> 15;
        rescale(low, WL[RL42[lowCode >> 2]!]!);
        predict(low, dlow);

        const eh = saturate(((even - odd) >> 14) - high.s);
        const big = (eh >= 0 ? eh : -(eh + 1)) >= (564 * high.det) >> 12;
        const highCode = eh < 0 ? (big ? 0 : 1) : big ? 2 : 3;
        const dhigh = (high.det * QM2[highCode]!) >> 15;
        rescale(high, WH[RH2[highCode]!]!);
        predict(high, dhigh);
        into[at] = (highCode << 6) | lowCode;
      }
      return bytes;
    },
  };
}

export interface G722Decoder {
  /** Decodes `length` bytes into PCM16 at 16 kHz, two samples a byte. @returns how many samples were written. */
  decode(bytes: Uint8Array, length: number, into: Int16Array): number;
}

export function createG722Decoder(): G722Decoder {
  const low = createBand(LOW);
  const high = createBand(HIGH);
  const x = new Int32Array(24);
  return {
    decode(bytes, length, into) {
      for (let at = 0; at < length; at++) {
        const code = bytes[at]!;
        const lowCode = code & 0x3f;
        const highCode = code >> 6;
        const rlow = limit(low.s + ((low.det * QM6[lowCode]!) >> 15));
        const dlow = (low.det * QM4[lowCode >> 2]!) >> 15;
        rescale(low, WL[RL42[lowCode >> 2]!]!);
        predict(low, dlow);

        const dhigh = (high.det * QM2[highCode]!) >> 15;
        const rhigh = limit(high.s + dhigh);
        rescale(high, WH[RH2[highCode]!]!);
        predict(high, dhigh);

        x.copyWithin(0, 2);
        x[22] = rlow + rhigh;
        x[23] = rlow - rhigh;
        let first = 0;
        let second = 0;
        for (let i = 0; i < 12; i++) {
          second += x[2 * i]! * QMF[i]!;
          first += x[2 * i + 1]! * QMF[11 - i]!;
        }
        into[2 * at] = saturate(first >> 11);
        into[2 * at + 1] = saturate(second >> 11);
      }
      return length * 2;
    },
  };
}
