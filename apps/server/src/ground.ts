import type { Carrier, CarrierListener, Speak } from '@talkturo/carriers';
import type { CallSession, CallSessionOptions, CallTimings, Clock } from '@talkturo/voice';
import type { Logger } from 'pino';
import type { Providers } from './calls/stage-choice.ts';
import type { Config } from './config.ts';

/** What the platform stands on: settings, a migrated database, the log. */
export interface Ground {
  config: Config;
  databaseUrl: string;
  logger: Logger;
}

/** What stands in for the world outside, in tests. */
export interface StandIns {
  /** Instead of vendors and the local models, which are then not loaded. */
  providers?: Providers;
  /** Instead of the network, where vendors are asked about keys and voices. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970, for lists of vendors that grow old. */
  now?(): number;
  speak?: Speak;
  /** What calls wait by. */
  clock?: Clock;
  timings?: Partial<CallTimings>;
  createSession?(options: CallSessionOptions): CallSession;
  /** Takes the calls of the built-in network. */
  createCarrier?(listener: CarrierListener): Carrier;
}

/** The installation's secret. */
export function secretOf(config: Config): string {
  if (!config.TALKTURO_SECRET) throw new Error('The platform needs TALKTURO_SECRET: whoever starts it reads or makes one.');
  return config.TALKTURO_SECRET;
}
