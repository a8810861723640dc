import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error.ts';

/** The `If-Match` header of a request: the versions it accepts, `*` for any, null when there is none. */
export type IfMatch = readonly string[] | '*' | null;

export function ifMatchOf(request: FastifyRequest): IfMatch {
  const header = request.headers['if-match'];
  if (header === undefined) return null;
  if (header.trim() === '*') return '*';
  return header.split(',').map((tag) => tag.trim());
}

/**
 * Refuses a change that was made from another version than the stored one (RFC 9110, 13.1.1: strong comparison, so W/"…" never matches).
 * @throws AppError 412
 */
export function requireMatch(ifMatch: IfMatch, etag: string): void {
  if (ifMatch === null || ifMatch === '*' || ifMatch.includes(etag)) return;
  throw new AppError(
    'changed_meanwhile',
    412,
    'This was changed by somebody else in the meantime: read it again, then repeat your change.',
  );
}
