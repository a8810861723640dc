import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startTelnyxSimulator, type TelnyxSimulator } from '@talkturo/carriers/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAssistant, scriptedProviders } from './testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';
const SETTINGS = '/api/settings/providers';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-own-telnyx-'));
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let telnyx: TelnyxSimulator;
let server: TestServer;
let mine: TestTenant;
let theirs: TestTenant;
let theirNumber: string;
/** Where the simulated application reports. */
let webhookUrl = '';

beforeAll(async () => {
  tunnel = await startTunnel();
  telnyx = await startTelnyxSimulator({ webhookUrl: () => webhookUrl });
  server = await createTestServer(
    { TALKTURO_DATA_DIR: dataDir, TELNYX_API_URL: telnyx.url, TELNYX_CODEC: 'PCMA', PUBLIC_URL: tunnel.url },
    { standIns: { providers: scriptedProviders(), speak: async () => new Int16Array(800) } },
  );
  tunnel.leadTo(await server.listen());
  [mine, theirs] = [await server.tenant('mine'), await server.tenant('theirs')];
  webhookUrl = `${tunnel.url}/webhooks/telnyx/${mine.accountId}`;
  const offered = await theirs.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  theirNumber = offered.body.numbers[0].phoneNumber;
  await theirs.post('/api/phone-numbers/purchase', { teamId: theirs.teamId, phoneNumber: theirNumber });
}, 60_000);
afterAll(async () => {
  expect(telnyx.problems).toEqual([]);
  await server.close();
  await telnyx.close();
  await tunnel.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const put = (tenant: TestTenant, telnyxAccess: object | null) =>
  server.request('PUT', SETTINGS, { body: { providers: { telnyx: telnyxAccess } }, headers: { authorization: `Bearer ${tenant.key}` } });
const setUp = (tenant: TestTenant) => tenant.post(`${SETTINGS}/telnyx/set-up`, {});
const shown = async (tenant: TestTenant) =>
  (await tenant.get(SETTINGS)).body.providers.find(({ provider }: { provider: string }) => provider === 'telnyx');
const states = (body: { setUp: { steps: { step: string; state: string }[] } }) =>
  Object.fromEntries(body.setUp.steps.map(({ step, state }) => [step, state]));

test('a Telnyx account is set up from its key, and the findings say what is left', async () => {
  expect(await setUp(mine)).toMatchObject({ status: 409, body: { error: 'There is no key for Telnyx yet: set one first.' } });
  expect((await put(mine, { public_key: telnyx.post.publicKey })).body.error).toContain('api_key');
  await put(mine, { api_key: 'a-wrong-key-of-telnyx' });
  expect((await mine.post(`${SETTINGS}/telnyx/check`, {})).body.check).toMatchObject({ ok: false, problem: 'auth' });
  expect((await setUp(mine)).status).toBe(409);

  await put(mine, { api_key: telnyx.apiKey });
  expect((await mine.post(`${SETTINGS}/telnyx/check`, {})).body.check).toMatchObject({ ok: true, message: 'Telnyx takes the key.' });
  const first = await setUp(mine);
  expect(states(first.body)).toEqual({
    public_url: 'missing',
    key: 'there',
    profile: 'made',
    application: 'made',
    numbers: 'there',
    public_key: 'missing',
  });
  // A program or another language has the code and what it names; people read the sentence.
  expect(first.body.setUp.steps[1]).toEqual({
    step: 'key',
    state: 'there',
    code: 'key_taken',
    values: { carrier: 'Telnyx', balance: '12.34 USD' },
    message: 'Telnyx takes the key; 12.34 USD are left.',
  });
  expect(first.body.setUp).toMatchObject({ ready: false, webhook_url: `${tunnel.url}/webhooks/telnyx/${mine.accountId}` });
  const [made] = telnyx.account.applications;
  expect(made).toMatchObject({ application_name: 'Talkturo mine', webhook_event_url: `${tunnel.url}/webhooks/telnyx/${mine.accountId}` });
  expect(await shown(mine)).toMatchObject({ connection_id: made?.id, last_four: telnyx.apiKey.slice(-4), public_key: null });

  // The key stays where only another part is given.
  await put(mine, { public_key: telnyx.post.publicKey });
  const again = await setUp(mine);
  expect(states(again.body)).toMatchObject({ profile: 'there', application: 'there', public_key: 'there' });
  expect(await shown(theirs)).toMatchObject({ source: null, connection_id: null });
});

test('a key of another account takes the application and the public key of the one before away', async () => {
  const beside = async () => {
    const { connection_id, public_key } = await shown(mine);
    return { connection_id, public_key };
  };
  const set = await beside();
  expect(set).toEqual({ connection_id: expect.any(String), public_key: telnyx.post.publicKey });
  // A new key of the same account: everything stays.
  await put(mine, { api_key: telnyx.apiKey });
  expect(await beside()).toEqual(set);

  const application = telnyx.account.applications.splice(0)[0]!;
  // A form that sends everything it shows says nothing new about the account.
  await put(mine, { api_key: telnyx.apiKey, public_key: telnyx.post.publicKey });
  expect(await beside()).toEqual({ connection_id: null, public_key: null });
  const again = await setUp(mine);
  expect(states(again.body)).toMatchObject({ application: 'made', public_key: 'missing' });

  // Where Telnyx could not be asked then, the set-up finds it out.
  const before = (await beside()).connection_id;
  await put(mine, { public_key: telnyx.post.publicKey });
  telnyx.account.applications.splice(0, 1, application);
  telnyx.trouble('GET /call_control_applications/{id}', { kind: 'dropped' });
  await put(mine, { api_key: telnyx.apiKey });
  expect(await beside()).toEqual({ connection_id: before, public_key: telnyx.post.publicKey });
  const { steps } = (await setUp(mine)).body.setUp;
  expect(steps.find(({ step }: { step: string }) => step === 'application')).toMatchObject({
    state: 'there',
    code: 'application_replaced',
    values: { gone: before, id: application.id },
  });
  expect(steps.at(-1)).toMatchObject({ step: 'public_key', state: 'missing' });
  expect(await beside()).toEqual({ connection_id: application.id, public_key: null });
  await put(mine, { public_key: telnyx.post.publicKey });
});

test('numbers are searched and bought there by its own account alone', async () => {
  // The simulator's calls run over one application.
  telnyx.account.applications.push({ id: telnyx.connectionId, application_name: 'Ours' });
  await put(mine, { connection_id: telnyx.connectionId });
  telnyx.numbers.stock(OURS);
  const found = await mine.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  expect(found.body).toMatchObject({ provider: 'telnyx', numbers: [{ phoneNumber: OURS }] });
  const bought = await mine.post('/api/phone-numbers/purchase', { teamId: mine.teamId, phoneNumber: OURS });
  expect(bought.body.phoneNumber).toMatchObject({ status: 'active' });
  expect(telnyx.numbers.owned.map((number) => number.phoneNumber)).toEqual([OURS]);
  expect((await theirs.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } })).body.provider).toBe('local');
  expect(states((await setUp(mine)).body)).toMatchObject({ application: 'changed', numbers: 'there' });
});

