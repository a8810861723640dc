import { VENDORS } from '@talkturo/contract';
import { VENDOR_KEYS } from '@talkturo/providers';
import { type KeySimulator, startKeySimulator } from '@talkturo/providers/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMembership } from '../identity/memberships.ts';
import { signedUp } from '../testing/test-browser.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let vendors: KeySimulator;
let server: TestServer;
let tenants = 0;
const SERVER_KEY = 'deepgram-key-0001';

beforeAll(async () => {
  vendors = await startKeySimulator();
  server = await createTestServer({ ...vendors.settings, DEEPGRAM_API_KEY: SERVER_KEY, OPENAI_API_KEY: 'a key of the server' });
});
afterAll(async () => {
  await server.close();
  await vendors.stop();
});

const newTenant = () => server.tenant(`keys-${++tenants}`);
const PATH = '/api/settings/providers';
const put = (tenant: TestTenant, providers: object) =>
  server.request('PUT', PATH, { body: { providers }, headers: { authorization: `Bearer ${tenant.key}` } });
const check = (tenant: TestTenant, provider: string) => tenant.post(`${PATH}/${provider}/check`, {});
const shown = async (tenant: TestTenant, provider: string) =>
  (await tenant.get(PATH)).body.providers.find((each: { provider: string }) => each.provider === provider);

test('the contract knows the vendors of the catalogue, in its order', () => {
  expect([...VENDOR_KEYS.map(({ id }) => id), 'telnyx', 'twilio']).toEqual([...VENDORS]);
});

test('a new account sees every vendor and which of them the server has a key for', async () => {
  const { body } = await (await newTenant()).get(PATH);
  expect(body.providers.map((each: { provider: string }) => each.provider)).toEqual([...VENDORS]);
  const sources = Object.fromEntries(body.providers.map((each: { provider: string; source: string }) => [each.provider, each.source]));
  expect(sources).toMatchObject({ deepgram: 'server', openai: 'server', cartesia: null, 'openai-compatible': null });
});

