import {
  type LocalSpeech,
  resolveLanguageModel,
  resolveSpeechToSpeech,
  resolveSpeechToText,
  resolveTextToSpeech,
} from '@talkturo/providers';
import type { Providers } from '../calls/stage-choice.ts';

/** The local models and nothing else, for calls that are to be heard and understood. */
export function localProviders(speech: LocalSpeech): Providers {
  const resources = { settings: {}, localSpeech: speech };
  return {
    speechToText: (id) => resolveSpeechToText(id, resources),
    languageModel: (id) => resolveLanguageModel(id, resources),
    textToSpeech: (id) => resolveTextToSpeech(id, resources),
    speechToSpeech: (id) => resolveSpeechToSpeech(id, resources),
    voiceActivity: () => speech.voiceActivity,
    localLanguageModel: 'local',
    fallback: true,
  };
}
