export * from './conformance/carrier-conformance.ts';
export * from './conformance/telnyx-harness.ts';
export * from './leg-ear.ts';
export * from './media-host.ts';
export * from './scripted-listener.ts';
export * from './scripted-network-end.ts';
export type { SimulatedCallState } from './telnyx/simulated-calls.ts';
export * from './telnyx/telnyx-simulator.ts';
export * from './tone-voice.ts';
