import { durationMs, rms } from '../audio/index.ts';
import type { VoiceActivity, VoiceActivityOptions, VoiceActivityStream } from '../ports/index.ts';

export interface EnergyVoiceActivitySettings {
  /** Sound below this level (RMS of PCM16) is never speech; 200 is −44 dBFS, under any usable telephone voice. */
  floor?: number;
  /** How far (as a ratio of RMS) speech stands above the line's noise; 3 is about 10 dB. */
  aboveNoise?: number;
}

const DEFAULT_FLOOR = 200;
const DEFAULT_ABOVE_NOISE = 3;
/** The noise estimate falls at once and rises by this share a window: about 6 dB in two seconds, so that speech does not raise it. */
const NOISE_RISE = 1.007;

/**
 * Voice activity by loudness alone: nearly free, fires on any sound. The last fallback, and the detector of tests;
 * a call with a real line deserves a model. Windows are the frames it is given.
 */
export function createEnergyVoiceActivity(settings: EnergyVoiceActivitySettings = {}): VoiceActivity {
  const floor = settings.floor ?? DEFAULT_FLOOR;
  const aboveNoise = settings.aboveNoise ?? DEFAULT_ABOVE_NOISE;
  return { id: 'energy', open: (options) => openStream(options, floor, aboveNoise) };
}

function openStream({ sampleRate, minSpeechMs, listener }: VoiceActivityOptions, floor: number, aboveNoise: number): VoiceActivityStream {
  let samples = 0;
  let noise = floor / aboveNoise;
  let runMs = 0;
  let open = false;
  let lastSpeechMs = 0;
  let closed = false;
  return {
    push(pcm) {
      if (closed || pcm.length === 0) return;
      samples += pcm.length;
      const nowMs = durationMs(samples, sampleRate);
      const level = rms(pcm);
      const speech = level > Math.max(floor, noise * aboveNoise);
      noise = Math.min(Math.max(level, 1), noise * NOISE_RISE);
      runMs = speech ? runMs + durationMs(pcm.length, sampleRate) : 0;
      if (speech) lastSpeechMs = nowMs;
      if (!open) {
        if (!speech || runMs < minSpeechMs) return;
        open = true;
        listener.speechStarted(nowMs - runMs);
      } else if (speech) listener.speechContinues(nowMs);
      else listener.silence(lastSpeechMs, nowMs);
    },
    endSegment() {
      open = false;
      runMs = 0;
    },
    close() {
      closed = true;
    },
  };
}
