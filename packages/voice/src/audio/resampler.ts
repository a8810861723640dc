/**
 * Streaming conversion of PCM16 between sample rates: rational polyphase FIR, Kaiser-windowed sinc.
 * 48 taps a phase and β 9 keep images and aliases ≥ 90 dB down; linear interpolation would leave them at 4 dB.
 */
const TAPS_PER_PHASE = 48;
const BETA = 9;
/** Pass band as a share of the lower Nyquist frequency; the rest is the filter's slope. */
const ROLLOFF = 0.9;

interface FilterBank {
  /** Output samples per `down` input samples. */
  up: number;
  down: number;
  taps: number;
  /** `up` phases of `taps` coefficients each, in the order of the history. */
  coefficients: Float32Array;
}

const banks = new Map<string, FilterBank>();

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Modified Bessel function of the first kind, order zero (the Kaiser window's kernel). */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 60; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
    if (term < 1e-14 * sum) break;
  }
  return sum;
}

function designBank(from: number, to: number): FilterBank {
  const divisor = gcd(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const taps = Math.ceil(TAPS_PER_PHASE * Math.max(1, down / up));
  const length = taps * up;
  const cutoff = (ROLLOFF * 0.5) / Math.max(up, down);
  const centre = (length - 1) / 2;
  const coefficients = new Float32Array(length);
  for (let phase = 0; phase < up; phase++) {
    const row = coefficients.subarray(phase * taps, (phase + 1) * taps);
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const n = k * up + phase;
      const x = n - centre;
      const sinc = x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
      const edge = (2 * n) / (length - 1) - 1;
      const value = (sinc * bessel0(BETA * Math.sqrt(Math.max(0, 1 - edge * edge)))) / bessel0(BETA);
      row[taps - 1 - k] = value;
      sum += value;
    }
    for (let k = 0; k < taps; k++) row[k] = row[k]! / sum;
  }
  return { up, down, taps, coefficients };
}

function bankFor(from: number, to: number): FilterBank {
  const key = `${from}>${to}`;
  const known = banks.get(key);
  if (known) return known;
  const bank = designBank(from, to);
  banks.set(key, bank);
  return bank;
}

export interface Resampler {
  readonly from: number;
  readonly to: number;
  /**
   * Converts the next samples of the stream. The answer's buffer is reused by the next call.
   * Over a stream `to / from` samples come out for each that went in; the filter delays by 24 samples of the lower rate.
   */
  process(pcm: Int16Array): Int16Array;
  /** The end of the stream: what the filter still holds. */
  flush(): Int16Array;
  /** Forgets the stream; the next sample is the first. */
  reset(): void;
}

const MIN_RATE = 1000;
const MAX_RATE = 384_000;

/**
 * Builds a converter from `from` Hz to `to` Hz. Equal rates pass through untouched.
 * Throws RangeError for a rate that is no whole number between 1 and 384 kHz.
 */
export function createResampler(from: number, to: number): Resampler {
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < MIN_RATE || rate > MAX_RATE) {
      throw new RangeError(`A sample rate must be a whole number of Hz between ${MIN_RATE} and ${MAX_RATE}; got ${rate}.`);
    }
  }
  if (from === to) return { from, to, process: (pcm) => pcm, flush: () => new Int16Array(0), reset: () => {} };

  const { up, down, taps, coefficients } = bankFor(from, to);
  let history = new Float32Array(taps - 1 + 1024);
  let held = taps - 1;
  let phase = 0;
  let output = new Int16Array(0);

  function process(pcm: Int16Array): Int16Array {
    const needed = held + pcm.length;
    if (needed > history.length) {
      const grown = new Float32Array(needed + 512);
      grown.set(history.subarray(0, held));
      history = grown;
    }
    for (let i = 0; i < pcm.length; i++) history[held + i] = pcm[i]!;
    held = needed;
    const room = Math.ceil((pcm.length * up) / down) + 2;
    if (output.length < room) output = new Int16Array(room);
    const last = held - taps;
    let written = 0;
    let position = 0;
    while (position <= last) {
      const base = phase * taps;
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += history[position + k]! * coefficients[base + k]!;
      output[written++] = sum >= 32767 ? 32767 : sum <= -32768 ? -32768 : Math.round(sum);
      phase += down;
      while (phase >= up) {
        phase -= up;
        position++;
      }
    }
    history.copyWithin(0, position, held);
    held -= position;
    return output.subarray(0, written);
  }

  return {
    from,
    to,
    process,
    flush: () => process(new Int16Array(Math.ceil(taps / 2))),
    reset() {
      history.fill(0);
      held = taps - 1;
      phase = 0;
    },
  };
}

/** Converts a whole recording at once, with the filter's delay taken out: `round(length · to / from)` samples in a new array. */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm.slice();
  const resampler = createResampler(from, to);
  const { up, down, taps } = bankFor(from, to);
  const delay = Math.round((taps * up - 1) / 2 / down);
  const length = Math.round((pcm.length * to) / from);
  const padded = new Int16Array(pcm.length + taps);
  padded.set(pcm);
  return resampler.process(padded).slice(delay, delay + length);
}
