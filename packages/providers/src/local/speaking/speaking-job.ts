import type { FliteVoice } from './flite.ts';

/** A clause of plain words to speak. */
export interface SpeakingJob {
  text: string;
  voice: FliteVoice;
  sampleRate: number;
  /** Silence after it. */
  pauseMs: number;
}

/** PCM16 mono at the rate asked for. */
export interface SpokenClause {
  pcm: Int16Array<ArrayBuffer>;
}
