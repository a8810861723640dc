export * from './async-queue.ts';
export * from './conformance/index.ts';
export * from './hand-clock.ts';
export * from './scripted-language-model.ts';
export * from './scripted-leg.ts';
export * from './scripted-speech-to-text.ts';
export * from './scripted-text-to-speech.ts';
export * from './speech-code.ts';
