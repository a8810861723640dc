import type { EndpointShape } from '@talkturo/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { preflightHeaders } from './answer-headers.ts';
import { AppError } from './app-error.ts';
import { inLanguageOf } from './language/failure-language.ts';

/** A route as it was added. */
export interface ServedRoute {
  method: string;
  url: string;
  pattern: RegExp;
  /** What of the contract it serves; undefined for pages, carriers' webhooks and sockets. */
  endpoint: EndpointShape | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    servedRoutes: readonly ServedRoute[];
  }
}

/** Every failure becomes the envelope of the contract, here. */
export function answerFailure(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = knownFailure(error);
  if (known) {
    if (known.headers) reply.headers(known.headers);
    const told = inLanguageOf(request, { error: known.message, details: known.details });
    return reply.status(known.status).send({ success: false, ...told });
  }
  request.log.error({ err: error }, 'request failed');
  const told = inLanguageOf(request, { error: 'Something went wrong on our side. Please try again.' });
  return reply.status(500).send({ success: false, ...told, requestId: request.id });
}

/** Unknown paths are 404, wrong methods 405 with Allow, and OPTIONS says what is possible. */
export function answerUnknown(app: FastifyInstance): void {
  const routes: ServedRoute[] = [];
  app.decorate('servedRoutes', routes);
  app.addHook('onRoute', ({ url, method, config }) => {
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`);
    for (const one of [method].flat()) routes.push({ method: one, url, pattern, endpoint: config?.endpoint });
  });
  app.setNotFoundHandler((request, reply) => {
    const pathname = request.url.split('?')[0] ?? '/';
    const allowed = [...new Set(routes.filter((route) => route.pattern.test(pathname)).map((route) => route.method))];
    if (allowed.length === 0) {
      return reply.status(404).send({ success: false, error: `There is nothing at ${pathname.slice(0, 200)}.` });
    }
    if (request.method === 'OPTIONS') return reply.status(204).headers(preflightHeaders(allowed)).send();
    return reply
      .status(405)
      .header('allow', allowed.join(', '))
      .send({ success: false, error: `${request.method} is not possible here; use ${allowed.join(' or ')}.` });
  });
}

function knownFailure(error: FastifyError | AppError): AppError | null {
  if (error instanceof AppError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('body_too_large', 413, 'The body is larger than this endpoint takes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('wrong_media_type', 400, 'Send the body as JSON with Content-Type: application/json.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('bad_length', 400, 'The body is not as long as its Content-Length says.');
    case 'FST_ERR_BAD_URL':
      return new AppError('bad_url', 400, 'The address of the request is not a valid one.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new AppError('not_found', 404, 'There is nothing with an id of that length.');
    case 'FST_ERR_REP_INVALID_PAYLOAD_TYPE':
      return null;
    default:
      return error.statusCode && error.statusCode >= 400 && error.statusCode < 500
        ? new AppError('bad_request', error.statusCode, 'The request is not valid.')
        : null;
  }
}
