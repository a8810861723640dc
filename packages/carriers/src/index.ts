export * from './carrier.ts';
export { type CallTarget, type ExternalCall, LENT_NUMBER, type SimulatedCall } from './local/callers.ts';
export type { Speak } from './local/clips.ts';
export type { Disorder } from './local/event-post.ts';
export { createLocalNetwork, type LocalNetwork, type LocalNetworkOptions } from './local/local-network.ts';
export { type Person, type PersonKind, personAt } from './local/people/who.ts';
export type { Happening } from './local/telephone.ts';
export * from './media-socket/index.ts';
