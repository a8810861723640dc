import type { LanguageModel, SpeechToSpeech, SpeechToText, TextToSpeech } from '@talkturo/voice';
import type { LocalSpeech } from './local/local-speech.ts';

/** Environment settings that a provider may need. The server alone reads the environment and hands their values in. */
export const PROVIDER_SETTINGS = [
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GOOGLE_API_KEY',
  'DEEPSEEK_API_KEY',
  'QWEN_API_KEY',
  'DEEPGRAM_API_KEY',
  'ASSEMBLYAI_API_KEY',
  'CARTESIA_API_KEY',
  'ELEVENLABS_API_KEY',
  'OPENAI_API_URL',
  'ANTHROPIC_API_URL',
  'GOOGLE_API_URL',
  'DEEPSEEK_API_URL',
  'QWEN_API_URL',
  'DEEPGRAM_API_URL',
  'ASSEMBLYAI_API_URL',
  'CARTESIA_API_URL',
  'ELEVENLABS_API_URL',
  'ELEVENLABS_TRANSPORT',
  'LLM_BASE_URL',
  'LLM_MODEL',
  'LLM_API_KEY',
] as const;
export type ProviderSetting = (typeof PROVIDER_SETTINGS)[number];
export type ProviderSettings = Readonly<Partial<Record<ProviderSetting, string>>>;

/** What a provider is built from. */
export interface ProviderResources {
  settings: ProviderSettings;
  /** The speech models running in this process; null where they are not started. */
  localSpeech: LocalSpeech | null;
  /** How a server is reached whose address a tenant chose; the platform's own where that is left out. */
  fetch?: typeof fetch | undefined;
}

export interface ProviderDefinition<Port> {
  /** As it stands in an assistant's record. */
  id: string;
  /** Settings without which it cannot work, in the order in which they are asked for. */
  needs: readonly ProviderSetting[];
  /** Builds the adapter; called only with all of `needs` set. Null: this version has no adapter for it yet. */
  create: ((resources: ProviderResources) => Port) | null;
}

export const defineSpeechToText = (definition: ProviderDefinition<SpeechToText>) => definition;
export const defineLanguageModel = (definition: ProviderDefinition<LanguageModel>) => definition;
export const defineTextToSpeech = (definition: ProviderDefinition<TextToSpeech>) => definition;
export const defineSpeechToSpeech = (definition: ProviderDefinition<SpeechToSpeech>) => definition;
