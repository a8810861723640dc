export * from './clock.ts';
export * from './errors.ts';
export * from './language-model.ts';
export * from './leg.ts';
export * from './recording.ts';
export * from './speech-to-text.ts';
export * from './text-to-speech.ts';
export * from './voice-activity.ts';
