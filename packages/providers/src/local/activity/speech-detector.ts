import { FRAME_MS, type VoiceActivityListener } from '@talkturo/voice';
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
  /** False while the line is plainly quiet: then the model need not be asked. More than half of most calls. */
  readonly attentive: boolean;
}

/** Silero's own thresholds: speech begins at the upper and ends below the lower. */
const SPEECH = 0.5;
const NO_SPEECH = 0.35;
/** Nothing is heard below this, whatever the model says: it hears the echo of a voice for a while. */
const LEAST_ABOVE_FLOOR_DB = 3;
/** Above the line's floor by this much is a sound … */
const ABOVE_FLOOR_DB = 8;
/** … where the voice stands this far above the floor; on a noisier line less must do, or soft syllables are lost … */
const CLEAR_VOICE_DB = 30;
const ABOVE_NOISE_DB = 5;
/** … and where it hardly stands out at all, only the model can tell. */
const DROWNED_VOICE_DB = 10;
/** Quieter than the segment's loudest by this is silence on any line. */
const FAR_BELOW_PEAK_DB = 35;
const PEAK_FALL_DB = 0.06;
/** The model lags behind the onset by at most this. */
const LONGEST_ONSET_MS = 160;
/** Without a word from the model for this long (its thread is being replaced) the level decides alone. */
const MODEL_LOST_MS = 500;
/** A closed mouth inside a word is shorter than this. */
const LOST_GAP_MS = 120;
const LOST_REACH_MS = 600;
/** A line is quiet below this, unless its own floor lies far lower … */
const QUIET_DB = -50;
const QUIET_ABOVE_FLOOR_DB = 6;
/** … and once it has been for this long. */
const QUIET_AFTER_MS = 480;
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
  let lastSoundMs = 0;
  let attentive = true;

  /** Whether the model is needed; when it is not, it would have said "no speech". */
  function attend(level: number): void {
    if (speaking || level > QUIET_DB || level > floor.db + QUIET_ABOVE_FLOOR_DB) lastSoundMs = nowMs;
    const before = attentive;
    attentive = nowMs - lastSoundMs < QUIET_AFTER_MS;
    if (!attentive) modelHearsSpeech = false;
    if (!attentive || !before) modelMs = nowMs;
  }

  const modelLost = () => nowMs - modelMs > MODEL_LOST_MS;
  const audible = (levelDb: number) => {
    if (peakDb - floor.db < DROWNED_VOICE_DB) return true;
    const above = peakDb - floor.db > CLEAR_VOICE_DB ? ABOVE_FLOOR_DB : ABOVE_NOISE_DB;
    return levelDb > Math.max(floor.db + above, peakDb - FAR_BELOW_PEAK_DB);
  };
  const startsSound = (levelDb: number) => levelDb > floor.db + ABOVE_FLOOR_DB;

  /** Where the sound that is going on began: back over the frames above the floor, at most `reachMs`, over gaps of `gapMs`. */
  function onsetMs(fromMs: number, reachMs: number, gapMs: number): number {
    let onset = nowMs;
    for (let i = frames - 1; i >= Math.max(0, frames - KEPT_FRAMES + 1); i--) {
      const startMs = i === 0 ? 0 : ends[(i - 1) % KEPT_FRAMES]!;
      if (startMs < fromMs - reachMs || (startMs < fromMs && startMs < onset - gapMs - FRAME_MS)) break;
      if (startsSound(levels[i % KEPT_FRAMES]!)) onset = startMs;
    }
    // A voice that hardly stands out of the noise has no such frame: then it began where the model heard it.
    return Math.max(onset === nowMs ? fromMs : onset, earliestMs);
  }

  /** Whether anything was to be heard since `sinceMs`. */
  function heardSince(sinceMs: number): boolean {
    for (let i = frames - 1; i >= Math.max(0, frames - KEPT_FRAMES) && ends[i % KEPT_FRAMES]! > sinceMs; i--) {
      if (levels[i % KEPT_FRAMES]! > floor.db + LEAST_ABOVE_FLOOR_DB) return true;
    }
    return false;
  }

  function tryStart(startMs: number): void {
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
      attend(levelDb);
      const lost = modelLost();
      floor.update(levelDb, modelHearsSpeech && !lost);
      if (!speaking) {
        if (lost && startsSound(levelDb)) tryStart(onsetMs(endMs, LOST_REACH_MS, LOST_GAP_MS));
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
      modelMs = Math.max(modelMs, endMs);
      modelHearsSpeech = probability >= (heardBefore ? NO_SPEECH : SPEECH);
      // What the model says late of a segment that was closed meanwhile begins no new one.
      if (speaking || !modelHearsSpeech || endMs <= earliestMs || !heardSince(endMs - WINDOW_MS)) return;
      tryStart(onsetMs(endMs - WINDOW_MS, LONGEST_ONSET_MS, 0));
    },
    endSegment() {
      speaking = false;
      earliestMs = nowMs;
      peakDb = LEAST_DB;
    },
    get attentive() {
      return attentive;
    },
  };
}
