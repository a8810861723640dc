import type { Line } from './playout.ts';
import { createSpeech, type SpeakerOptions, type Speech, type SpeechListener } from './speech.ts';
import { tickerOf } from './ticker.ts';

/** The assistant's mouth: one speech after the other on the call's line, moved by the beat that all calls share. */
export interface Speaker {
  /** Begins a speech; the one before must be over. */
  begin(listener: SpeechListener): Speech;
}

export function createSpeaker(options: SpeakerOptions): Speaker {
  const line: Line = { endMs: 0 };
  const ticker = tickerOf(options.clock);
  return { begin: (listener) => createSpeech({ ...options, line, ticker, listener }) };
}
