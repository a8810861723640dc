export * from './chat-completions-simulator.ts';
export * from './test-speech.ts';
export * from './word-errors.ts';
