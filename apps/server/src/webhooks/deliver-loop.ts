import type { Logger } from 'pino';
import { startWakeLoop } from '../jobs/wake-loop.ts';
import type { Deliverer } from './deliverer.ts';
import { DELIVERIES_CHANNEL } from './fan-out.ts';

/** Retries fall due without a notice; looked for this often. */
const POLL_MS = 1_000;

/** Sends whatever is due, until stopped; what is in flight then is waited for. For nodes with the role worker. */
export function startDelivering(deliverer: Deliverer, databaseUrl: string, logger: Logger): { stop(): Promise<void> } {
  const loop = startWakeLoop({
    databaseUrl,
    channels: [DELIVERIES_CHANNEL],
    pollMs: POLL_MS,
    logger,
    what: 'deliver webhooks',
    work: deliverer.pump,
  });
  deliverer.whenFree(loop.wake);
  return {
    stop: async () => {
      await loop.stop();
      await deliverer.idle();
    },
  };
}
