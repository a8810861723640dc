export * from './call-session.ts';
export * from './phrases.ts';
export * from './settings.ts';
export * from './text-chat.ts';
export * from './types.ts';
