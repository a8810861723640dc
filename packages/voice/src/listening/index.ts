export * from './energy-voice-activity.ts';
