import type { Hearing } from './moonshine.ts';
import type { Transcription } from './transcription-job.ts';

const NOTHING: Transcription = { text: '', confidence: 0 };

/** Below this mean log-probability two of three words are wrong, measured over telephone speech. */
const GUESSING = -1.2;
/** Pressed to speak, the model gives noise, tones and music less than −1.1 and dictated numbers more than −0.7. */
const GUESSING_WHEN_PRESSED = -0.75;
/** A loop that took more than this of the decoding was all there was. */
const LEAST_KEPT = 0.4;

/**
 * What of a hearing may be believed. In loud noise the model repeats itself until its cap, or guesses: both count as
 * "nothing understood". Confidence is the geometric mean of the tokens' probabilities.
 */
export function plausible({ text, meanLogProb, kept, reluctant }: Hearing): Transcription {
  const looped = kept < (reluctant ? 1 : LEAST_KEPT);
  if (looped || meanLogProb < (reluctant ? GUESSING_WHEN_PRESSED : GUESSING) || !/[\p{L}\p{N}]/u.test(text)) return NOTHING;
  return { text, confidence: Math.exp(meanLogProb) };
}
