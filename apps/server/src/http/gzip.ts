import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Below this the headers weigh more than what is saved. */
const WORTH_BYTES = 1024;
const COMPRESSIBLE = /^(application\/json|text\/(?!event-stream)|application\/javascript|image\/svg)/;
const compress = promisify(gzip);

/** Compresses texts for clients that take it, off the thread. Streams and files pass as they are. */
export function gzipAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    if (payload.length < WORTH_BYTES || !COMPRESSIBLE.test(String(reply.getHeader('content-type')))) return payload;
    reply.header('vary', 'Accept-Encoding');
    if (reply.hasHeader('content-encoding') || !takesGzip(request.headers['accept-encoding'])) return payload;
    const compressed = await compress(payload, { level: constants.Z_BEST_SPEED });
    reply.header('content-encoding', 'gzip').header('content-length', compressed.length);
    return compressed;
  });
}

/** RFC 9110, 12.5.3: named without a weight of zero. */
const takesGzip = (header: string | string[] | undefined): boolean =>
  /\b(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(header ?? ''));
