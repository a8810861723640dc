export * from './energy-voice-activity.ts';
export * from './language-cues.ts';
export * from './listener.ts';
export * from './speech-watch.ts';
export * from './transcription.ts';
export * from './turn-judge.ts';
export * from './turn-policies.ts';
