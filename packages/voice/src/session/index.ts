export * from './call-session.ts';
export * from './phrases.ts';
export * from './settings.ts';
export * from './types.ts';