test('a number that Telnyx refuses to attach is a finding, and the set-up goes on', async () => {
  const [number] = telnyx.numbers.owned;
  number!.connectionId = null;
  telnyx.trouble('PATCH /phone_numbers/{id}', { kind: 'error', status: 422, code: '10027', title: 'Not now' });
  const { steps } = (await setUp(mine)).body.setUp;
  expect(steps.filter(({ step }: { step: string }) => step === 'numbers')).toEqual([
    expect.objectContaining({ state: 'there', code: 'numbers_attached', values: { before: '0', now: '0' } }),
    expect.objectContaining({
      state: 'limited',
      code: 'number_refused',
      values: expect.objectContaining({ number: OURS, carrier: 'Telnyx' }),
    }),
  ]);
  expect(states((await setUp(mine)).body)).toMatchObject({ numbers: 'changed' });
});

test('an application that reports to another server is left to it until its set-up is asked to take over', async () => {
  const own = telnyx.account.applications.find(({ id }) => id === telnyx.connectionId)!;
  const url = 'https://staging.example.com/webhooks/telnyx/acct_1';
  Object.assign(own, { webhook_event_url: url });
  const application = (body: { setUp: { steps: { step: string }[] } }) => body.setUp.steps.find(({ step }) => step === 'application');
  expect(application((await setUp(mine)).body)).toMatchObject({
    state: 'missing',
    code: 'application_elsewhere',
    values: { id: own.id, url },
  });
  expect(own.webhook_event_url).toBe(url);
  const taken = await mine.post(`${SETTINGS}/telnyx/set-up`, { takeOver: true });
  expect(application(taken.body)).toMatchObject({ state: 'changed', code: 'application_ready' });
  expect(own.webhook_event_url).toBe(webhookUrl);
});

