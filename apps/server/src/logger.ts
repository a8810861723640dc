import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';
import { withoutValues } from './database/query-error.ts';

/** A number in E.164 (ITU-T: fifteen digits at most), also as it stands in an address. */
const PHONE_NUMBER = /(\+|%2B)\d{6,15}/gi;

/**
 * The log. Messages are constant text. What callers say and their numbers stand under `pii` and are dropped unless the
 * operator asks for them, and the numbers that carriers quote in their errors with them; the values of failed queries, which
 * may be just that, never appear.
 */
export function createLogger(config: Pick<Config, 'logLevel' | 'TALKTURO_LOG_PII'>, destination: DestinationStream): Logger {
  const serializers = { err: (error: Error) => stdSerializers.err(withoutValues(error) as Error) };
  if (config.TALKTURO_LOG_PII) return pino({ level: config.logLevel, serializers }, destination);
  const redact = { paths: ['pii', '*.pii'], remove: true };
  const withoutNumbers = { write: (line: string) => destination.write(line.replace(PHONE_NUMBER, '$1…')) };
  return pino({ level: config.logLevel, serializers, redact }, withoutNumbers);
}
