import type { FastifyRequest } from 'fastify';
import { forbidden } from '../http/app-error.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a changing request that another site made a browser send with our cookie. Browsers name the origin of such requests; what
 * names none is no browser page and must carry a header of its own, which pages of other sites cannot add without being asked for leave.
 * @param publicUrl where browsers reach us; the address in Host counts, too
 */
export function requireSameSite(request: FastifyRequest, publicUrl: string | undefined): void {
  if (SAFE.has(request.method) || isSameSite(request, publicUrl)) return;
  throw forbidden('Requests with a session cookie must come from the dashboard’s own pages, or carry the header x-talkturo-client.');
}

function isSameSite(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers['x-talkturo-client'] !== undefined;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
