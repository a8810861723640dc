import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error.ts';

const tooLarge = () =>
  new AppError('body_too_large', 413, 'The body is larger than this endpoint takes.', { headers: { connection: 'close' } });

/**
 * A streamed body that fails with 413 past a number of bytes, and with 400 where the client broke off.
 * @throws AppError 413 at once when the announced length is past it
 */
export function boundedBody(request: FastifyRequest, payload: Readable, limit: number): Readable {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  return Readable.from(bounded(payload, limit), { objectMode: false });
}

async function* bounded(payload: Readable, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    // Whoever stops reading early must leave the socket open: the answer still has to go out on it.
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError || !payload.errored) throw error;
    throw new AppError('body_broke_off', 400, 'The body broke off before its end.', { cause: error });
  } finally {
    // What is left flows into nothing: on a stopped stream the end of the connection would never be seen.
    payload.resume();
  }
}
