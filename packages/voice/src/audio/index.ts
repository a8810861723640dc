export * from './dual-tone.ts';
export * from './energy.ts';
export * from './frame.ts';
export * from './g711.ts';
export * from './g722.ts';
export * from './resampler.ts';
export * from './wav.ts';
export * from './wav-file.ts';
