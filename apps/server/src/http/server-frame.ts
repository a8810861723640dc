import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import secureJson from 'secure-json-parse';
import { accessLog } from './access-log.ts';
import { answerHeaders } from './answer-headers.ts';
import { AppError } from './app-error.ts';
import { answerFailure, answerUnknown } from './failures.ts';
import { gzipAnswers } from './gzip.ts';
import { storable } from './storable.ts';

export interface FrameOptions {
  logger: FastifyBaseLogger;
  /** Answers that do not fit their schema are 500. */
  strictAnswers: boolean;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies?: string[] | undefined;
  /** Whether browsers reach us by https. */
  https?: boolean;
}

/** The bare HTTP server: limits, headers, error answers, unknown routes, a line in the log. It knows no endpoint. */
export function createServerFrame(options: FrameOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    // Fastify's own answer is not the envelope; ours is below.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: options.trustedProxies ?? false,
    frameworkErrors: answerFailure,
    clientErrorHandler: answerGarbage,
  });
  app.decorate('strictAnswers', options.strictAnswers);
  answerHeaders(app, { https: options.https ?? false });
  jsonBodies(app);
  refuseWhileStopping(app);
  answerUnknown(app);
  gzipAnswers(app);
  accessLog(app);
  app.setErrorHandler(answerFailure);
  return app;
}

function jsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    // Clients that send Content-Type: application/json with nothing behind it (DELETE, hang-up) are common and harmless.
    if (body === '') return done(null, undefined);
    const parsed = secureJson.safeParse(body as string);
    // undefined: not JSON; null, where it does not say so: keys that would reach into prototypes.
    if (parsed === undefined || (parsed === null && (body as string).trim() !== 'null'))
      return done(new AppError('malformed_json', 400, 'The body is not valid JSON.'), undefined);
    if (!storable(body as string, parsed)) return done(unstorable(), undefined);
    done(null, parsed);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.url.includes('%00') ? unstorable() : undefined);
  });
}

function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onRequest', async () => {
    if (stopping)
      throw new AppError('stopping', 503, 'This server is stopping: try again in a moment.', { headers: { 'retry-after': '5' } });
  });
}

/** What is not HTTP, or has headers past all measure, is refused before Fastify sees a request. */
function answerGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({ success: false, error: 'This is not a request this server understands.' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const unstorable = () =>
  new AppError('unstorable_text', 400, 'The request holds characters that are not text (NUL or half a surrogate pair).');
