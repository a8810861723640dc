import type { Logger } from 'pino';
import { startWakeLoop, type WakeLoop } from '../jobs/wake-loop.ts';
import type { Dispatcher } from './dispatcher.ts';
import { EVENTS_CHANNEL } from './publish.ts';

/** Dispatches whenever something was published, until stopped. For nodes with the role worker. */
export const startDispatching = (dispatcher: Dispatcher, databaseUrl: string, logger: Logger): WakeLoop =>
  startWakeLoop({ databaseUrl, channels: [EVENTS_CHANNEL], pollMs: 2_000, logger, what: 'dispatch events', work: dispatcher.dispatchAll });
