export * from './test-speech.ts';
export * from './word-errors.ts';
