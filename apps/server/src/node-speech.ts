import { type LocalSpeech, startLocalSpeech } from '@talkturo/providers';
import type { Logger } from 'pino';
import { AppError } from './http/app-error.ts';

/** The speech models of this node: there once they were started, on nodes that take calls. */
export function createNodeSpeech(logger: Logger) {
  let speech: LocalSpeech | null = null;
  return {
    current: (): LocalSpeech | null => speech,
    /** @throws AppError 503 while they do not run. */
    running(): LocalSpeech {
      if (!speech) throw new AppError('starting', 503, 'The speech models of this server are not running yet; try again in a moment.');
      return speech;
    },
    /** A machine that cannot run the models can still hold calls with vendors. */
    async start(): Promise<void> {
      speech = await startLocalSpeech().catch((error: unknown) => {
        logger.error({ err: error }, 'the local speech models did not start: only assistants whose vendors have keys can take calls');
        return null;
      });
    },
    stop: async (): Promise<void> => speech?.stop(),
  };
}
