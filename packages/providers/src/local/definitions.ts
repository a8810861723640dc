import { ProviderError } from '@talkturo/voice';
import { defineLanguageModel, defineSpeechToText, defineTextToSpeech, type ProviderResources } from '../define.ts';
import { createLocalDialogue } from './dialogue/local-language-model.ts';
import type { LocalSpeech } from './local-speech.ts';

function running({ localSpeech }: ProviderResources): LocalSpeech {
  if (!localSpeech) throw new ProviderError('local', 'unavailable', 'The local speech models are not running in this process.');
  return localSpeech;
}

export const localSpeechToText = defineSpeechToText({
  id: 'local',
  needs: [],
  create: (resources) => running(resources).speechToText,
});

export const localTextToSpeech = defineTextToSpeech({
  id: 'local',
  needs: [],
  create: (resources) => running(resources).textToSpeech,
});

export const localLanguageModel = defineLanguageModel({ id: 'local', needs: [], create: () => createLocalDialogue() });
