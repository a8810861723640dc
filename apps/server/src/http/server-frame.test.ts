import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let tenant: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  tenant = await server.tenant();
});
afterAll(() => server.close());

test('a valid key is told so', async () => {
  expect(await tenant.get('/api/test-api-key')).toMatchObject({ status: 200, body: { success: true } });
});

test.each([
  ['no header', {}],
  ['another scheme', { authorization: 'Basic abc' }],
  ['a malformed token', { authorization: 'Bearer nonsense' }],
  ['an unknown token', { authorization: 'Bearer tk_live_0000000000000000000000' }],
])('%s is 401 with the documented text', async (_what, headers) => {
  const answer = await server.request('GET', '/api/test-api-key', { headers: headers as Record<string, string> });
  expect(answer).toMatchObject({ status: 401, body: { success: false, error: 'Unauthorized' } });
});

test('an unknown route is a JSON 404, a wrong method a JSON 405 with Allow', async () => {
  expect(await server.request('GET', '/api/nothing')).toMatchObject({ status: 404, body: { success: false } });
  const wrong = await server.request('DELETE', '/api/test-api-key');
  expect(wrong).toMatchObject({ status: 405, body: { success: false } });
  expect(wrong.headers.allow).toContain('GET');
});

test.each(['{"a"', 'hello', '{"a":1}}', '{"__proto__":{"a":1}}'])('the body %s is not valid JSON', async (body) => {
  const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' };
  const answer = await server.request('POST', '/api/assistants', { headers, body });
  expect(answer).toMatchObject({ status: 400, body: { success: false, error: 'The body is not valid JSON.' } });
});
