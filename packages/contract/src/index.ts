export * from './endpoint.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './identity.ts';
export * from './primitives.ts';
