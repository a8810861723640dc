import { durationMs } from '../audio/index.ts';

/** Beeps of answering machines lie between 400 and 2,000 Hz; the edges leave room for cheap recorders. */
const LOWEST_HZ = 350;
const HIGHEST_HZ = 2300;
const STEP_HZ = 25;
/** −42 dB below full scale: quieter tones are hum of the line. */
const FLOOR_RMS = 260;
/** Share of a frame's energy that lies in one sine. G.711 leaves 0.99 of a clean tone, a vowel has a third in its strongest partial. */
const PURE_SHARE = 0.9;
/** A machine's tone stands still: pitch and loudness of a voice wander further than this within 100 ms. */
const PITCH_SHARE = 0.015;
const LEVEL_RATIO = 1.35;
/** Shortest and longest beep, without the cut-off frames at its ends. Longer are fax machines (CED: 2.6 s and more, ITU-T T.30). */
const SHORTEST_MS = 100;
const LONGEST_MS = 2000;
/** Ringing and busy are a single tone of 425 Hz in most countries (ITU-T E.180): heard when a call is put through. */
const EXCHANGE_HZ = 425;
const EXCHANGE_WIDTH_HZ = 10;
/** Tones without such a pause between them are a melody or "number not in service" (three rising tones, ITU-T E.180). */
const QUIET_AFTER_MS = 60;
const MELODY_GAP_MS = 120;
/** What must have sounded to be a tone of a melody. */
const NOTE_MS = 60;

export interface BeepDetector {
  /** A frame of the caller's sound. @returns true once for each beep, 60 ms after its end. */
  frame(pcm: Int16Array): boolean;
}

/** A stretch of one steady sine. */
interface Tone {
  hertz: number;
  level: number;
  ms: number;
  /** Another tone sounded just before. */
  follows: boolean;
}

/**
 * Hears the beep of an answering machine: one sine of steady pitch and loudness, 0.12 to 2 s long, with quiet after it.
 * Two tones at once (dial tone, busy, keys) and tones in a row (melodies, special information tones) are none.
 * About 15,000 multiplications a frame of 20 ms at 8 kHz, and only while something sounds.
 * @param sampleRate Hz of the frames.
 */
export function createBeepDetector(sampleRate: number): BeepDetector {
  let tone: Tone | null = null;
  let noteMs = 0;
  let quietMs = Number.POSITIVE_INFINITY;

  const isBeep = ({ ms, hertz, follows }: Tone): boolean =>
    !follows && ms >= SHORTEST_MS && ms <= LONGEST_MS && Math.abs(hertz - EXCHANGE_HZ) > EXCHANGE_WIDTH_HZ;

  function sounds(hertz: number, level: number, ms: number): void {
    if (tone && Math.abs(hertz - tone.hertz) <= tone.hertz * PITCH_SHARE && ratio(level, tone.level) <= LEVEL_RATIO) {
      tone.ms += ms;
      tone.level = level;
    } else {
      noteMs = tone?.ms ?? noteMs;
      tone = { hertz, level, ms, follows: noteMs >= NOTE_MS && quietMs <= MELODY_GAP_MS };
    }
    quietMs = 0;
  }

  return {
    frame(pcm) {
      const ms = durationMs(pcm.length, sampleRate);
      const sine = strongestSine(pcm, sampleRate);
      if (sine) {
        sounds(sine.hertz, sine.level, ms);
        return false;
      }
      quietMs += ms;
      if (!tone || quietMs < QUIET_AFTER_MS) return false;
      const beep = isBeep(tone);
      noteMs = tone.ms;
      tone = null;
      return beep;
    },
  };
}

const ratio = (a: number, b: number): number => (a > b ? a / b : b / a);

/** The sine a frame consists of, or null where it is silence, noise or speech. */
function strongestSine(pcm: Int16Array, sampleRate: number): { hertz: number; level: number } | null {
  let energy = 0;
  for (let i = 0; i < pcm.length; i++) energy += pcm[i]! * pcm[i]!;
  if (energy < FLOOR_RMS * FLOOR_RMS * pcm.length) return null;
  let best = 0;
  let bestPower = 0;
  for (let hertz = LOWEST_HZ; hertz <= HIGHEST_HZ; hertz += STEP_HZ) {
    const power = powerAt(pcm, hertz / sampleRate);
    if (power <= bestPower) continue;
    best = hertz;
    bestPower = power;
  }
  // On the grid a sine between two steps keeps 0.8 of its energy at least.
  if (bestPower < 0.75 * PURE_SHARE * energy) return null;
  const before = powerAt(pcm, (best - STEP_HZ) / sampleRate);
  const after = powerAt(pcm, (best + STEP_HZ) / sampleRate);
  const bend = before - 2 * bestPower + after;
  const hertz = bend < 0 ? best + (STEP_HZ * (before - after)) / (2 * bend) : best;
  const power = Math.max(bestPower, powerAt(pcm, hertz / sampleRate));
  return power >= PURE_SHARE * energy ? { hertz, level: Math.sqrt(power / pcm.length) } : null;
}

/** Energy of the sine of a frequency (as a share of the sample rate) in the frame, by Goertzel's recurrence. */
function powerAt(pcm: Int16Array, frequency: number): number {
  const turn = 2 * Math.cos(2 * Math.PI * frequency);
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < pcm.length; i++) {
    const next = pcm[i]! + turn * last - beforeLast;
    beforeLast = last;
    last = next;
  }
  return (2 * (last * last + beforeLast * beforeLast - turn * last * beforeLast)) / pcm.length;
}
