export * from './heard-text.ts';
export type { SpokenPiece } from './reading/rule.ts';
export * from './ringback.ts';
export * from './sentences.ts';
export * from './speaker.ts';
export * from './speech.ts';
export * from './spoken-form.ts';
export * from './ticker.ts';
export * from './voicing.ts';
