import type { FastifyInstance } from 'fastify';
import type { Caller } from './caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the caller is known. */
    caller: Partial<Pick<Caller, 'accountId' | 'keyId' | 'userId'>> | null;
  }
}

/** Probes come every few seconds and say nothing. */
const SILENT = new Set(['/healthz', '/readyz']);

/** One line a request. It names the route, never the address: that may hold names and numbers of people. */
export function accessLog(app: FastifyInstance): void {
  app.decorateRequest('caller', null);
  app.addHook('onResponse', (request, reply, done) => {
    done();
    const route = request.routeOptions.url;
    if (route !== undefined && SILENT.has(route)) return;
    request.log.info(
      {
        method: request.method,
        route: route ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        accountId: request.caller?.accountId,
        keyId: request.caller?.keyId ?? undefined,
        userId: request.caller?.userId ?? undefined,
      },
      'request',
    );
  });
}
