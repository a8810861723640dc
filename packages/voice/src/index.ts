export * from './audio/index.ts';
export * from './listening/index.ts';
export * from './ports/index.ts';
export * from './session/index.ts';
export { createSentenceCutter, spokenForm } from './speaking/index.ts';
export { type Conversation, createConversation } from './thinking/index.ts';