test('numbers of another account than the key is of are not said to work, until it is back', async () => {
  const off = async () => {
    const { numbers } = (await mine.get(`/api/phone-numbers/purchase?teamId=${mine.teamId}`)).body;
    return numbers.map(({ phone_number, off_account }: { phone_number: string; off_account: boolean }) => [phone_number, off_account]);
  };
  const findings = async () => {
    const { steps } = (await setUp(mine)).body.setUp;
    return steps.filter(({ code }: { code: string }) => code === 'number_not_on_account');
  };
  expect(await findings()).toEqual([]);
  expect(await off()).toEqual([[OURS, false]]);
  // As the list of an account is that never had it.
  telnyx.numbers.owned[0]!.status = 'deleted';
  expect(await findings()).toMatchObject([{ step: 'numbers', state: 'limited', values: { carrier: 'Telnyx', number: OURS } }]);
  expect(await off()).toEqual([[OURS, true]]);
  telnyx.numbers.owned[0]!.status = 'active';
  expect(await findings()).toEqual([]);
  expect(await off()).toEqual([[OURS, false]]);
});

test('a number that was bought for another connection stays there', async () => {
  const elsewhere = { phoneNumber: '+14155550177', connectionId: '77' };
  telnyx.numbers.stock(elsewhere.phoneNumber);
  expect((await mine.post('/api/phone-numbers/purchase', { teamId: mine.teamId, ...elsewhere })).status).toBe(200);
  await setUp(mine);
  const { id, connectionId } = telnyx.numbers.owned.find((number) => number.phoneNumber === elsewhere.phoneNumber)!;
  expect(connectionId).toBe('77');
  const { numbers } = (await mine.get(`/api/phone-numbers/purchase?teamId=${mine.teamId}`)).body;
  const bought = numbers.find((number: { phone_number: string }) => number.phone_number === elsewhere.phoneNumber);
  await mine.delete(`/api/phone-numbers/${bought.id}`);
  expect(telnyx.numbers.owned.find((number) => number.id === id)?.status).toBe('deleted');
});

