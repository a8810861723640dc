import type { Hearing } from './moonshine.ts';
import type { Transcription } from './transcription-job.ts';

const NOTHING: Transcription = { text: '', confidence: 0 };

/** Below this mean log-probability two of three words are wrong, measured over telephone speech. */
const GUESSING = -1.2;
/** Pressed to speak, the model gives noise, tones and music less than −1.1 and dictated numbers more than −0.7. */
const GUESSING_WHEN_PRESSED = -0.75;
/** What stood before a loop is a sentence when it was this long; else the loop was all there was. */
const LEAST_BEFORE_LOOP = 8;

/**
 * What of a hearing may be believed. In loud noise the model repeats itself until its cap, or guesses: both count as
 * "nothing understood". Confidence is the geometric mean of the tokens' probabilities.
 */
export function plausible({ text, meanLogProb, tokens, looped, reluctant }: Hearing): Transcription {
  const nothingButLoop = looped > 0 && (reluctant || tokens < LEAST_BEFORE_LOOP);
  if (nothingButLoop || meanLogProb < (reluctant ? GUESSING_WHEN_PRESSED : GUESSING) || !/[\p{L}\p{N}]/u.test(text)) return NOTHING;
  return { text, confidence: Math.exp(meanLogProb) };
}
