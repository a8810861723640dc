import { z } from 'zod';
import type { EndpointShape } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { errorAnswer } from './errors.ts';
import { GROUPS } from './groups.ts';
import { exampleOf } from './openapi-examples.ts';
import { type Components, type JsonSchema, jsonSchemaOf, resolved } from './openapi-schemas.ts';

/** What each status means, and a sentence as a client may meet it. */
const FAILURES: Record<number, { name: string; description: string; error: string }> = {
  400: { name: 'BadRequest', description: 'Invalid or missing request parameters', error: 'name: is required' },
  401: { name: 'Unauthorized', description: 'Missing or invalid authentication token', error: 'Unauthorized' },
  402: {
    name: 'CreditsExhausted',
    description: 'The credits of the account are used up',
    error: 'The credits of this account are used up.',
  },
  403: { name: 'Forbidden', description: 'Authenticated but not authorized for this action', error: 'Forbidden' },
  404: { name: 'NotFound', description: 'The requested resource does not exist', error: 'There is no such assistant.' },
  409: { name: 'Conflict', description: 'Conflict with what is stored', error: 'This Idempotency-Key was used for another request.' },
  412: { name: 'ChangedMeanwhile', description: 'It was changed by somebody else (If-Match)', error: 'This was changed by somebody else.' },
  413: {
    name: 'TooLarge',
    description: 'The body is larger than this endpoint takes',
    error: 'The body is larger than this endpoint takes.',
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests: see Retry-After',
    error: 'Too many tries: wait 60 seconds and try again.',
  },
  500: { name: 'ServerError', description: 'Internal server error', error: 'Something went wrong on our side. Please try again.' },
  503: { name: 'Unavailable', description: 'Starting, stopping or overloaded', error: 'This server is stopping: try again in a moment.' },
};

const INTRODUCTION = `Everything the dashboard does goes through this API.

- Send bodies as JSON with \`Content-Type: application/json\`; fields the endpoint does not know are refused.
- Every answer is one object with \`success\`. A failure says in \`error\`, in one sentence, what to do, and in \`details\` which field is wrong.
- Lists take \`limit\` and \`offset\` and answer \`count\`, newest first.
- \`Idempotency-Key\` makes a write safe to repeat: for 24 hours the same key is answered the same.
- Quote \`X-Request-Id\` to the operator when something went wrong.`;

/** One operation of the document, as far as the reference page reads it. */
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, MediaType> };
  responses: Record<string, Response>;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}
export interface MediaType {
  schema: JsonSchema;
  example?: unknown;
}
export type Response = { $ref: string } | { description: string; content?: Record<string, MediaType>; headers?: Record<string, unknown> };

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: Record<string, unknown>;
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Components; responses: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

/**
 * The contract as an OpenAPI 3.1 document, made from the endpoints and nothing else.
 * @param serverUrl where the API is reached, without a slash at its end
 */
export function openApiDocument(serverUrl: string): OpenApiDocument {
  const schemas: Components = {};
  const error = jsonSchemaOf(errorAnswer, 'output', schemas);
  schemas.Error = error;
  const paths: OpenApiDocument['paths'] = {};
  for (const [name, endpoint] of Object.entries(endpoints) as [string, EndpointShape][]) {
    paths[endpoint.path] ??= {};
    (paths[endpoint.path] as Record<string, Operation>)[endpoint.method.toLowerCase()] = operationOf(name, endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Talkturo REST API',
      version: '1.0.0',
      summary: 'A voice-AI phone platform that anyone can host',
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl, description: 'This server' }],
    tags: [...new Set(Object.values(endpoints).map(({ group }) => group as string))].map((name) => ({
      name,
      description: GROUPS[name] ?? name,
    })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: failuresIn(paths),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API key: Settings → API Keys → Create API Key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'talkturo.session_token',
          description: 'The cookie of a signed-in person; name the workspace in the header x-account-slug',
        },
      },
    },
  };
}

function operationOf(operationId: string, endpoint: EndpointShape, schemas: Components): Operation {
  const { body } = endpoint;
  return {
    operationId,
    tags: [endpoint.group],
    summary: endpoint.summary,
    description: [endpoint.description, rightsOf(endpoint)].filter(Boolean).join('\n\n'),
    security: securityOf(endpoint),
    parameters: parametersOf(endpoint, schemas),
    ...(body ? { requestBody: requestBodyOf(endpoint, body, schemas) } : {}),
    responses: responsesOf(endpoint, schemas),
  };
}

