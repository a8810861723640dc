export * from './audio/index.ts';
export * from './listening/index.ts';
export * from './ports/index.ts';
export * from './session/types.ts';
