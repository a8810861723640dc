import type { FastifyInstance } from 'fastify';

/**
 * What helmet (https://helmetjs.github.io) sets by default, where it means something for an API. Pages set a policy of their own, which
 * wins over this one.
 */
const SECURITY = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
} as const;

/** What pages of other sites may read of an answer. */
const READABLE =
  'ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Idempotent-Replayed, X-Request-Id, Content-Disposition';

/**
 * Headers of every answer: the request's id, protection in browsers, and leave for pages of any site to use the API with a key. Leave is
 * never given for cookies, so a session cannot be used from elsewhere.
 */
export function answerHeaders(app: FastifyInstance, { https }: { https: boolean }): void {
  const fixed = { ...SECURITY, ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}) };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(fixed).header('x-request-id', request.id);
    if (request.url.startsWith('/api')) {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', READABLE)
        .header('cache-control', 'no-store');
    }
    done();
  });
}

/** What OPTIONS answers for a path that takes these methods. */
export const preflightHeaders = (methods: readonly string[]) => ({
  allow: methods.join(', '),
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Range, X-Account-Slug',
  'access-control-max-age': '7200',
});