/** Who may call it, as a sentence. */
function rightsOf({ access }: EndpointShape): string {
  switch (access) {
    case 'public':
      return 'Needs no token.';
    case 'token':
      return 'Needs any valid token.';
    case 'session':
      return 'For a signed-in person; API keys are refused.';
    case 'member':
      return 'For a signed-in member of the workspace; API keys are refused.';
    case 'admin':
      return 'For a signed-in owner or admin of the workspace; API keys are refused.';
    default:
      return `Needs the scope \`${access}\`.`;
  }
}

function securityOf({ access }: EndpointShape): Record<string, string[]>[] {
  if (access === 'public') return [];
  const bySession = { session: [] };
  return access === 'session' || access === 'member' || access === 'admin' ? [bySession] : [{ token: [] }, bySession];
}

function parametersOf(endpoint: EndpointShape, schemas: Components): Parameter[] {
  const named = (schema: z.ZodObject | undefined, place: 'path' | 'query'): Parameter[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input', schemas);
    return Object.entries(properties).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(field.description ? { description: field.description } : {}),
      schema: field,
      example: endpoint.example?.query?.[name] ?? exampleOf(field, schemas, false, name),
    }));
  };
  const header = (name: string, description: string): Parameter => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', maxLength: 255 },
  });
  const writes = endpoint.method !== 'GET' && endpoint.access !== 'public';
  return [
    ...named(endpoint.params, 'path'),
    ...named(endpoint.query, 'query'),
    ...(endpoint.alsoAnswers?.includes(412) ? [header('If-Match', 'The ETag you changed from; another version is answered with 412')] : []),
    ...(writes ? [header('Idempotency-Key', 'Any text of your own; for 24 hours the same key is answered the same')] : []),
  ];
}

function requestBodyOf(endpoint: EndpointShape, body: z.ZodObject, schemas: Components): NonNullable<Operation['requestBody']> {
  const schema = jsonSchemaOf(body, 'input', schemas);
  const example = endpoint.example?.body ?? exampleOf(schema, schemas, false);
  const others = (endpoint.consumes ?? []).map((type) => [type, { schema: { type: 'string' } }]);
  return {
    required: (resolved(schema, schemas).required ?? []).length > 0,
    content: { 'application/json': { schema, example }, ...Object.fromEntries(others) },
  };
}

function responsesOf(endpoint: EndpointShape, schemas: Components): Record<string, Response> {
  const failures = new Set([400, 500, ...(endpoint.alsoAnswers ?? []).filter((status) => status >= 400 && status in FAILURES)]);
  if (endpoint.access !== 'public') for (const status of [401, 403, 429]) failures.add(status);
  if (endpoint.params) failures.add(404);
  if (endpoint.method !== 'GET' && endpoint.access !== 'public') failures.add(409);
  if (endpoint.body) failures.add(413);
  const responses: Record<string, Response> = { 200: successOf(endpoint, schemas) };
  if (endpoint.alsoAnswers?.includes(204)) responses[204] = { description: 'There is nothing to answer' };
  if (endpoint.alsoAnswers?.includes(206)) responses[206] = { ...fileOf(endpoint), description: 'The part asked for with Range' };
  if (endpoint.alsoAnswers?.includes(416)) responses[416] = { description: 'The range asked for does not exist' };
  for (const status of [...failures].sort()) responses[status] = { $ref: `#/components/responses/${FAILURES[status]?.name}` };
  return responses;
}

function successOf(endpoint: EndpointShape, schemas: Components): Response {
  if (!endpoint.returns) return fileOf(endpoint);
  const schema = jsonSchemaOf(
    z.object({ success: z.literal(true).describe('The request succeeded'), ...endpoint.returns }),
    'output',
    schemas,
  );
  return {
    description: 'Request succeeded',
    headers: { 'X-Request-Id': { description: 'Quote it to the operator: it stands in the log', schema: { type: 'string' } } },
    content: { 'application/json': { schema, example: exampleOf(schema, schemas, true) } },
  };
}

function fileOf({ file }: EndpointShape): Exclude<Response, { $ref: string }> {
  const content = Object.fromEntries((file?.types ?? []).map((type) => [type, { schema: { type: 'string' } }]));
  return { description: file?.description ?? 'Request succeeded', content };
}

/** The failures that are referred to, by name. */
function failuresIn(paths: OpenApiDocument['paths']): Record<string, unknown> {
  const used = JSON.stringify(paths);
  const named = Object.values(FAILURES).filter(({ name }) => used.includes(`"#/components/responses/${name}"`));
  return Object.fromEntries(named.map((failure) => [failure.name, failureResponse(failure)]));
}

const failureResponse = ({ description, error }: { description: string; error: string }) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, example: { success: false, error } } },
});
