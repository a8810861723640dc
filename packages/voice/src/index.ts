export * from './audio/index.ts';
export * from './listening/index.ts';
export * from './ports/index.ts';
export * from './session/index.ts';
export {
  createKeptPhrases,
  createPhraseStore,
  createSentenceCutter,
  type PhraseStore,
  phrasesOfOwner,
  spokenForm,
} from './speaking/index.ts';
export { type Conversation, createConversation } from './thinking/index.ts';
