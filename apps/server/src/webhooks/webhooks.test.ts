import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let ours: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  ours = await server.tenant('ours');
  theirs = await server.tenant('theirs');
});
afterAll(() => server.close());

const create = async (tenant: TestTenant, more: Record<string, unknown> = {}) =>
  (await tenant.post('/api/webhooks', { url: 'https://hooks.example.com/in', ...more })).body;

test('a webhook is made with a secret that is shown once', async () => {
  const { success, webhook, secret } = await create(ours, { description: 'CRM', events: ['call.completed'] });
  expect(success).toBe(true);
  expect(webhook).toMatchObject({
    id: expect.stringMatching(/^whk_/),
    account_id: ours.accountId,
    assistant_id: null,
    url: 'https://hooks.example.com/in',
    description: 'CRM',
    events: ['call.completed'],
    enabled: true,
    failing_since: null,
  });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const again = await ours.get(`/api/webhooks/${webhook.id}`);
  expect(again.body.webhook).toEqual(webhook);
  expect(again.text).not.toContain(secret);
});

test('the secret and the signing key do not lie open in the database', async () => {
  const { secret } = await create(ours);
  await ours.get('/api/webhooks/public-key');
  const { rows } = await server.platform.connection.pool.query(
    'select secret as sealed from webhook_endpoints union all select private_key from webhook_keys',
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { sealed } of rows as { sealed: string }[]) {
    expect(sealed).toMatch(/^v1\./);
    expect(sealed).not.toContain(secret.slice('whsec_'.length));
  }
});

test('lists are newest first, paged, per assistant, and only of the account', async () => {
  const tenant = await server.tenant('lists');
  const made = [await create(tenant), await create(tenant), await create(tenant)];
  const list = await tenant.get('/api/webhooks?limit=2');
  expect(list.body).toMatchObject({ count: 3, limit: 2, offset: 0 });
  expect(list.body.webhooks.map((one: { id: string }) => one.id)).toEqual([made[2].webhook.id, made[1].webhook.id]);
  expect((await tenant.get('/api/webhooks?accountSlug=ours')).status).toBe(403);
  expect((await tenant.get('/api/webhooks?assistantId=asst_none')).body).toMatchObject({ count: 0, webhooks: [] });
});

test('changes', async () => {
  const { webhook } = await create(ours);
  const changed = await ours.patch(`/api/webhooks/${webhook.id}`, {
    enabled: false,
    events: ['call.hangup'],
    url: 'https://b.example.com/',
  });
  expect(changed.body.webhook).toMatchObject({ enabled: false, events: ['call.hangup'], url: 'https://b.example.com/' });
  expect((await ours.delete(`/api/webhooks/${webhook.id}`)).status).toBe(200);
  expect((await ours.get(`/api/webhooks/${webhook.id}`)).status).toBe(404);
});

test('another account’s webhook is 403, none is 404', async () => {
  const { webhook } = await create(ours);
  for (const [method, path, body] of [
    ['get', `/api/webhooks/${webhook.id}`, undefined],
    ['patch', `/api/webhooks/${webhook.id}`, { enabled: false }],
    ['delete', `/api/webhooks/${webhook.id}`, undefined],
    ['post', `/api/webhooks/${webhook.id}/rotate-secret`, {}],
    ['post', `/api/webhooks/${webhook.id}/test`, undefined],
    ['get', `/api/webhooks/${webhook.id}/deliveries`, undefined],
    ['get', `/api/webhooks/${webhook.id}/deliveries/evt_1`, undefined],
    ['post', `/api/webhooks/${webhook.id}/deliveries/evt_1/resend`, undefined],
  ] as const) {
    const call = (url: string) => (method === 'get' ? theirs.get(url) : theirs[method](url, body));
    expect.soft((await call(path)).status, `${method} ${path}`).toBe(403);
    expect.soft((await call(path.replace(webhook.id, newId('whk')))).status).toBe(404);
  }
  expect((await ours.get(`/api/webhooks/${webhook.id}/deliveries/${newId('evt')}`)).status).toBe(404);
});

test('an assistant that is another’s or not there is refused', async () => {
  const { assistant } = (await theirs.post('/api/assistants', { accountSlug: 'theirs', name: 'A' })).body;
  expect((await ours.post('/api/webhooks', { url: 'https://a.example.com', assistantId: assistant.id })).status).toBe(403);
  expect((await ours.post('/api/webhooks', { url: 'https://a.example.com', assistantId: newId('asst') })).status).toBe(404);
  const kept = await theirs.post('/api/webhooks', { url: 'https://a.example.com', assistantId: assistant.id });
  expect(kept.body.webhook.assistant_id).toBe(assistant.id);
});

test.each([
  ['no url', {}, 'url'],
  ['another scheme', { url: 'ftp://a.example.com' }, 'url'],
  ['a password in it', { url: 'https://user:pass@a.example.com' }, 'url'],
  ['a fragment', { url: 'https://a.example.com/#x' }, 'url'],
  ['an unknown event', { url: 'https://a.example.com', events: ['call.exploded'] }, 'events.0'],
  ['an unknown field', { url: 'https://a.example.com', event: [] }, 'event'],
])('%s is 400 and names the field', async (_what, body, field) => {
  const answer = await ours.post('/api/webhooks', body);
  expect(answer.status).toBe(400);
  expect(answer.body.details[0].path).toBe(field);
});

test('the public key is the account’s own and stays', async () => {
  const key = (await ours.get('/api/webhooks/public-key')).body.public_key;
  expect(Buffer.from(key, 'base64').length).toBe(32);
  expect((await ours.get('/api/webhooks/public-key')).body.public_key).toBe(key);
  expect((await theirs.get('/api/webhooks/public-key')).body.public_key).not.toBe(key);
});

test('scopes', async () => {
  const reader = await server.tenant('reader', { scopes: ['webhooks:read'] });
  expect((await reader.get('/api/webhooks')).status).toBe(200);
  expect((await reader.post('/api/webhooks', { url: 'https://a.example.com' })).status).toBe(403);
});

test('in production an address that is private on its face is refused at once', async () => {
  const production = await createTestServer({ TALKTURO_ENV: 'production' });
  try {
    const tenant = await production.tenant();
    for (const url of ['http://127.0.0.1/', 'http://2130706433/', 'https://[::1]/', 'http://169.254.169.254/latest'])
      expect.soft((await tenant.post('/api/webhooks', { url })).status, url).toBe(400);
    const { webhook } = (await tenant.post('/api/webhooks', { url: 'http://localhost:9/' })).body;
    const { delivery } = (await tenant.post(`/api/webhooks/${webhook.id}/test`)).body;
    expect(delivery).toMatchObject({ status: 'pending', last_status: null, last_error: 'This address is not allowed as a destination.' });
  } finally {
    await production.close();
  }
});
