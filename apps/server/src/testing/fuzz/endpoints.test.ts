import { randomInt } from 'node:crypto';
import { type EndpointShape, errorAnswer } from '@talkturo/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../call-kit.ts';
import { signedUp } from '../test-browser.ts';
import type { TestAnswer } from '../test-server.ts';
import { createDigest } from './database-digest.ts';
import { allEndpoints, learn, requestsTo, resolve, type World } from './endpoint-requests.ts';

/** A failure is repeated by its seed: FUZZ_SEED=… FUZZ_RUNS=… npm test -- apps/server/src/testing/fuzz */
const SEED = Number(process.env.FUZZ_SEED ?? 20260101);
const RUNS = Number(process.env.FUZZ_RUNS ?? 10);

/** Tables that change whatever is asked. */
const LEFT_OUT = new Set([
  'nodes', // heartbeats
  'rate_windows', // refusals are counted as well
  'webhook_keys', // made when first asked for
  // Calls go on by themselves:
  'call_events',
  'call_marks',
  'call_turns',
  'events',
  'api_keys', // last use
  'sessions', // last use
]);

let server: CallServer;
let digest: () => Promise<Record<string, string>>;
let owner: Awaited<ReturnType<typeof signedUp>>;
let key: string;
let tenants = 0;
let world: World;
const neverReached: string[] = [];

beforeAll(async () => {
  server = await createCallServer({ TALKTURO_MAX_CALLS: '5000' });
  const other = await server.tenant('foreign');
  world = { own: new Map(), foreign: new Map() };
  await settle(other.slug, other.key, world.foreign);
  digest = await createDigest(server.platform.db, { leaveOut: LEFT_OUT, countOnly: new Set(['calls', 'contacts']) });
});
afterAll(() => server.close());

/** Each endpoint meets a fresh account with one of everything, beside another's; people's endpoints as its signed-in owner. */
async function meet(endpoint: EndpointShape): Promise<void> {
  world.own = new Map();
  if (bySession(endpoint)) return signUpOwner();
  const tenant = await server.tenant(`tenant-${++tenants}`);
  key = tenant.key;
  await settle(tenant.slug, tenant.key, world.own);
}

/** Again when the one before signed out, changed the password or ended the sessions. */
async function signUpOwner(): Promise<void> {
  // So many people from one address would be throttled.
  await server.platform.connection.pool.query('delete from rate_windows');
  owner = await signedUp(server);
  world.own = new Map([['usr', [owner.userId]]]);
  const made = await owner.send('POST', '/api/api-keys', { accountSlug: owner.slug, name: 'fuzz', rate_limit_per_hour: 0 });
  if (made.status !== 200) throw new Error(made.text);
  learn(world.own, made.text);
  learn(world.own, (await owner.send('GET', '/api/auth/sessions')).text);
  await settle(owner.slug, made.body.fullKey, world.own);
}

async function settle(slug: string, token: string, ids: World['own']): Promise<void> {
  const { rows } = await server.platform.connection.pool.query('select id from accounts where slug = $1', [slug]);
  const accountId = rows[0].id as string;
  const teamId = accountId.replace('acct', 'team');
  ids.set('acct', [accountId]).set('team', [teamId]).set('slug', [slug]);
  await furnish(teamId, slug, token, ids);
}

/** One of most things, so that ids name something. */
async function furnish(teamId: string, accountSlug: string, token: string, ids: World['own']): Promise<void> {
  const make = async (method: string, url: string, body: object) => {
    const answer = await send(method, url, JSON.stringify(body), token);
    if (answer.status !== 200) throw new Error(`${method} ${url}: ${answer.text}`);
    learn(ids, answer.text);
    return answer.body;
  };
  const unique = randomInt(10 ** 6);
  const { company } = await make('POST', '/api/crm/companies', { teamId, name: 'Acme' });
  const person = { teamId, companyId: company.id, firstName: 'A', lastName: 'B' };
  const { contact } = await make('POST', '/api/crm/contacts', { ...person, phone: `+1212${1_000_000 + unique}` });
  const { assistant } = await make('POST', '/api/assistants', { accountSlug, name: 'A', templateId: 'outbound-setter' });
  const local = { provider: 'local', voice_provider: 'local', transcriptor_provider: 'local', inbound_enabled: true };
  await make('PATCH', `/api/assistants/${assistant.id}`, { accountSlug, ...local });
  await make('POST', '/api/crm/campaigns', { teamId, name: 'C', assistantId: assistant.id, companyId: company.id });
  await make('POST', '/api/crm/custom-fields', { teamId, entity: 'company', name: `f ${unique}`, type: 'number' });
  await make('POST', '/api/crm/opportunities', { teamId, name: 'O', contactId: contact.id });
  const { webhook } = await make('POST', '/api/webhooks', { accountSlug, url: 'http://127.0.0.1:9/hook', events: ['call.completed'] });
  await make('POST', `/api/webhooks/${webhook.id}/test`, {});
  await make('POST', '/api/crm/companies', { teamId, name: 'Empty' });
  await make('POST', '/api/phone-numbers/purchase', { teamId, phoneNumber: `+1213${3_000_000 + unique}` });
  await make('POST', '/api/calls', { assistantId: assistant.id, toNumber: `+1212${2_000_000 + unique}` });
}

const send = (method: string, url: string, body: string | undefined, token: string) =>
  server.request(method, url, {
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  });

const bySession = (endpoint: EndpointShape) => ['session', 'member', 'admin'].includes(endpoint.access);

async function ask(endpoint: EndpointShape, url: string, body: string | undefined): Promise<TestAnswer> {
  if (!bySession(endpoint)) return send(endpoint.method, url, body, key);
  const headers = {
    'x-account-slug': world.own.get('slug')?.[0] ?? '',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const answer = await owner.send(endpoint.method, url, body, headers);
  if (answer.status === 401) await signUpOwner();
  return answer;
}

const changedSince = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((table) => after[table] !== before[table]);

/** Statuses an endpoint need not declare. */
const GENERAL = [200, 400, 401, 403, 404];

test.each(allEndpoints)('$name holds to its contract whatever is asked', async ({ endpoint }) => {
  await meet(endpoint);
  let reached = 0;
  const streams = endpoint.file?.types.includes('text/event-stream');
  await fc.assert(
    fc.asyncProperty(requestsTo(endpoint), async (request) => {
      // A stream that opens does not end: only what names nothing is asked for.
      const { url, body } = resolve(endpoint, request, streams ? { own: new Map(), foreign: world.foreign } : world);
      const before = await digest();
      const answer = await ask(endpoint, url, body);
      const told = `${endpoint.method} ${url}\n${body}\n→ ${answer.status} ${answer.text.slice(0, 500)}`;
      expect(answer.status, told).toBeLessThan(500);
      expect([...GENERAL, ...(endpoint.alsoAnswers ?? [])], told).toContain(answer.status);
      if (answer.status === 200) {
        reached++;
        learn(world.own, answer.text);
      } else {
        expect(errorAnswer.strict().safeParse(answer.body).error?.issues, told).toBeUndefined();
      }
      const refused = answer.status !== 200 && answer.status !== 401;
      if (refused || endpoint.method === 'GET') expect(changedSince(before, await digest()), told).toEqual([]);
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  if (reached === 0) neverReached.push(`${endpoint.method} ${endpoint.path}`);
});

test('most endpoints were also asked for something they do', () => {
  // Chance does not come to passwords, codes and secrets of letters, calls that are over, streams.
  expect(neverReached.length, neverReached.join('\n')).toBeLessThan(allEndpoints.length / 4);
});
