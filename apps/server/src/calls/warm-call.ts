import {
  type Clock,
  createKeptPhrases,
  openSessionAhead,
  type PhraseStore,
  phrasesOf,
  phrasesToKeep,
  realtimeSettings,
  type Stages,
  type Tool,
} from '@talkturo/voice';
import { type PreparedCall, SAMPLE_RATE } from './prepared-call.ts';

/** A call whose vendors know of it before it is answered. */
export interface WarmCall {
  /** What the conversation runs on. */
  readonly stages: Stages;
  /** Characters that a voice was given meanwhile. */
  readonly spokenCharacters: number;
  /** The call is over, or goes on elsewhere: what was opened for it and is not used is closed. */
  close(): void;
}

export interface WarmCallOptions {
  clock: Clock;
  /** The account's own. */
  phrases: PhraseStore;
  tools: readonly Tool[];
}

/**
 * Opens the connections of vendors while the phone rings, which saves the first reply seconds; a realtime model's session too. Where
 * the voice has not been heard on this node before, it speaks what is to be heard when it stalls.
 */
export function warmCall({ stages, briefing }: PreparedCall, { clock, phrases, tools }: WarmCallOptions): WarmCall {
  const over = new AbortController();
  const { speechToSpeech } = stages;
  const ahead = speechToSpeech && openSessionAhead(clock, speechToSpeech, realtimeSettings(briefing, tools, SAMPLE_RATE));
  let spokenCharacters = 0;
  if (!ahead) {
    stages.languageModel[0]?.warm?.();
    stages.textToSpeech[0]?.warm?.(briefing.voice);
  }
  const { language, voice } = briefing;
  const kept = createKeptPhrases(phrases, { clock, voices: stages.textToSpeech, voice, sampleRate: SAMPLE_RATE, language });
  void kept.keep(phrasesToKeep(phrasesOf(language)), over.signal, (characters) => {
    spokenCharacters += characters;
  });
  return {
    stages: ahead ? { ...stages, speechToSpeech: ahead.model } : stages,
    get spokenCharacters() {
      return spokenCharacters;
    },
    close() {
      over.abort();
      ahead?.close();
    },
  };
}
