import { DrizzleQueryError } from 'drizzle-orm';

/**
 * A failed query's error without the values that were sent with it: they may be what callers said. What PostgreSQL
 * had to say stays, as the cause of it.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const bare = new Error(`Failed query: ${error.query}`, { cause: error.cause });
  bare.stack = error.stack?.replace(error.message, bare.message) ?? bare.message;
  return bare;
}
