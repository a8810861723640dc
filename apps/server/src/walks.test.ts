import { type EndpointShape, endpoints, openApiDocument } from '@talkturo/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeResources, type Resources } from './testing/resources.ts';
import { signedUp } from './testing/test-browser.ts';
import { createTestServer, type TestAnswer, type TestServer, type TestTenant } from './testing/test-server.ts';

/** Who may be asked without a token. Nothing else may. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'GET /docs',
  'GET /docs/de',
  'GET /api/openapi.json',
  'GET /api/auth/get-session',
  'POST /api/auth/sign-up/email',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/invitations/read',
];

/** What is a person's own and belongs to no account, so that there is no other account's to ask for. */
const PERSONAL = /^\S+ \/api\/(auth\/|accounts$|invitations\/accept$|test-api-key$)/;

/** Parameters of paths that are words everybody may say; the account is another's by its name then. */
const WORDS = new Set(['provider', 'voiceId']);

const ALL = Object.entries(endpoints).map(([name, endpoint]) => ({
  name,
  at: `${endpoint.method} ${endpoint.path}`,
  endpoint: endpoint as EndpointShape,
}));
const document = openApiDocument('http://localhost');

type Owner = Awaited<ReturnType<typeof signedUp>>;
let server: TestServer;
let mine: { owner: Owner; tenant: TestTenant };
let other: { owner: Owner; tenant: TestTenant; resources: Resources };

beforeAll(async () => {
  server = await createTestServer();
  const [me, them] = [await signedUp(server, { workspaceName: 'Mine' }), await signedUp(server, { workspaceName: 'Theirs' })];
  mine = { owner: me, tenant: await server.tenantOf(me.slug) };
  const tenant = await server.tenantOf(them.slug);
  other = { owner: them, tenant, resources: await makeResources(server, tenant, them) };
  // Else their keys' last use is written a second later, in the middle of a comparison.
  await server.platform.identity.usage.flush();
});
afterAll(() => server.close());

test('every endpoint is served once, and nothing is served that is not in the contract', () => {
  const served = server.app.servedRoutes.filter((route) => route.method !== 'HEAD');
  const bound = served.filter((route) => route.endpoint).map((route) => `${route.endpoint?.method} ${route.endpoint?.path}`);
  expect(bound.toSorted()).toEqual(ALL.map(({ at }) => at).toSorted());
  const outside = served.filter((route) => !route.endpoint && route.url.startsWith('/api')).map((route) => `${route.method} ${route.url}`);
  expect(outside).toEqual([]);
});

test('the public endpoints are the written ones', () => {
  expect(
    ALL.filter(({ endpoint }) => endpoint.access === 'public')
      .map(({ at }) => at)
      .toSorted(),
  ).toEqual(PUBLIC.toSorted());
});

describe('without a token', () => {
  test.each(ALL.filter(({ at }) => !PUBLIC.includes(at)))('$at is 401', async ({ endpoint }) => {
    const body = endpoint.method === 'GET' ? undefined : {};
    const answer = await server.request(endpoint.method, endpoint.path.replace(/\{\w+\}/g, 'x'), { body });
    expect(answer).toMatchObject({ status: 401, body: { success: false, error: 'Unauthorized' } });
  });
});

describe('for another account', () => {
  test.each(ALL.filter(({ at }) => !PUBLIC.includes(at) && !PERSONAL.test(at)))('$at is 403', async ({ endpoint }) => {
    const before = await snapshot();
    const answer = await asked(endpoint);
    expect([answer.status, answer.body?.success, answer.text.length]).toEqual([403, false, expect.any(Number)]);
    expect(await snapshot()).toEqual(before);
  });
});

/** My request for the other account's thing; for what has no id, in the other account's name. */
async function asked(endpoint: EndpointShape): Promise<TestAnswer> {
  const hasIds = Object.keys(endpoint.params?.shape ?? {}).some((name) => !WORDS.has(name));
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const id = other.resources[name];
    if (!id) throw new Error(`testing/resources.ts makes nothing for {${name}}: add a line there.`);
    return id;
  });
  const whose = hasIds ? mine : other;
  const fields = { accountSlug: whose.tenant.slug, teamId: whose.tenant.teamId, accountId: whose.tenant.accountId };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (endpoint.query?.shape[name]) query.set(name, value);
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
  for (const parameter of operation?.parameters ?? []) {
    if (parameter.in === 'query' && parameter.required && !query.has(parameter.name)) query.set(parameter.name, String(parameter.example));
  }
  const example = operation?.requestBody?.content['application/json']?.example as Record<string, unknown> | undefined;
  const named = Object.entries(fields).filter(([name]) => endpoint.body?.shape[name]);
  const body = example && { ...example, ...Object.fromEntries(named) };
  const url = query.size > 0 ? `${path}?${query}` : path;
  const headers: Record<string, string> = hasIds || query.size > 0 || named.length > 0 ? {} : { 'x-account-slug': other.tenant.slug };
  const bySession = endpoint.access === 'admin' || endpoint.access === 'member';
  if (bySession) return mine.owner.send(endpoint.method, url, body, headers);
  return server.request(endpoint.method, url, { body, headers: { ...headers, authorization: `Bearer ${mine.tenant.key}` } });
}

/** Every row of the other account, as a sum a table. */
async function snapshot(): Promise<unknown> {
  const { pool } = server.platform.connection;
  const owned = `select table_name as name from information_schema.columns where column_name = 'account_id' and table_schema = 'public'`;
  const tables = (await pool.query<{ name: string }>(owned)).rows.map((row) => row.name).sort();
  const sums = tables.map(
    (name) => `select '${name}' as name, md5(string_agg(x::text, '' order by x::text)) as sum from "${name}" x where account_id = $1`,
  );
  return (await pool.query(sums.join(' union all '), [other.tenant.accountId])).rows;
}
