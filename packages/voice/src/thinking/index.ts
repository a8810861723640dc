export * from './conversation.ts';
export * from './responder.ts';
export * from './tools.ts';
