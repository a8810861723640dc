import { constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Below this the headers weigh more than what is saved. */
const WORTH_BYTES = 1024;
const COMPRESSIBLE = /^(application\/json|text\/(?!event-stream)|application\/javascript|image\/svg)/;

/** Compresses texts for clients that take it, off the thread. Streams and files pass as they are. */
export function gzipAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!isText(payload) || payload.length < WORTH_BYTES || !COMPRESSIBLE.test(String(reply.getHeader('content-type')))) {
      return done(null, payload);
    }
    reply.header('vary', 'Accept-Encoding');
    if (reply.hasHeader('content-encoding') || !takesGzip(request.headers['accept-encoding'])) return done(null, payload);
    gzip(payload, { level: constants.Z_BEST_SPEED }, (error, compressed) => {
      if (error) return done(error);
      reply.header('content-encoding', 'gzip').header('content-length', compressed.length);
      done(null, compressed);
    });
  });
}

const isText = (payload: unknown): payload is string | Buffer => typeof payload === 'string' || Buffer.isBuffer(payload);

/** RFC 9110, 12.5.3: named without a weight of zero. */
const takesGzip = (header: string | string[] | undefined): boolean =>
  /\b(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(header ?? ''));
