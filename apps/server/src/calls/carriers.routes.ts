import { type Carrier, serveMedia } from '@talkturo/carriers';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';

/** Mounts what carriers need of this server, all alike: a webhook with its raw body, and the media socket. */
export function carrierRoutes(app: FastifyInstance, carriers: readonly Carrier[]): void {
  app.register(async (raw) => {
    // Signatures are over the bytes as they came.
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const { webhook } of carriers) {
      if (!webhook) continue;
      const take: RouteHandlerMethod = async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answer = await webhook.receive(request.headers, body, request.url);
        if (typeof answer === 'number') return reply.status(answer).send();
        return reply.status(answer.status).type(answer.type).send(answer.body);
      };
      raw.post(webhook.path, take);
      if (webhook.ofAccounts) raw.post(`${webhook.path}/:accountId`, take);
    }
  });
  const stop = serveMedia(app.server, carriers, { exclusive: true });
  app.addHook('onClose', async () => stop());
}