test('a key is kept sealed and shown by its last four characters alone', async () => {
  const tenant = await newTenant();
  const secret = 'sk-very-secret-4b06';
  const answer = await put(tenant, { openai: { api_key: ` ${secret} ` } });
  expect(answer.status).toBe(200);
  expect(await shown(tenant, 'openai')).toMatchObject({ source: 'account', server_key: true, last_four: '4b06', last_check: null });
  expect(answer.text).not.toContain('very-secret');
  const { rows } = await server.platform.connection.pool.query('select * from vendor_keys where account_id = $1', [tenant.accountId]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('very-secret');
  const audit = await server.platform.connection.pool.query('select * from audit_log where account_id = $1', [tenant.accountId]);
  expect(audit.rows).toMatchObject([{ action: 'provider_key.set', target: 'openai', changes: { last_four: { from: null, to: '4b06' } } }]);
  expect(JSON.stringify(audit.rows)).not.toContain('very-secret');
});

test('several are set, replaced and removed at once; the others stay', async () => {
  const tenant = await newTenant();
  await put(tenant, { openai: { api_key: 'first-openai-key' }, cartesia: { api_key: 'a-cartesia-key-1' } });
  await put(tenant, { openai: { api_key: 'second-openai-key' }, cartesia: null, anthropic: { api_key: 'an-anthropic-key' } });
  const access = await server.platform.vendorKeys.accessOf(tenant.accountId);
  expect(Object.fromEntries([...access].map(([vendor, own]) => [vendor, own?.apiKey]))).toEqual({
    openai: 'second-openai-key',
    anthropic: 'an-anthropic-key',
  });
  expect(await shown(tenant, 'cartesia')).toMatchObject({ source: null, last_four: null });
});

test('the end of a short key is not shown', async () => {
  const tenant = await newTenant();
  await put(tenant, { qwen: { api_key: 'short-key' } });
  expect(await shown(tenant, 'qwen')).toMatchObject({ source: 'account', last_four: null });
});

test('a server of one’s own needs an address and a model; its key is gone when the address is set without it', async () => {
  const tenant = await newTenant();
  const own = { base_url: 'https://models.example.com/v1', model: 'llama' };
  expect((await put(tenant, { 'openai-compatible': { api_key: 'no address' } })).status).toBe(400);
  await put(tenant, { 'openai-compatible': { ...own, api_key: 'the-key-of-models' } });
  expect(await shown(tenant, 'openai-compatible')).toMatchObject({ ...own, last_four: 'dels' });
  await put(tenant, { 'openai-compatible': { ...own, base_url: 'https://elsewhere.example.com' } });
  const access = await server.platform.vendorKeys.accessOf(tenant.accountId);
  expect(access.get('openai-compatible')).toEqual({ apiKey: null, settings: { ...own, base_url: 'https://elsewhere.example.com' } });
});

test.each([
  [{}, 'at least one vendor'],
  [{ acme: { api_key: 'a-long-enough-key' } }, 'is not a field'],
  [{ openai: { api_key: 'two words here' } }, 'without spaces'],
  [{ openai: { api_key: 'short' } }, '8 to 500'],
  [{ openai: {} }, 'api_key'],
])('%j is refused with a sentence', async (providers, sentence) => {
  const answer = await put(await newTenant(), providers);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(sentence);
});

describe('a check', () => {
  test('says that the vendor takes the key, and is remembered', async () => {
    const tenant = await newTenant();
    await put(tenant, { elevenlabs: { api_key: vendors.keyOf('elevenlabs') } });
    const answer = await check(tenant, 'elevenlabs');
    expect(answer.body.check).toMatchObject({ ok: true, source: 'account', problem: null, message: 'ElevenLabs takes the key.' });
    expect((await shown(tenant, 'elevenlabs')).last_check).toEqual(answer.body.check);
    expect((await shown(await newTenant(), 'elevenlabs')).last_check).toBeNull();
  });

  test('says what is wrong, and is forgotten when the key changes', async () => {
    const tenant = await newTenant();
    await put(tenant, { openai: { api_key: 'not-the-right-one' } });
    const answer = await check(tenant, 'openai');
    expect([answer.status, answer.body.check.problem]).toEqual([200, 'auth']);
    expect(answer.body.check.message).toMatch(/^OpenAI does not take the key: it is wrong, was revoked or lacks a permission\. \(/);
    expect((await shown(tenant, 'openai')).last_check.ok).toBe(false);
    await put(tenant, { openai: { api_key: vendors.keyOf('openai') } });
    expect((await shown(tenant, 'openai')).last_check).toBeNull();
  });

  test('tries the key of the server where the account has none', async () => {
    const tenant = await newTenant();
    expect((await check(tenant, 'deepgram')).body.check).toMatchObject({ ok: true, source: 'server' });
    expect((await shown(tenant, 'deepgram')).last_check.source).toBe('server');
  });

  test('needs a key and a vendor', async () => {
    const tenant = await newTenant();
    expect(await check(tenant, 'cartesia')).toMatchObject({
      status: 409,
      body: { error: 'There is no key for Cartesia yet: set one first.' },
    });
    expect((await check(tenant, 'acme')).status).toBe(404);
  });

  test('of a key that does not open says so', async () => {
    const tenant = await newTenant();
    await put(tenant, { openai: { api_key: vendors.keyOf('openai') } });
    await server.platform.connection.pool.query('update vendor_keys set sealed = $1 where account_id = $2', ['v1.AAAA', tenant.accountId]);
    const answer = await check(tenant, 'openai');
    expect(answer.body.check).toMatchObject({ ok: false, problem: 'auth' });
    expect(answer.body.check.message).toContain('set it again');
  });
});

describe('who may', () => {
  test('a member sees, an owner changes', async () => {
    const owner = await signedUp(server);
    const member = await signedUp(server);
    const { accountId } = await server.tenantOf(owner.slug);
    await addMembership(server.platform.db, { accountId, userId: member.userId, role: 'member' });
    const as = { 'x-account-slug': owner.slug };
    const body = { providers: { openai: { api_key: 'a-key-of-the-owner' } } };
    expect((await member.send('GET', PATH, undefined, as)).status).toBe(200);
    expect(await member.send('PUT', PATH, body, as)).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining('owner or admin') },
    });
    expect((await member.send('POST', `${PATH}/deepgram/check`, {}, as)).status).toBe(403);
    expect((await owner.send('PUT', PATH, body, as)).status).toBe(200);
  });

  test('a program needs the scope', async () => {
    const reader = await server.tenant(`keys-${++tenants}`, { scopes: ['settings:read'] });
    expect((await reader.get(PATH)).status).toBe(200);
    expect((await put(reader, { openai: null })).body.error).toContain('settings:write');
  });
});
