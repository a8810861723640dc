import type { Logger } from 'pino';
import { startWakeLoop } from '../jobs/wake-loop.ts';
import { CAMPAIGNS_CHANNEL } from './campaigns.ts';
import type { DialEngine } from './dial-engine.ts';

/** Windows open and retries fall due without a notice; looked for this often. */
const POLL_MS = 1_000;
/** Calls nothing was heard of are asked after this often. */
const ASK_EVERY_MS = 10_000;

/** Works on running campaigns until stopped. For nodes with the role voice: a call is held where it was placed. */
export function startDialling(engine: DialEngine, databaseUrl: string, logger: Logger): { stop(): Promise<void> } {
  let asked = Number.NEGATIVE_INFINITY;
  let sooner: NodeJS.Timeout | undefined;
  let asking: Promise<unknown> | undefined;
  const loop = startWakeLoop({
    databaseUrl,
    channels: [CAMPAIGNS_CHANNEL],
    pollMs: POLL_MS,
    logger,
    what: 'campaigns',
    work: async () => {
      const again = await engine.tick();
      clearTimeout(sooner);
      if (again !== null) sooner = setTimeout(loop.wake, again);
      if (performance.now() - asked < ASK_EVERY_MS || asking) return;
      asked = performance.now();
      // Beside the look: a carrier that answers slowly must not hold up new calls.
      asking = engine
        .resolveUnknown()
        .catch((error: unknown) => logger.error({ err: error }, 'calls could not be asked after'))
        .finally(() => {
          asking = undefined;
        });
    },
  });
  return {
    stop: async () => {
      await loop.stop();
      clearTimeout(sooner);
      await asking;
      await engine.idle();
    },
  };
}
