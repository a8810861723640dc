import type { LanguageModel, SpeechToSpeech, SpeechToText, TextToSpeech } from '@talkturo/voice';
import { vendorModels } from './ai-sdk/definitions.ts';
import { assemblyAi } from './assemblyai/definition.ts';
import { cartesia } from './cartesia/definition.ts';
import { deepgram } from './deepgram/definition.ts';
import type { ProviderDefinition, ProviderResources, ProviderSetting } from './define.ts';
import { elevenLabs } from './elevenlabs/definition.ts';
import { geminiLive } from './gemini-live/definition.ts';
import { localLanguageModel, localSpeechToText, localTextToSpeech } from './local/definitions.ts';
import { openAiCompatible } from './openai-compatible/definition.ts';
import { openAiRealtime } from './openai-realtime/definition.ts';

/** Every provider an assistant may name, one line each. */
const speechToText: readonly ProviderDefinition<SpeechToText>[] = [localSpeechToText, deepgram, assemblyAi];

const languageModel: readonly ProviderDefinition<LanguageModel>[] = [localLanguageModel, openAiCompatible, ...vendorModels];

const textToSpeech: readonly ProviderDefinition<TextToSpeech>[] = [localTextToSpeech, cartesia, elevenLabs];

const speechToSpeech: readonly ProviderDefinition<SpeechToSpeech>[] = [openAiRealtime, geminiLive];

/**
 * Whether a provider can be used here, and if not, why: a setting that is `missing`, no adapter in this version (`unsupported`),
 * or no provider of that name (`unknown`). `message` is one sentence for the operator.
 */
export type Resolution<Port> =
  | { ok: true; create: () => Port }
  | { ok: false; reason: 'missing'; setting: ProviderSetting; message: string }
  | { ok: false; reason: 'unsupported' | 'unknown'; message: string };

function resolve<Port>(
  what: string,
  definitions: readonly ProviderDefinition<Port>[],
  id: string,
  resources: ProviderResources,
): Resolution<Port> {
  const definition = definitions.find((candidate) => candidate.id === id);
  if (!definition) {
    const known = definitions.map((candidate) => candidate.id).join(', ');
    return { ok: false, reason: 'unknown', message: `There is no ${what} provider "${id}"; known are ${known}.` };
  }
  const { needs, create } = definition;
  const setting = needs.find((need) => !resources.settings[need]);
  if (setting) {
    return { ok: false, reason: 'missing', setting, message: `The ${what} provider "${id}" needs the setting ${setting}.` };
  }
  if (!create) {
    return { ok: false, reason: 'unsupported', message: `The ${what} provider "${id}" is not supported in this version.` };
  }
  return { ok: true, create: () => create(resources) };
}

export const resolveSpeechToText = (id: string, resources: ProviderResources) => resolve('transcription', speechToText, id, resources);
export const resolveLanguageModel = (id: string, resources: ProviderResources) => resolve('language model', languageModel, id, resources);
export const resolveTextToSpeech = (id: string, resources: ProviderResources) => resolve('voice', textToSpeech, id, resources);

export const resolveSpeechToSpeech = (id: string, resources: ProviderResources) => resolve('realtime', speechToSpeech, id, resources);

const ids = (definitions: readonly { id: string }[]) => definitions.map(({ id }) => id);

/** The ids of all known providers by what they do. */
export const providerIds = {
  speechToText: ids(speechToText),
  languageModel: ids(languageModel),
  textToSpeech: ids(textToSpeech),
  speechToSpeech: ids(speechToSpeech),
};
