import type { EndpointShape } from '@talkturo/contract';
import * as contract from '@talkturo/contract';
import fc from 'fast-check';
import { z } from 'zod';
import { arbitraryOf, type JsonSchema, placeholder, type Spoiling, spoil, spoiling } from './schema-arbitrary.ts';

/** Every endpoint of the contract, by its name there. */
export const allEndpoints: readonly { name: string; endpoint: EndpointShape }[] = Object.entries(
  contract as Record<string, unknown>,
).flatMap(([name, value]) =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value ? [{ name, endpoint: value as EndpointShape }] : [],
);

/** A request as it is generated; what it says of the world still has to be filled in. */
export interface FuzzRequest {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  /** Sent as it is instead of the body. */
  raw: string | null;
}

/** What the parameters of paths name. */
const PARAMS: Readonly<Record<string, string>> = {
  assistantId: 'asst',
  companyId: 'comp',
  contactId: 'cont',
  campaignId: 'camp',
  callId: 'call',
  webhookId: 'whk',
  eventId: 'evt',
  customFieldId: 'cf',
  opportunityId: 'opp',
  apiKeyId: 'key',
  userId: 'usr',
  invitationId: 'inv',
  sessionId: 'ses',
  id: 'pn',
};

/** Parameters of paths that are words. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  provider: ['openai', 'openai-compatible', 'deepgram', 'cartesia', 'elevenlabs', 'local'],
  voiceId: ['rms', 'nobody'],
};

const shapeOf = (schema: z.ZodObject): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Requests to an endpoint: two of three fit its schema, the others are spoiled in one place. */
export function requestsTo(endpoint: EndpointShape): fc.Arbitrary<FuzzRequest> {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const params = fc.record(Object.fromEntries(names.map((name) => [name, paramOf(name)])));
  const query = endpoint.query ? (arbitraryOf(shapeOf(endpoint.query)) as fc.Arbitrary<Record<string, unknown>>) : fc.constant({});
  const body = endpoint.body ? arbitraryOf(shapeOf(endpoint.body)) : fc.constant(undefined);
  const spoiled = sometimes(1 / 3, fc.tuple(fc.constantFrom('query', 'body'), spoiling));
  const raw = sometimes(1 / 30, fc.constantFrom('{', 'null', '[]', '"text"', '{"__proto__": 1}', '\u0000', '{"a":1e999}'));
  return fc.tuple(params, query, body, spoiled, raw).map(([params, query, body, spoiled, raw]) => {
    const request = { params, query, body, raw: endpoint.method === 'GET' ? null : raw };
    return spoiled ? spoiledIn(request, ...(spoiled as [string, Spoiling])) : request;
  });
}

const sometimes = <T>(share: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: Math.round(100 * share), arbitrary }, { weight: Math.round(100 * (1 - share)), arbitrary: fc.constant(null) });

function paramOf(name: string): fc.Arbitrary<string> {
  const odd = { weight: 1, arbitrary: fc.constantFrom('x', '%00', ' ', 'ÿ', '%ff', 'a'.repeat(600)) };
  const words = WORDS[name];
  if (words) return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, odd);
  const prefix = PARAMS[name];
  if (!prefix) throw new Error(`what the path parameter ${name} names is not known: add it to PARAMS`);
  const known = fc.nat(50).map((n) => placeholder(prefix, n));
  return fc.oneof({ weight: 8, arbitrary: known }, odd);
}

function spoiledIn(request: FuzzRequest, where: string, how: Spoiling): FuzzRequest {
  if (where === 'query' || request.body === undefined) {
    const query = spoil(request.query, how);
    return { ...request, query: typeof query === 'object' && query !== null ? (query as Record<string, unknown>) : {} };
  }
  return { ...request, body: spoil(request.body, how) };
}

/** Ids and names by what they are of: the account's own, and those of another account that must stay out of reach. */
export interface World {
  own: Map<string, string[]>;
  foreign: Map<string, string[]>;
}

/** Fills in what a text says of the world, one time in six what is another's; what is not there becomes an id of nothing. */
const filled = (text: string, world: World): string =>
  text.replace(/@@(\w+):(\d+)@@/g, (_, what: string, digits: string) => {
    const n = Number(digits);
    const known = (n % 6 === 5 ? world.foreign : world.own).get(what) ?? [];
    return known[n % Math.max(1, known.length)] ?? `${what}_01h455vb4pex5vsknk084sn02q`;
  });

/** The address and the body to send. */
export function resolve(endpoint: EndpointShape, request: FuzzRequest, world: World): { url: string; body: string | undefined } {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = filled(request.params[name] ?? '', world);
    return value.startsWith('%') ? value : encodeURIComponent(value);
  });
  const query = Object.entries(request.query)
    .map(([key, value]) => `${encode(key)}=${encode(filled(typeof value === 'string' ? value : JSON.stringify(value), world))}`)
    .join('&');
  const body = request.raw ?? (request.body === undefined ? undefined : filled(JSON.stringify(request.body), world));
  return { url: query ? `${path}?${query}` : path, body };
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Remembers every id an answer shows. */
export function learn(world: World['own'], answer: string): void {
  for (const [id, prefix = ''] of answer.matchAll(/\b([a-z]{2,4})_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g)) {
    const known = world.get(prefix) ?? [];
    if (!known.includes(id)) world.set(prefix, [...known, id].slice(-40));
  }
}
