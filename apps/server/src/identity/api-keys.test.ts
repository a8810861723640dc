import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedUp } from '../testing/test-browser.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let owner: Awaited<ReturnType<typeof signedUp>>;
beforeAll(async () => {
  server = await createTestServer();
  owner = await signedUp(server, { workspaceName: 'Key Owner' });
});
afterAll(() => server.close());

const make = async (more: object = {}) => {
  const answer = await owner.send('POST', '/api/api-keys', { name: 'production-integration', ...more });
  expect(answer.status).toBe(200);
  return answer.body as { apiKey: { id: string; [field: string]: unknown }; fullKey: string };
};
const use = (key: string, url = '/api/test-api-key') => server.request('GET', url, { headers: { authorization: `Bearer ${key}` } });

test('a new key works, is shown once and listed by its prefix', async () => {
  const { apiKey, fullKey } = await make();
  expect(fullKey).toMatch(/^tk_test_[\w-]{32}$/);
  expect(apiKey).toMatchObject({
    scopes: ['*'],
    rate_limit_per_hour: 1000,
    created_by: owner.userId,
    last_used_at: null,
    expires_at: null,
  });
  expect((await use(fullKey)).status).toBe(200);
  const listed = await owner.send('GET', '/api/api-keys');
  expect(listed.text).not.toContain(fullKey);
  expect(listed.body.apiKeys[0]).toMatchObject({ id: apiKey.id, prefix: fullKey.slice(0, 12) });
  const lastUsed = async () => (await owner.send('GET', '/api/api-keys')).body.apiKeys[0].last_used_at;
  await expect.poll(async () => Date.parse(await lastUsed())).toBeGreaterThan(0);
});

test('a revoked key is refused at once and gone from the list', async () => {
  const { apiKey, fullKey } = await make();
  expect((await use(fullKey)).status).toBe(200);
  expect((await owner.send('DELETE', `/api/api-keys/${apiKey.id}`)).status).toBe(200);
  // Where the run has two nodes, both: one made the change, the other is told.
  for (let node = 0; node < 2; node++)
    await expect.poll(() => use(fullKey)).toMatchObject({ status: 401, body: { success: false, error: 'Unauthorized' } });
  expect((await owner.send('DELETE', `/api/api-keys/${apiKey.id}`)).status).toBe(404);
});

test('scopes are validated, followed and changeable', async () => {
  const wrong = await owner.send('POST', '/api/api-keys', { name: 'x', scopes: ['assistants:read', 'assistant:read'] });
  expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringContaining('scopes.1: must be one of *, ') } });
  const { apiKey, fullKey } = await make({ scopes: ['members:read'] });
  expect((await use(fullKey, '/api/members')).status).toBe(200);
  expect((await use(fullKey, '/api/assistants')).status).toBe(403);
  expect((await owner.send('PATCH', `/api/api-keys/${apiKey.id}`, { scopes: ['assistants:*'] })).body.apiKey.scopes).toEqual([
    'assistants:*',
  ]);
  expect((await use(fullKey, '/api/members')).status).toBe(403);
  expect((await use(fullKey, '/api/assistants')).status).toBe(200);
});

test('a key may not manage keys, people or sessions', async () => {
  const { fullKey, apiKey } = await make();
  for (const [method, url, body] of [
    ['GET', '/api/api-keys'],
    ['POST', '/api/api-keys', { name: 'y' }],
    ['DELETE', `/api/api-keys/${apiKey.id}`],
    ['GET', '/api/accounts'],
    ['GET', '/api/auth/sessions'],
    ['GET', '/api/audit-log'],
  ] as const) {
    const answer = await server.request(method, url, { body, headers: { authorization: `Bearer ${fullKey}` } });
    expect([method, url, answer.status]).toEqual([method, url, 403]);
  }
});

test('an expired key is 401; one cannot expire in the past', async () => {
  expect((await owner.send('POST', '/api/api-keys', { name: 'x', expires_at: '2020-01-01T00:00:00Z' })).status).toBe(400);
  const { fullKey, apiKey } = await make({ expires_at: new Date(Date.now() + 3_600_000).toISOString() });
  expect((await use(fullKey)).status).toBe(200);
  await server.platform.connection.pool.query(`update api_keys set expires_at = now() - interval '1 second' where id = $1`, [apiKey.id]);
  expect((await use(fullKey)).status).toBe(401);
});

test('keys of another workspace are out of reach', async () => {
  const { apiKey } = await make();
  const other = await signedUp(server);
  expect((await other.send('DELETE', `/api/api-keys/${apiKey.id}`)).status).toBe(403);
  expect((await other.send('PATCH', `/api/api-keys/${apiKey.id}`, { name: 'x' })).status).toBe(403);
  expect((await other.send('GET', '/api/api-keys')).body.apiKeys).toEqual([]);
});

test('the hourly limit is counted down in headers and then 429', async () => {
  const { fullKey, apiKey } = await make({ rate_limit_per_hour: 3 });
  const left: unknown[] = [];
  for (let at = 0; at < 3; at++) left.push((await use(fullKey)).headers['ratelimit-remaining']);
  expect(left).toEqual(['2', '1', '0']);
  const refused = await use(fullKey);
  expect(refused).toMatchObject({ status: 429, body: { success: false } });
  expect(refused.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '0' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  await owner.send('PATCH', `/api/api-keys/${apiKey.id}`, { rate_limit_per_hour: 0 });
  const free = await use(fullKey);
  expect(free.status).toBe(200);
  expect(free.headers).not.toHaveProperty('ratelimit-limit');
});
