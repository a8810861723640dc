import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';
import { withoutValues } from './database/query-error.ts';

/**
 * The log. Messages are constant text. What callers say and their numbers stand under `pii` and are dropped unless the
 * operator asks for them; the values of failed queries, which may be just that, never appear.
 */
export function createLogger(config: Pick<Config, 'logLevel' | 'TALKTURO_LOG_PII'>, destination: DestinationStream): Logger {
  const redact = config.TALKTURO_LOG_PII ? {} : { redact: { paths: ['pii', '*.pii'], remove: true } };
  const serializers = { err: (error: Error) => stdSerializers.err(withoutValues(error) as Error) };
  return pino({ level: config.logLevel, serializers, ...redact }, destination);
}
