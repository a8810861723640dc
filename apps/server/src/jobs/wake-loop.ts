import type { Logger } from 'pino';
import { listen } from '../database/listen.ts';

export interface WakeLoop {
  /** Look now, or once more right after the present look. */
  wake(): void;
  /** Looks no more; resolves when the present look is over. */
  stop(): Promise<void>;
}

/**
 * Calls `work` at once, on every notice of the channels, and at least every `pollMs` (notices are lost with their
 * connection); never twice at a time on this node. Errors are logged and the next look tries again.
 */
export function startWakeLoop(options: {
  databaseUrl: string;
  channels: readonly string[];
  pollMs: number;
  logger: Logger;
  /** For the log: what could not be done. */
  what: string;
  work: () => Promise<unknown>;
}): WakeLoop {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;

  const run = async () => {
    do {
      again = false;
      await options.work().catch((error: unknown) => options.logger.error({ err: error, what: options.what }, 'a look for work failed'));
    } while (again && !stopped);
    running = undefined;
  };
  const wake = () => {
    if (stopped) return;
    if (running) again = true;
    else running = run();
  };

  const listening = listen(options.databaseUrl, options.channels, wake, wake);
  const timer = setInterval(wake, options.pollMs);
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await listening.stop();
      await running;
    },
  };
}
