import { DrizzleQueryError } from 'drizzle-orm';
import { databaseErrorCode } from './connect.ts';

/**
 * A failed query's error without the values that were sent with it: they may be what callers said. What PostgreSQL
 * says about data (classes 22 and 23) quotes them, so of that only the code stays.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const code = databaseErrorCode(error) ?? 'no code';
  const quotes = /^2[23]/.test(code);
  const bare = new Error(`Failed query: ${error.query} (${code})`, quotes ? undefined : { cause: error.cause });
  const frames = error.stack?.split('\n').filter((line) => /^ {4}at /.test(line)) ?? [];
  bare.stack = [`Error: ${bare.message}`, ...frames].join('\n');
  return bare;
}
