export * from './catalog.ts';
export * from './define.ts';
export { createSileroVoiceActivity, type SileroVoiceActivity } from './local/activity/voice-activity.ts';
export { createLocalDialogue } from './local/dialogue/local-language-model.ts';
export { type LocalSpeech, type LocalSpeechOptions, startLocalSpeech } from './local/local-speech.ts';
export { createOpenAiCompatible, type OpenAiCompatibleOptions } from './openai-compatible/openai-compatible.ts';
