import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import secureJson from 'secure-json-parse';
import { AppError } from './app-error.ts';
import { storable } from './storable.ts';

export interface FrameOptions {
  logger: FastifyBaseLogger;
  /** Answers that do not fit their schema are 500. */
  strictAnswers: boolean;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies?: string[] | undefined;
}

/**
 * The bare HTTP server: limits, error answers, unknown routes. It knows no endpoint.
 * Errors become the envelope of the contract in one place: here.
 */
export function createServerFrame(options: FrameOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    trustProxy: options.trustedProxies ?? false,
  });
  app.decorate('strictAnswers', options.strictAnswers);

  // Clients that send Content-Type: application/json with nothing behind it (DELETE, hang-up) are common and harmless.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    const parsed = secureJson.safeParse(body as string);
    // undefined: not JSON; null, where it does not say so: keys that would reach into prototypes.
    if (parsed === undefined || (parsed === null && (body as string).trim() !== 'null'))
      return done(new AppError('malformed_json', 400, 'The body is not valid JSON.'), undefined);
    if (!storable(body as string, parsed)) return done(unstorable(), undefined);
    done(null, parsed);
  });
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) throw unstorable();
  });

  const routes: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', (route) => {
    const pattern = new RegExp(`^${route.url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`);
    for (const method of [route.method].flat()) routes.push({ method, pattern });
  });

  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const known = knownFailure(error);
    if (known) {
      if (known.headers) reply.headers(known.headers);
      return reply
        .status(known.status)
        .send({ success: false, error: known.message, ...(known.details ? { details: known.details } : {}) });
    }
    request.log.error({ err: error, requestId: request.id }, 'request failed');
    return reply.status(500).send({ success: false, error: 'Something went wrong on our side. Please try again.', requestId: request.id });
  });

  app.setNotFoundHandler((request, reply) => {
    const pathname = request.url.split('?')[0] ?? '/';
    const allowed = [...new Set(routes.filter((route) => route.pattern.test(pathname)).map((route) => route.method))];
    if (allowed.length > 0) {
      return reply
        .status(405)
        .header('allow', allowed.join(', '))
        .send({ success: false, error: `${request.method} is not possible here; use ${allowed.join(' or ')}.` });
    }
    return reply.status(404).send({ success: false, error: `There is nothing at ${pathname.slice(0, 200)}.` });
  });
  return app;
}

const unstorable = () =>
  new AppError('unstorable_text', 400, 'The request holds characters that are not text (NUL or half a surrogate pair).');

function knownFailure(error: FastifyError | AppError): AppError | null {
  if (error instanceof AppError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('body_too_large', 413, 'The body is larger than this endpoint takes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('wrong_media_type', 400, 'Send the body as JSON with Content-Type: application/json.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('bad_length', 400, 'The body is not as long as its Content-Length says.');
    case 'FST_ERR_REP_INVALID_PAYLOAD_TYPE':
      return null;
    default:
      return error.statusCode && error.statusCode >= 400 && error.statusCode < 500
        ? new AppError('bad_request', error.statusCode, 'The request is not valid.')
        : null;
  }
}
