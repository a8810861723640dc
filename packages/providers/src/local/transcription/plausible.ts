import type { Hearing } from './moonshine.ts';
import type { Transcription } from './transcription-job.ts';

const NOTHING: Transcription = { text: '', confidence: 0 };

/** Below this mean log-probability two of three words are wrong, measured over telephone speech. */
const GUESSING = -1.2;

/**
 * What of a hearing may be believed. In loud noise the model repeats itself until its cap, or guesses: both count as
 * "nothing understood". Confidence is the geometric mean of the tokens' probabilities.
 */
export function plausible({ text, meanLogProb, capped }: Hearing): Transcription {
  if (capped || meanLogProb < GUESSING || !/[\p{L}\p{N}]/u.test(text)) return NOTHING;
  return { text, confidence: Math.exp(meanLogProb) };
}
