/** Streaming conversion of sound between sample rates. */
export interface Resampler {
  /** The next samples of the stream at the new rate; the answer is a new array. */
  process(samples: Float32Array): Float32Array;
}

/** Samples of the lower rate on each side of a moment that make up its value: 80 dB for speech with a Blackman window. */
const HALF_WIDTH = 16;
/** Pass band as a share of the lower Nyquist frequency; the rest is the filter's slope. */
const ROLLOFF = 0.9;

/** Sinc of half the lower rate under a Blackman window, at `x` samples of the incoming rate from the middle. */
function kernel(x: number, cutoff: number, halfWidth: number): number {
  if (Math.abs(x) >= halfWidth) return 0;
  const phase = Math.PI * cutoff * x;
  const sinc = phase === 0 ? 1 : Math.sin(phase) / phase;
  const t = (x / halfWidth + 1) / 2;
  return cutoff * sinc * (0.42 - 0.5 * Math.cos(2 * Math.PI * t) + 0.08 * Math.cos(4 * Math.PI * t));
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** From `from` Hz to `to` Hz, whole numbers. Browsers record at 44.1 or 48 kHz, calls are at 8, 16 or 24. */
export function createResampler(from: number, to: number): Resampler {
  if (from === to) return { process: (samples) => samples.slice() };
  const divisor = gcd(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const cutoff = ROLLOFF * Math.min(1, to / from);
  const half = Math.ceil(HALF_WIDTH * Math.max(1, from / to));
  const taps = 2 * half;
  // One row of coefficients for each place an output sample can have between two input samples.
  const rows = new Float32Array(up * taps);
  for (let phase = 0; phase < up; phase++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const value = kernel(k - half + 1 - phase / up, cutoff, half);
      rows[phase * taps + k] = value;
      sum += value;
    }
    for (let k = 0; k < taps; k++) rows[phase * taps + k]! /= sum;
  }
  let history = new Float32Array(taps - 1);
  let phase = 0;
  /** Input samples to pass over before the next output. */
  let skip = 0;
  return {
    process(samples) {
      const input = new Float32Array(history.length + samples.length);
      input.set(history);
      input.set(samples, history.length);
      const output = new Float32Array(Math.ceil((samples.length * up) / down) + 1);
      let written = 0;
      let position = skip;
      while (position + taps <= input.length) {
        let sum = 0;
        const row = phase * taps;
        for (let k = 0; k < taps; k++) sum += input[position + k]! * rows[row + k]!;
        output[written++] = sum;
        phase += down;
        position += Math.floor(phase / up);
        phase %= up;
      }
      const keepFrom = Math.min(position, input.length);
      skip = position - keepFrom;
      history = input.slice(keepFrom);
      return output.slice(0, written);
    },
  };
}
