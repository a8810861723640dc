export * from './conformance-case.ts';
export * from './language-model.ts';
export * from './speech-to-speech.ts';
export * from './speech-to-text.ts';
export * from './text-to-speech.ts';
export * from './voice-activity.ts';
