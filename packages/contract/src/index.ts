export * from './assistants.ts';
export * from './calls.ts';
export * from './endpoint.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './health.ts';
export * from './identity.ts';
export * from './primitives.ts';
