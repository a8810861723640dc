import type { Logger } from 'pino';
import { listen } from '../database/listen.ts';
import type { Dispatcher } from './dispatcher.ts';
import { EVENTS_CHANNEL } from './publish.ts';

/** Notices may be lost with a connection; this often it is looked anyway. */
const POLL_MS = 2_000;

/** Dispatches whenever something was published, until stopped. For nodes with the role worker. */
export function startDispatching(dispatcher: Dispatcher, databaseUrl: string, logger: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;

  const wake = () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = (async () => {
      do {
        again = false;
        // The database may be away for a while; the next notice or poll tries again.
        await dispatcher.dispatchAll().catch((error: unknown) => logger.error({ err: error }, 'events could not be dispatched'));
      } while (again && !stopped);
      running = undefined;
    })();
  };

  const listening = listen(databaseUrl, [EVENTS_CHANNEL], wake, wake);
  const timer = setInterval(wake, POLL_MS);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await listening.stop();
      await running;
    },
  };
}
