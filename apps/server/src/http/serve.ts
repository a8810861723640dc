import { Readable } from 'node:stream';
import type { AnswerOf, BodyOf, EndpointShape, ErrorDetail, ParamsOf, QueryOf } from '@talkturo/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { badRequest } from './app-error.ts';
import { boundedBody } from './bounded-body.ts';
import { type Caller, type SignedIn, sameAccount } from './caller.ts';
import type { Idempotency } from './idempotency.ts';
import { explain } from './validation-messages.ts';

/** What a handler gets: parsed input and, unless the endpoint is public, who asks. */
export interface Handled<E extends EndpointShape> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  caller: E['access'] extends 'public' ? null : E['access'] extends 'session' ? SignedIn : Caller;
  /** A body of one of the types the endpoint reads itself, bounded and not yet read; then `body` is empty. */
  stream: Readable | null;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** What it answers: the fields beside `success`, or the reply itself where it sent a file or a stream. */
export type Answer<E extends EndpointShape> = E['returns'] extends z.ZodRawShape ? AnswerOf<E> : FastifyReply | undefined;

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointShape;
  }
  interface FastifyInstance {
    /** Finds out who asks and refuses who may not: 401, 403, 429. Set by the composition root. */
    authorize: (request: FastifyRequest, reply: FastifyReply, endpoint: EndpointShape) => Promise<Caller | SignedIn | null>;
    /** Runs a request with an Idempotency-Key once. Set by the composition root. */
    idempotency: Idempotency;
    /** Tests answer 500 where an answer does not fit its schema; in production it is only serialised by it. */
    strictAnswers: boolean;
  }
}

/**
 * Binds an endpoint of the contract to its handler: authorisation first, then the input is parsed, then the handler runs.
 * Answers are serialised by their schema, so that nothing undeclared leaves the server.
 */
export function serve<const E extends EndpointShape>(
  app: FastifyInstance,
  endpoint: E,
  handle: (input: Handled<E>) => Promise<Answer<E>> | Answer<E>,
): void {
  const answer = endpoint.returns && z.object({ success: z.literal(true), ...endpoint.returns });
  const route: RouteOptions = {
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { endpoint },
    // HEAD would open an endless stream.
    exposeHeadRoute: !endpoint.file?.types.includes('text/event-stream'),
    ...(endpoint.bodyLimit === undefined ? {} : { bodyLimit: endpoint.bodyLimit }),
    ...(answer ? { schema: { response: { 200: z.toJSONSchema(answer, { target: 'draft-7', io: 'output' }) } } } : {}),
    handler: async (request, reply) => {
      const caller = await app.authorize(request, reply, endpoint);
      request.caller = caller;
      const stream = request.body instanceof Readable ? boundedBody(request, request.body, endpoint.streamLimit ?? 1_048_576) : null;
      const input = {
        params: parse(endpoint.params, request.params, ''),
        query: parse(endpoint.query, withoutAccount(endpoint, request.query), ''),
        body: stream ? {} : parse(endpoint.body, request.body ?? {}, ''),
        stream,
        caller,
        request,
        reply,
      } as unknown as Handled<E>;
      if (caller && 'accountId' in caller) requireSameAccount(caller, request);
      if (!answer) return handle(input);
      const work = async () => {
        const full = { success: true as const, ...((await handle(input)) as object) };
        if (app.strictAnswers) z.strictObject(answer.shape).parse(full);
        return full;
      };
      return caller ? app.idempotency.once(request, reply, caller, endpoint, work) : work();
    },
  };
  if (!endpoint.consumes) return void app.route(route);
  // The types are read by this route alone: elsewhere they stay refused.
  app.register(async (scope) => {
    scope.addContentTypeParser([...(endpoint.consumes ?? [])], (_request, payload, done) => done(null, payload));
    scope.route(route);
  });
}

/** Whatever an endpoint does with them: an account named in the address, the body or the header must be the caller's. */
function requireSameAccount(caller: Caller, request: FastifyRequest): void {
  const slug = request.headers['x-account-slug'];
  if (slug !== undefined) sameAccount(caller, { accountSlug: String(slug) });
  for (const named of [request.query, request.body]) {
    if (typeof named !== 'object' || named === null) continue;
    const { accountSlug, teamId, accountId } = named as Record<string, string | undefined>;
    sameAccount(caller, { accountSlug, teamId, accountId });
  }
}

/** Any address may name the account (pages cannot set headers on downloads); who reads it has checked it already. */
function withoutAccount(endpoint: EndpointShape, query: unknown): unknown {
  if (endpoint.access === 'public' || endpoint.query?.shape.accountSlug) return query;
  const { accountSlug: _, ...rest } = query as Record<string, unknown>;
  return rest;
}

function parse(schema: z.ZodObject | undefined, value: unknown, prefix: string): unknown {
  if (!schema) return {};
  const parsed = schema.safeParse(value, { error: explain });
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.flatMap((issue) => detailsOf(issue, prefix));
  throw badRequest(sentenceOf(details), details);
}

/** One line an issue; an unknown field is named itself. */
function detailsOf(issue: z.core.$ZodIssue, prefix: string): ErrorDetail[] {
  const at = prefix + issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: at ? `${at}.${key}` : key, message: 'is not a field of this request' }));
  }
  return [{ path: at, message: issue.message }];
}

function sentenceOf(details: readonly ErrorDetail[]): string {
  const first = details[0];
  if (!first) return 'The request is not valid.';
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : '';
  return first.path ? `${first.path}: ${first.message}${more}` : `${first.message}${more}`;
}
