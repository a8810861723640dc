import type { z } from 'zod';

/** HTTP methods the API uses. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Who may call an endpoint.
 * - `public`: anybody, no token.
 * - `token`: any valid token, whatever its scopes.
 * - `session`: a signed-in person, whatever the account; API keys are refused.
 * - `member`: a signed-in member of the account; API keys are refused.
 * - `admin`: a signed-in owner or admin of the account; API keys are refused.
 * - `<resource>:read` / `<resource>:write`: a token or session whose scopes cover it (`*`, `<resource>:*` or the scope itself).
 */
export type Access = 'public' | 'token' | 'session' | 'member' | 'admin' | `${string}:read` | `${string}:write`;

/** What an endpoint answers when it is not a JSON envelope. */
export interface FileAnswer {
  /** Media types it may answer with, the default first. */
  types: readonly string[];
  description: string;
}

export interface EndpointShape {
  method: Method;
  /** Path with `{name}` parameters, exactly as documented: `/api/assistants/{assistantId}`. */
  path: string;
  /** Reference group and the noun it belongs to, e.g. `Assistants`. */
  group: string;
  access: Access;
  /** One line, imperative: "Create an assistant". */
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** JSON body. Unknown fields are refused: use `z.strictObject`. */
  body?: z.ZodObject;
  /** Fields beside `success: true` in the 200 answer; left out for endpoints that answer a file or stream. */
  returns?: z.ZodRawShape;
  /** For endpoints that answer a file, a document or a stream instead of the envelope. */
  file?: FileAnswer;
  /** Statuses beside 200, 400, 401, 403, 404 and 500 that this endpoint may answer. */
  alsoAnswers?: readonly number[];
  /** Body limit in bytes where it is not the general 1 MiB. */
  bodyLimit?: number;
  /** What the reference shows being sent; what is left out is made from the fields' own examples. */
  example?: { query?: Readonly<Record<string, unknown>>; body?: Readonly<Record<string, unknown>> };
  /** The answer holds a secret that is shown once: it is never kept for repeated requests. */
  answersSecret?: true;
  /** Request media types besides JSON that the endpoint reads itself, as a stream. */
  consumes?: readonly string[];
  /** Limit in bytes of a body of these types. */
  streamLimit?: number;
}

/**
 * Declares an endpoint. The path stands here once: server, client, OpenAPI and tests read this value.
 */
export const endpoint = <const E extends EndpointShape>(shape: E): E => shape;

type Out<T> = T extends z.ZodType ? z.output<T> : Record<never, never>;
type In<T> = T extends z.ZodType ? z.input<T> : never;

/** Parsed path parameters, query and body of an endpoint, as its handler gets them. */
export type ParamsOf<E extends EndpointShape> = Out<E['params']>;
export type QueryOf<E extends EndpointShape> = Out<E['query']>;
export type BodyOf<E extends EndpointShape> = Out<E['body']>;

/** What a client sends. */
export type QueryInputOf<E extends EndpointShape> = In<E['query']>;
export type BodyInputOf<E extends EndpointShape> = In<E['body']>;

/** The fields of a successful answer, without `success`. */
export type AnswerOf<E extends EndpointShape> = E['returns'] extends z.ZodRawShape ? z.output<z.ZodObject<E['returns']>> : undefined;
