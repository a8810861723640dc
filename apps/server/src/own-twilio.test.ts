import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCallbackPost, startTwilioSimulator, type TwilioSimulator } from '@talkturo/carriers/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { localAssistant, scriptedProviders } from './testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';
const COLLEAGUE = '+12025550144';
const SETTINGS = '/api/settings/providers';
/** An account at Twilio that another workspace has. */
const OTHER = { account_sid: `AC${'9'.repeat(32)}`, auth_token: '0123456789abcdef0123456789abcdef' };

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-own-twilio-'));
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let twilio: TwilioSimulator;
let server: TestServer;
let mine: TestTenant;
let theirs: TestTenant;
let theirNumber: string;
let assistantId: string;
let webhookUrl: string;
const others = createCallbackPost(OTHER.auth_token);

beforeAll(async () => {
  tunnel = await startTunnel();
  twilio = await startTwilioSimulator({ voiceUrl: () => webhookUrl });
  server = await createTestServer(
    { TALKTURO_DATA_DIR: dataDir, TWILIO_API_URL: twilio.url, TWILIO_PRICING_URL: twilio.url, PUBLIC_URL: tunnel.url },
    { standIns: { providers: scriptedProviders(), speak: async () => new Int16Array(800) } },
  );
  tunnel.leadTo(await server.listen());
  [mine, theirs] = [await server.tenant('mine'), await server.tenant('theirs')];
  webhookUrl = `${tunnel.url}/webhooks/twilio/${mine.accountId}`;
  const offered = await theirs.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  theirNumber = offered.body.numbers[0].phoneNumber;
  await theirs.post('/api/phone-numbers/purchase', { teamId: theirs.teamId, phoneNumber: theirNumber });
}, 60_000);
afterAll(async () => {
  expect(twilio.problems).toEqual([]);
  others.stop();
  await server.close();
  await twilio.close();
  await tunnel.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const put = (tenant: TestTenant, access: object | null) =>
  server.request('PUT', SETTINGS, { body: { providers: { twilio: access } }, headers: { authorization: `Bearer ${tenant.key}` } });
const setUp = (tenant: TestTenant) => tenant.post(`${SETTINGS}/twilio/set-up`, {});
const check = async (tenant: TestTenant) => (await tenant.post(`${SETTINGS}/twilio/check`, {})).body.check;
const shown = async (tenant: TestTenant) =>
  (await tenant.get(SETTINGS)).body.providers.find(({ provider }: { provider: string }) => provider === 'twilio');
const findings = (body: { setUp: { steps: { step: string; state: string; code: string }[] } }) =>
  Object.fromEntries(body.setUp.steps.map(({ step, state, code }) => [step, `${state} ${code}`]));
const suppliers = async (tenant: TestTenant) => (await tenant.get(`/api/phone-numbers/suppliers?teamId=${tenant.teamId}`)).body;
const record = async (id: string) => (await mine.get(`/api/calls/${id}`)).body.call;
const statusOf = (id: string) => expect.poll(async () => (await record(id)).status, { timeout: 20_000 });

test('an account and its token are set together, never one without the other, and kept sealed', async () => {
  const { accountSid, authToken } = twilio;
  expect((await put(mine, { account_sid: accountSid })).body.error).toBe(
    'providers.twilio.auth_token: must be given together with account_sid',
  );
  expect((await put(mine, { auth_token: authToken })).body.error).toBe(
    'providers.twilio.account_sid: must be given together with auth_token',
  );
  expect((await put(mine, { address_sid: `AD${'1'.repeat(32)}` })).body.error).toBe('providers.twilio.auth_token: is required');
  expect((await put(mine, { account_sid: 'AC1', auth_token: authToken })).body.error).toContain('providers.twilio.account_sid: must be');
  expect((await put(mine, { api_key: authToken })).body.details[0].path).toContain('api_key');
  expect((await put(mine, { account_sid: accountSid, auth_token: authToken })).status).toBe(200);
  expect(await shown(mine)).toMatchObject({
    source: 'account',
    account_sid: accountSid,
    last_four: authToken.slice(-4),
    address_sid: null,
  });
  const { rows } = await server.platform.connection.pool.query('select * from vendor_keys');
  expect(JSON.stringify(rows)).not.toContain(authToken);

  // What is set beside it can be changed without it, and goes when the account is another one.
  await put(mine, { address_sid: `AD${'1'.repeat(32)}` });
  expect(await shown(mine)).toMatchObject({ account_sid: accountSid, address_sid: `AD${'1'.repeat(32)}`, last_four: authToken.slice(-4) });
  await put(mine, OTHER);
  expect(await shown(mine)).toMatchObject({ account_sid: OTHER.account_sid, address_sid: null });
  expect(await shown(theirs)).toMatchObject({ source: null, account_sid: null });
});

test('a check says whether Twilio takes them, without naming the token', async () => {
  expect(await check(mine)).toMatchObject({ ok: false, problem: 'auth', source: 'account' });
  await put(mine, { account_sid: twilio.accountSid, auth_token: twilio.authToken });
  expect(await check(mine)).toMatchObject({ ok: true, message: 'Twilio takes the key.' });
  twilio.account.status = 'suspended';
  const suspended = await check(mine);
  expect(suspended).toMatchObject({ ok: false, problem: 'auth', message: expect.stringContaining('The Twilio account is suspended.') });
  twilio.account.status = 'active';
  expect((await theirs.post(`${SETTINGS}/twilio/check`, {})).status).toBe(409);
});

test('a set-up says step by step what there is, of a trial account too', async () => {
  expect(await setUp(theirs)).toMatchObject({ status: 409, body: { error: 'There is no key for Twilio yet: set one first.' } });
  twilio.account.type = 'Trial';
  const trial = await setUp(mine);
  expect(findings(trial.body)).toEqual({
    public_url: 'missing not_over_tls',
    key: 'there token_taken',
    account: 'limited trial_account',
    balance: 'there balance_left',
    numbers: 'there numbers_led_here',
  });
  expect(trial.body.setUp).toMatchObject({ ready: false, webhook_url: webhookUrl });
  expect(trial.body.setUp.steps[2].message).toBe(
    'It is a trial account: it calls verified numbers only, and tells everybody so. Upgrade it at Twilio.',
  );
  Object.assign(twilio.account, { type: 'Full', balance: null });
  expect(findings((await setUp(mine)).body)).toMatchObject({ account: 'there full_account', balance: 'there balance_not_told' });
  twilio.account.balance = '12.34';
  expect((await setUp(mine)).body.setUp.steps[3]).toMatchObject({ values: { balance: '12.34 USD' }, message: '12.34 USD are left on it.' });
  twilio.trouble('GET /2010-04-01/Accounts/{Sid}.json', { kind: 'error', status: 401, code: '20003' });
  expect((await setUp(mine)).status).toBe(409);
});

test('whoever buys sees who sells, and numbers are bought there by its own account alone', async () => {
  expect(await suppliers(mine)).toEqual({
    success: true,
    suppliers: [
      { provider: 'twilio', name: 'Twilio', source: 'account', is_default: true },
      { provider: 'local', name: 'Built-in network', source: 'server', is_default: false },
    ],
    count: 2,
  });
  expect((await suppliers(theirs)).suppliers).toEqual([
    { provider: 'local', name: 'Built-in network', source: 'server', is_default: true },
  ]);
  expect((await theirs.get(`/api/phone-numbers/suppliers?teamId=${mine.teamId}`)).status).toBe(403);

  twilio.numbers.stock(OURS);
  const filters = { countryCode: 'US' };
  expect((await mine.post('/api/phone-numbers/search', { filters })).body).toMatchObject({
    provider: 'twilio',
    numbers: [{ phoneNumber: OURS, monthlyPrice: '1.15' }],
  });
  expect((await mine.post('/api/phone-numbers/search', { filters, provider: 'local' })).body.provider).toBe('local');
  expect((await theirs.post('/api/phone-numbers/search', { filters, provider: 'twilio' })).status).toBe(400);
  const bought = await mine.post('/api/phone-numbers/purchase', { teamId: mine.teamId, phoneNumber: OURS });
  expect(bought.body.phoneNumber).toMatchObject({ status: 'active', provider_number_id: `twilio_${twilio.numbers.owned[0]?.sid}` });
  expect(twilio.numbers.owned[0]).toMatchObject({ voice_url: webhookUrl, status_callback: `${webhookUrl}?about=status` });
  expect(findings((await setUp(mine)).body).numbers).toBe('there numbers_led_here');

  assistantId = await localAssistant(mine);
  const phoneNumberIds = [bought.body.phoneNumber.id];
  await mine.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, { accountSlug: mine.slug, phoneNumberIds });
});

test('its numbers that lead elsewhere are put right by the set-up', async () => {
  const sid = twilio.numbers.owned[0]!.sid;
  const authorization = `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}`;
  await fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/IncomingPhoneNumbers/${sid}.json`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ VoiceUrl: 'https://elsewhere.example.com/voice' }).toString(),
  });
  expect(findings((await setUp(mine)).body).numbers).toBe('changed numbers_led_here');
  expect(twilio.numbers.owned[0]).toMatchObject({ voice_url: webhookUrl });
});

test('a media socket that Twilio has not signed is not let in, also where no call has gone by the account yet', async () => {
  const socket = new WebSocket(`${tunnel.url.replace('http', 'ws')}/media/twilio/${mine.accountId}`);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  await closed;
  expect(server.platform.live.count).toBe(0);
});

test('calls leave by it, are named after it, and are transferred', async () => {
  const { call } = (await mine.post('/api/calls', { assistantId, toNumber: THEIRS })).body;
  await statusOf(call.id).toBe('in_progress');
  const out = twilio.calls.all.at(-1)!;
  await expect.poll(() => out.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  const { rows } = await server.platform.connection.pool.query('select carrier_ref from calls where id = $1', [call.id]);
  expect(rows[0].carrier_ref).toBe(`${mine.accountId}/${out.sid}`);

  expect((await mine.post(`/api/calls/${call.id}/transfer`, { toNumber: COLLEAGUE })).status).toBe(200);
  await statusOf(call.id).toBe('completed');
  expect(await record(call.id)).toMatchObject({ ended_reason: 'transferred', transferred_to: COLLEAGUE, carrier: 'twilio' });
  const second = twilio.calls.all.find((one) => one.to === COLLEAGUE)!;
  expect([out.status, second.status]).toEqual(['in-progress', 'in-progress']);
  twilio.calls.hangUp(second.sid);
}, 90_000);

test('whoever a caller is to be connected with is asked over the same account', async () => {
  const { call } = (await mine.post('/api/calls', { assistantId, toNumber: THEIRS })).body;
  await statusOf(call.id).toBe('in_progress');
  const line = twilio.calls.all.at(-1)!;
  const body = { toNumber: COLLEAGUE, mode: 'attended', message: '', summary: 'It is about roses.' };
  expect((await mine.post(`/api/calls/${call.id}/transfer`, body)).status).toBe(200);
  await expect.poll(() => twilio.calls.all.at(-1)!.to, { timeout: 20_000 }).toBe(COLLEAGUE);
  const asked = twilio.calls.all.at(-1)!;
  await expect.poll(() => asked.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  asked.stream!.press('1');
  await statusOf(call.id).toBe('completed');
  expect(await record(call.id)).toMatchObject({ ended_reason: 'transferred', transferred_to: COLLEAGUE });
  expect(line.conference).toBe(asked.conference);
  expect([line.status, asked.status]).toEqual(['in-progress', 'in-progress']);
  twilio.calls.hangUp(line.sid);
}, 90_000);

test('calls come in by it, and our side can end them', async () => {
  twilio.calls.callUs(THEIRS, OURS);
  const line = twilio.calls.all.at(-1)!;
  await expect.poll(() => line.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  const { id } = (await mine.get('/api/calls?limit=1')).body.calls[0];
  expect(await record(id)).toMatchObject({ direction: 'inbound', carrier: 'twilio', from_number: THEIRS, to_number: OURS });
  await mine.post(`/api/calls/${id}/hangup`, {});
  await statusOf(id).toBe('completed');
  await expect.poll(() => line.status).toBe('completed');
}, 60_000);

test('it speaks for its own numbers and calls alone', async () => {
  const before = (await theirs.get('/api/calls')).body.count;
  // Signed with my token, but for a number of somebody else.
  const { state } = twilio.calls.callUs(THEIRS, theirNumber);
  await expect.poll(() => state.status, { timeout: 20_000 }).toMatch(/busy|no-answer|completed/);
  expect((await theirs.get('/api/calls')).body.count).toBe(before);

  const { call } = (await mine.post('/api/calls', { assistantId, toNumber: THEIRS })).body;
  await statusOf(call.id).toBe('in_progress');
  const { sid } = twilio.calls.all.at(-1)!;
  await put(theirs, OTHER);
  /** A callback that says that my call is over. */
  const over = (post: Pick<typeof others, 'headersOf'>, accountId: string | null, signedFor = accountId) => {
    const below = (id: string | null) => `/webhooks/twilio${id === null ? '' : `/${id}`}?about=status&call=${call.id}&command=${call.id}`;
    const form = new URLSearchParams({ CallSid: sid, CallStatus: 'completed', CallDuration: '1' });
    const headers = post.headersOf(`${tunnel.url}${below(signedFor)}`, form);
    return server.request('POST', below(accountId), { body: form.toString(), headers }).then(({ status }) => status);
  };
  // Neither by my address with their token, nor by theirs with mine, nor by the server's, which has no account there.
  expect(await over(others, mine.accountId)).toBe(401);
  expect(await over(twilio.post, theirs.accountId)).toBe(401);
  expect(await over(twilio.post, theirs.accountId, mine.accountId)).toBe(401);
  expect(await over(twilio.post, 'acct_nobody')).toBe(401);
  expect(await over(twilio.post, null)).toBe(404);
  // By their own address and with their own token it is taken, and says nothing of a call of mine.
  expect(await over(others, theirs.accountId)).toBe(204);
  expect((await record(call.id)).status).toBe('in_progress');
  expect(await over(twilio.post, mine.accountId)).toBe(204);
  await statusOf(call.id).toBe('completed');
  twilio.calls.hangUp(sid);
}, 60_000);

test('a number is given back to the account it was bought with', async () => {
  twilio.numbers.stock(COLLEAGUE);
  const bought = await mine.post('/api/phone-numbers/purchase', { teamId: mine.teamId, phoneNumber: COLLEAGUE, provider: 'twilio' });
  expect(twilio.numbers.owned.map((number) => number.phone_number)).toEqual([OURS, COLLEAGUE]);
  await mine.delete(`/api/phone-numbers/${bought.body.phoneNumber.id}`);
  expect(twilio.numbers.owned.map((number) => number.phone_number)).toEqual([OURS]);
});

test('without its token nothing leaves by it any more', async () => {
  await put(mine, null);
  expect((await suppliers(mine)).suppliers).toMatchObject([{ provider: 'local' }]);
  const { call } = (await mine.post('/api/calls', { assistantId, toNumber: THEIRS })).body;
  expect(call).toMatchObject({ status: 'failed', ended_reason: 'carrier_error' });
  expect((await record(call.id)).error).toContain('Settings → Integrations');
});
