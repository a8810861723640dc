import type { VoiceActivityListener } from '@talkturo/voice';
import { createEnergyFloor, LEAST_DB } from './energy-floor.ts';
import { WINDOW_MS } from './shared-sound.ts';

/**
 * The model says whether it is speech, the level says when: the model is sure but late (its probability rises some 40 ms after a
 * voice sets in and falls 60–100 ms after it stops), the level is exact but takes any noise for a voice.
 */
export interface SpeechDetector {
  /** The next frame of sound: its level and the end of it, in stream time. */
  frame(levelDb: number, endMs: number): void;
  /** The model's probability for the window that ended at `endMs`; comes later than the frames it covers. */
  window(probability: number, endMs: number): void;
  endSegment(): void;
}

/** Silero's own thresholds: speech begins at the upper and ends below the lower. */
const SPEECH = 0.5;
const NO_SPEECH = 0.35;
/** Above the line's floor by this much is a sound. */
const ABOVE_FLOOR_DB = 8;
/** Quieter than the segment's loudest by this is silence on any line … */
const FAR_BELOW_PEAK_DB = 35;
/** … but what is closer than this to it never is. On a line noisier than that only the model is asked. */
const NEAR_PEAK_DB = 14;
const PEAK_FALL_DB = 0.06;
/** The model lags behind the onset by at most this. */
const LONGEST_ONSET_MS = 160;
/** Without a word from the model for this long (its thread is being replaced) the level decides alone. */
const MODEL_LOST_MS = 500;
const KEPT_FRAMES = 32;

export function createSpeechDetector(minSpeechMs: number, listener: VoiceActivityListener): SpeechDetector {
  const floor = createEnergyFloor();
  const levels = new Float32Array(KEPT_FRAMES);
  const ends = new Float64Array(KEPT_FRAMES);
  let frames = 0;
  let nowMs = 0;
  let modelMs = 0;
  let modelHearsSpeech = false;
  let speaking = false;
  let lastSpeechMs = 0;
  let peakDb = LEAST_DB;
  /** No segment begins before this. */
  let earliestMs = 0;

  const modelLost = () => nowMs - modelMs > MODEL_LOST_MS;
  const audible = (levelDb: number) =>
    levelDb > Math.min(Math.max(floor.db + ABOVE_FLOOR_DB, peakDb - FAR_BELOW_PEAK_DB), peakDb - NEAR_PEAK_DB);
  const startsSound = (levelDb: number) => levelDb > floor.db + ABOVE_FLOOR_DB;

  /** Where the sound that is going on began: back over the frames above the floor. */
  function onsetMs(fromMs: number): number {
    let onset = fromMs;
    for (let i = frames - 1; i >= Math.max(0, frames - KEPT_FRAMES + 1); i--) {
      const start = i === 0 ? 0 : ends[(i - 1) % KEPT_FRAMES]!;
      if (start >= fromMs) continue;
      if (start < fromMs - LONGEST_ONSET_MS || !startsSound(levels[i % KEPT_FRAMES]!)) break;
      onset = start;
    }
    return Math.max(onset, earliestMs);
  }

  function tryStart(fromMs: number): void {
    const startMs = onsetMs(fromMs);
    if (nowMs - startMs < minSpeechMs) return;
    speaking = true;
    lastSpeechMs = nowMs;
    peakDb = LEAST_DB;
    for (let i = Math.max(0, frames - KEPT_FRAMES); i < frames; i++) {
      if (ends[i % KEPT_FRAMES]! > startMs) peakDb = Math.max(peakDb, levels[i % KEPT_FRAMES]!);
    }
    listener.speechStarted(startMs);
  }

  return {
    frame(levelDb, endMs) {
      nowMs = endMs;
      levels[frames % KEPT_FRAMES] = levelDb;
      ends[frames % KEPT_FRAMES] = endMs;
      frames++;
      const lost = modelLost();
      floor.update(levelDb, modelHearsSpeech && !lost);
      if (!speaking) {
        if (lost && startsSound(levelDb)) tryStart(endMs);
        return;
      }
      peakDb = Math.max(levelDb, peakDb - PEAK_FALL_DB);
      if ((modelHearsSpeech || lost) && audible(levelDb)) {
        lastSpeechMs = endMs;
        listener.speechContinues(endMs);
      } else listener.silence(lastSpeechMs, endMs);
    },
    window(probability, endMs) {
      const heardBefore = modelHearsSpeech;
      modelMs = endMs;
      modelHearsSpeech = probability >= (heardBefore ? NO_SPEECH : SPEECH);
      // What the model says late of a segment that was closed meanwhile begins no new one.
      if (!speaking && modelHearsSpeech && endMs > earliestMs) tryStart(endMs - WINDOW_MS);
    },
    endSegment() {
      speaking = false;
      earliestMs = nowMs;
      peakDb = LEAST_DB;
    },
  };
}