test('calls leave by it and come in by it, named after it', async () => {
  const assistantId = await localAssistant(mine);
  const numbers = (await mine.get(`/api/phone-numbers/purchase?teamId=${mine.teamId}`)).body.numbers;
  const ids = numbers.map(({ id }: { id: string }) => id);
  await mine.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, { accountSlug: mine.slug, phoneNumberIds: ids });
  telnyx.calls.line(THEIRS, 'PCMU');
  const record = async (id: string) => (await mine.get(`/api/calls/${id}`)).body.call;

  const { call } = (await mine.post('/api/calls', { assistantId, toNumber: THEIRS })).body;
  await expect.poll(async () => (await record(call.id)).status, { timeout: 20_000 }).toBe('in_progress');
  const out = telnyx.calls.all.at(-1)!;
  expect(telnyx.requests.findLast(({ operation }) => operation === 'POST /calls')?.body).toMatchObject({ stream_codec: 'PCMA' });
  await expect.poll(() => out.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  telnyx.calls.hangUp(out.ref);
  await expect.poll(async () => (await record(call.id)).status, { timeout: 20_000 }).toBe('completed');
  const { rows } = await server.platform.connection.pool.query('select carrier_ref from calls where id = $1', [call.id]);
  expect(rows[0].carrier_ref).toBe(`${mine.accountId}/${out.ref}`);

  telnyx.calls.callUs(THEIRS, OURS);
  await expect.poll(() => server.platform.live.count, { timeout: 20_000 }).toBe(1);
  const { id } = (await mine.get('/api/calls?limit=1')).body.calls[0];
  await expect.poll(() => telnyx.calls.all.at(-1)!.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  // Our side can end it as well.
  await mine.post(`/api/calls/${id}/hangup`, {});
  await expect.poll(async () => (await record(id)).status, { timeout: 20_000 }).toBe('completed');
  await expect.poll(() => telnyx.calls.all.at(-1)!.state).toBe('over');
}, 90_000);

test('it speaks for its own numbers and calls alone', async () => {
  const before = (await theirs.get('/api/calls')).body.count;
  // Signed with my key, but for a number of somebody else.
  telnyx.calls.callUs(THEIRS, theirNumber);
  const stray = telnyx.calls.all.at(-1)!;
  await expect.poll(() => stray.state, { timeout: 20_000 }).toBe('over');
  expect((await theirs.get('/api/calls')).body.count).toBe(before);

  const event = { id: 'e1', event_type: 'call.hangup', payload: { call_control_id: 'x', hangup_cause: 'normal_clearing' } };
  const body = JSON.stringify({ data: event });
  const posted = (accountId: string) =>
    server.request('POST', `/webhooks/telnyx/${accountId}`, { body, headers: telnyx.post.headersOf(body) }).then(({ status }) => status);
  expect(await posted(mine.accountId)).toBe(200);
  expect(await posted(theirs.accountId)).toBe(401);
  expect(await posted('acct_nobody')).toBe(401);
  expect((await server.request('POST', '/webhooks/telnyx', { body, headers: telnyx.post.headersOf(body) })).status).toBe(404);
}, 60_000);

test('a key that cannot be read is no reason to buy or call with the account of somebody else', async () => {
  const { pool } = server.platform.connection;
  const [before] = (await pool.query('select sealed from vendor_keys where account_id = $1', [mine.accountId])).rows;
  await pool.query('update vendor_keys set sealed = $1 where account_id = $2', ['v1.AAAA', mine.accountId]);
  const sentence = 'The key of this account for Telnyx cannot be read: set it again.';
  const searched = await mine.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  expect(searched).toMatchObject({ status: 409, body: { error: expect.stringMatching(/account of your workspace.*Integrations/) } });
  const [assistant] = (await mine.get('/api/assistants')).body.assistants;
  const { call } = (await mine.post('/api/calls', { assistantId: assistant.id, toNumber: THEIRS })).body;
  expect(call).toMatchObject({ status: 'failed', error: sentence });
  await pool.query('update vendor_keys set sealed = $1 where account_id = $2', [before.sealed, mine.accountId]);
});

test('without its key nothing leaves by it any more', async () => {
  await put(mine, null);
  const assistants = (await mine.get('/api/assistants')).body.assistants;
  const { call } = (await mine.post('/api/calls', { assistantId: assistants[0].id, toNumber: THEIRS })).body;
  expect(call).toMatchObject({ status: 'failed', ended_reason: 'carrier_error' });
  expect((await mine.get(`/api/calls/${call.id}`)).body.call.error).toContain('Settings → Integrations');
});
