export * from './call-session.ts';
export * from './phrases.ts';
export { realtimeSettings } from './realtime-settings.ts';
export { openSessionAhead, type SessionAhead } from './session-ahead.ts';
export * from './settings.ts';
export * from './text-chat.ts';
export * from './types.ts';
