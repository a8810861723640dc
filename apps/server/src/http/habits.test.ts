import { type AddressInfo, connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { createServerFrame } from './server-frame.ts';

let server: TestServer;
let tenant: TestTenant;
let port: number;
beforeAll(async () => {
  server = await createTestServer();
  tenant = await server.tenant();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

test('every answer has an id, refusals too, and protects itself in browsers', async () => {
  for (const answer of [await tenant.get('/api/test-api-key'), await server.request('GET', '/api/nothing'), await tenant.get('/healthz')]) {
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  }
});

test('a page of any site may use the API with a key, never with a cookie', async () => {
  const asked = await server.request('OPTIONS', '/api/assistants', {
    headers: { origin: 'https://app.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers['access-control-allow-origin']).toBe('*');
  expect(asked.headers['access-control-allow-methods']).toContain('POST');
  expect(asked.headers['access-control-allow-headers']).toMatch(/Authorization.*Idempotency-Key/);
  expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
  const refused = await server.request('GET', '/api/assistants', { headers: { origin: 'https://app.example' } });
  expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': '*' } });
});

test('OPTIONS says what a path takes, HEAD is GET without a body', async () => {
  const options = await server.request('OPTIONS', '/api/assistants/asst_1');
  expect(options.status).toBe(204);
  expect(String(options.headers.allow).split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH']);
  expect((await server.request('OPTIONS', '/api/nothing')).status).toBe(404);
  const headers = { authorization: `Bearer ${tenant.key}` };
  const [head, get] = [await server.request('HEAD', '/api/assistants', { headers }), await tenant.get('/api/assistants')];
  expect(head).toMatchObject({ status: 200, text: '' });
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
  expect((await server.request('HEAD', '/api/assistants')).status).toBe(401);
});

test('large answers are compressed for who takes it', async () => {
  const prompt = 'Be kind. '.repeat(500);
  const { assistant } = (await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Long' })).body;
  await tenant.patch(`/api/assistants/${assistant.id}`, { accountSlug: tenant.slug, system_prompt: prompt });
  const ask = (encoding: string) =>
    server.app.inject({
      url: `/api/assistants/${assistant.id}`,
      headers: { authorization: `Bearer ${tenant.key}`, 'accept-encoding': encoding },
    });
  const small = await ask('br, gzip;q=0.8');
  expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  expect(small.rawPayload.length).toBeLessThan(2000);
  expect(JSON.parse(gunzipSync(small.rawPayload).toString()).assistant.system_prompt).toBe(prompt);
  for (const encoding of ['identity', 'gzip;q=0', 'br']) expect((await ask(encoding)).headers).not.toHaveProperty('content-encoding');
});

test.each([
  ['/api/assistants/%E0%A4%A', 400],
  [`/api/assistants/${'x'.repeat(2000)}`, 404],
  ['/api/assistants/a%00b', 400],
])('the address %s gets the envelope', async (url, status) => {
  const answer = await tenant.get(url);
  expect(answer).toMatchObject({ status, body: { success: false, error: expect.stringMatching(/\.$/) } });
});

test.each([
  ['{"name": ', 'application/json', 400],
  ['name=A', 'application/x-www-form-urlencoded', 400],
  ['<a/>', 'text/xml', 400],
  ['[]', 'application/json', 400],
  ['"text"', 'application/json', 400],
  ['null', 'application/json', 400],
  ['', 'application/json', 400],
  ['{"__proto__": {"x": 1}}', 'application/json', 400],
  [`{"name": "${'x'.repeat(1_100_000)}"}`, 'application/json', 413],
])('the body %.20s as %s gets a sentence', async (body, type, status) => {
  const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': type };
  const answer = await server.request('POST', '/api/assistants', { body, headers });
  expect(answer).toMatchObject({ status, body: { success: false, error: expect.stringMatching(/\S/) } });
});

test('what is no HTTP gets the envelope and is shown out', async () => {
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
    socket
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1.1 400/);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ success: false });
});

test('a repeated request with an Idempotency-Key happens once', async () => {
  const body = { accountSlug: tenant.slug, name: 'Once' };
  const send = (key: string, more: object = {}) => tenant.post('/api/assistants', { ...body, ...more }, { 'idempotency-key': key });
  const first = await send('one');
  const again = await send('one');
  expect(again.body).toEqual(first.body);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', etag: first.headers.etag });
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  expect(await send('one', { name: 'Other' })).toMatchObject({ status: 409, body: { success: false } });
  expect((await send('two')).body.assistant.id).not.toBe(first.body.assistant.id);
  expect((await send('')).status).toBe(400);
  expect((await send('k'.repeat(256))).status).toBe(400);
});

test('twenty repetitions at once are one request', async () => {
  const team = await server.tenant('burst-team');
  const body = { accountSlug: 'burst-team', name: 'Burst' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => team.post('/api/assistants', body, { 'idempotency-key': 'burst' })));
  expect(new Set(answers.map((answer) => answer.body.assistant.id)).size).toBe(1);
  expect((await team.get('/api/assistants')).body.count).toBe(1);
});

test('keys of two accounts do not meet, and a refused request frees its key', async () => {
  const other = await server.tenant('idempotent-team');
  const key = { 'idempotency-key': 'same' };
  const mine = await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Mine' }, key);
  const theirs = await other.post('/api/assistants', { accountSlug: other.slug, name: 'Mine' }, key);
  expect(theirs.body.assistant.id).not.toBe(mine.body.assistant.id);
  expect((await other.post('/api/assistants/asst_1/clone', {}, { 'idempotency-key': 'refused' })).status).toBe(404);
  expect((await other.post('/api/assistants', { accountSlug: other.slug, name: 'B' }, { 'idempotency-key': 'refused' })).status).toBe(200);
});

test('a request lost with its node frees its key, an answer is forgotten after a day', async () => {
  const body = { accountSlug: tenant.slug, name: 'Lost' };
  const send = (key: string) => tenant.post('/api/assistants', body, { 'idempotency-key': key });
  const first = await send('lost');
  const { pool } = server.platform.connection;
  await pool.query(`update idempotency_keys set status = null, created_at = now() - interval '3 minutes' where status is not null`);
  const second = await send('lost');
  expect(second.status).toBe(200);
  expect(second.body.assistant.id).not.toBe(first.body.assistant.id);
  await pool.query(`update idempotency_keys set created_at = now() - interval '25 hours'`);
  expect((await send('lost')).headers).not.toHaveProperty('idempotent-replayed');
  await pool.query(`update idempotency_keys set created_at = now() - interval '25 hours'`);
  await server.platform.idempotency.sweep();
  expect((await pool.query('select from idempotency_keys')).rowCount).toBe(0);
});

test('while stopping, requests are told to come back', async () => {
  const frame = createServerFrame({ logger: pino({ level: 'silent' }), strictAnswers: true });
  frame.get('/x', () => 'still here');
  let answer: Response | undefined;
  frame.addHook('preClose', async () => {
    answer = await fetch(`http://127.0.0.1:${(frame.server.address() as AddressInfo).port}/x`);
  });
  await frame.listen({ port: 0, host: '127.0.0.1' });
  await frame.close();
  expect(answer?.status).toBe(503);
  expect(answer?.headers.get('retry-after')).toBe('5');
  expect(await answer?.json()).toMatchObject({ success: false });
});

test('a line in the log names the route and who asked, and nothing of the person asked about', async () => {
  const lines: string[] = [];
  const logged = await createTestServer({ TALKTURO_LOG_LEVEL: 'info' }, { log: { write: (line) => lines.push(line) } });
  const team = await logged.tenant('logged-team');
  await team.get('/api/assistants?search=Ada+Lovelace');
  await logged.request('GET', '/healthz');
  await logged.close();
  const requests = lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'request');
  expect(requests).toMatchObject([
    { method: 'GET', route: '/api/assistants', status: 200, accountId: team.accountId, ms: expect.any(Number) },
  ]);
  expect(requests[0].requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(lines.join('')).not.toContain('Lovelace');
  expect(lines.join('')).not.toContain(team.key);
});
