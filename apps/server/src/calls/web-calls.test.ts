import { connectWebCaller } from '@talkturo/carriers/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let tenant: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer({ TALKTURO_MAX_WEB_CALLS_PER_ACCOUNT: '2' });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  tenant = await server.tenant();
  assistantId = await server.assistant(tenant);
});
afterAll(() => server.close());

const here = () => `127.0.0.1:${(server.app.server.address() as { port: number }).port}`;
const start = async (more: object = {}, who = tenant) => {
  const answer = await who.post('/api/calls/web', { assistantId, ...more }, { host: here() });
  expect(answer.text && answer.status).toBe(200);
  return answer.body as { call: { id: string }; url: string; expiresAt: string };
};
const get = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
const over = (id: string) => server.platform.live.get(id)?.over;

test('a browser calls an assistant: an ordinary call whose news reach the caller', async () => {
  const { call, url, expiresAt } = await start({ format: 'pcm_24000' });
  expect(call).toMatchObject({ direction: 'inbound', status: 'ringing', carrier: 'web', from_number: null, to_number: null });
  expect(url.startsWith(`ws://${here()}/media/web?token=`)).toBe(true);
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
  const caller = await connectWebCaller(url);
  const session = await server.sessions.next();
  expect(session.options.leg.sampleRate).toBe(24_000);
  expect(session.options.briefing.voice.sampleRate).toBe(24_000);
  expect(await caller.next('ready')).toMatchObject({ callId: call.id, format: { encoding: 'pcm16', sampleRate: 24_000 } });
  session.tells({ type: 'saying', atMs: 300, turn: 0, text: 'Hel' });
  const turn = { index: 0, speaker: 'assistant', text: 'Hello', startSeconds: 0.1, endSeconds: 1, interrupted: true } as const;
  session.tells({ type: 'barge-in', atMs: 990 });
  session.tells({ type: 'turn', atMs: 1000, turn });
  session.tells({ type: 'partial', atMs: 1200, text: 'what are' });
  session.tells({
    type: 'marks',
    atMs: 1500,
    marks: { turn: 2, callerStopped: 1000, turnDecided: 1480, firstToken: 1490, firstSoundOut: 1540 },
  });
  caller.say({ type: 'mute', muted: true });
  const ended = over(call.id);
  await expect.poll(() => caller.messages.length).toBe(6);
  await session.finishes('assistant_hung_up', 4321);
  await ended;
  const times = { atSeconds: 0.99, seq: expect.any(Number) };
  expect(caller.messages).toMatchObject([
    { type: 'ready' },
    { type: 'transcript', speaker: 'assistant', final: false, turn: 0, text: 'Hel' },
    { type: 'interrupted', ...times },
    { type: 'transcript', speaker: 'assistant', final: true, turn: 0, text: 'Hello', interrupted: true, startSeconds: 0.1 },
    { type: 'transcript', speaker: 'caller', final: false, text: 'what are' },
    { type: 'latency', turn: 2, endOfTurnMs: 480, firstTokenMs: 10, firstAudioMs: null, voiceToVoiceMs: 540 },
  ]);
  expect(await caller.next('ended')).toMatchObject({ reason: 'assistant_hung_up', status: 'completed', durationSeconds: 4.321 });
  expect(await caller.closed).toBe(1000);
  const stored = await get(call.id);
  expect(stored).toMatchObject({ status: 'completed', outcome: 'answered', carrier: 'web', messages: [{ text: 'Hello' }] });
  expect(stored.events.map((event: { type: string }) => event.type)).toEqual(
    expect.arrayContaining(['answered', 'started', 'muted', 'turn', 'latency', 'ended']),
  );
});

test('nobody can be connected with a page: its assistant is not offered to do so', async () => {
  const talkative = await server.assistant(tenant, { transfer_destinations: [{ name: 'Sales', phone_number: '+14155550149' }] });
  const { call, url } = await start({ assistantId: talkative });
  const caller = await connectWebCaller(url);
  const session = await server.sessions.next();
  expect(session.options.transfer).toBeUndefined();
  expect(session.options.tools).toEqual([]);
  const ended = over(call.id);
  await session.finishes('caller_hung_up', 500);
  await ended;
  await caller.closed;
});

test('a page that never speaks the protocol leaves a record that says so', async () => {
  const { call, url } = await start();
  const ended = over(call.id);
  const caller = await connectWebCaller(url, { hello: null });
  for (let i = 0; i < 40; i++) caller.say({ type: 'dance' });
  expect(await caller.closed).toBe(4400);
  await ended;
  expect(await get(call.id)).toMatchObject({
    status: 'failed',
    ended_reason: 'carrier_error',
    error: 'The caller’s program sent too much that is not of the protocol of web calls.',
  });
});

test('hanging up from the page ends the call as the caller', async () => {
  const { call, url } = await start();
  const caller = await connectWebCaller(url);
  await server.sessions.next();
  const ended = over(call.id);
  caller.hangUp();
  await ended;
  expect(await get(call.id)).toMatchObject({ status: 'completed', ended_reason: 'caller_hung_up' });
  expect(await caller.next('ended')).toMatchObject({ reason: 'caller_hung_up' });
});

test('a contact fills the prompt and stays with the call', async () => {
  const { teamId } = tenant;
  const company = (await tenant.post('/api/crm/companies', { teamId, name: 'Engines' })).body.company.id;
  const person = { teamId, companyId: company, firstName: 'Ada', lastName: 'Lovelace' };
  const contactId = (await tenant.post('/api/crm/contacts', person)).body.contact.id;
  const greeting = await server.assistant(tenant, { first_message: 'Hi {{contact.first_name}}.' });
  const { call, url } = await start({ assistantId: greeting, contactId });
  const caller = await connectWebCaller(url);
  const session = await server.sessions.next();
  expect(session.options.briefing.firstMessage).toBe('Hi Ada.');
  expect(call).toMatchObject({ contact_id: contactId });
  const ended = over(call.id);
  await session.finishes('assistant_hung_up', 10);
  await ended;
  await caller.closed;
});

test('an account has so many web calls at once and no more', async () => {
  const first = await start();
  const second = await start();
  const third = await tenant.post('/api/calls/web', { assistantId });
  expect(third).toMatchObject({ status: 429, headers: { 'retry-after': '10' }, body: { error: expect.stringContaining('2 web calls') } });
  for (const { call } of [first, second]) {
    const ended = over(call.id);
    await tenant.post(`/api/calls/${call.id}/hangup`);
    await ended;
    expect(await get(call.id)).toMatchObject({ status: 'failed', ended_reason: 'api_hangup' });
  }
  const lines = server.platform.live.room;
  expect(lines).toBe(100);
  const all = await Promise.all(Array.from({ length: 6 }, () => tenant.post('/api/calls/web', { assistantId })));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429, 429]);
  const left = all.flatMap(({ body }) => (body.call ? [body.call.id as string] : []));
  const gone = left.map(over);
  await Promise.all(left.map((id) => tenant.post(`/api/calls/${id}/hangup`)));
  await Promise.all(gone);
});

test('only the named pages get in', async () => {
  const { call, url } = await start({ origins: ['https://shop.example.com'] });
  await expect(connectWebCaller(url, { origin: 'https://evil.example.com' })).rejects.toThrow('401');
  const caller = await connectWebCaller(url, { origin: 'https://shop.example.com' });
  await caller.next('ready');
  await server.sessions.next();
  const ended = over(call.id);
  caller.hangUp();
  await ended;
});

test.each([
  [{}, 'assistantId'],
  [{ assistantId: 'mine', format: 'mp3' }, 'format'],
  [{ assistantId: 'mine', origins: ['shop.example.com'] }, 'origin of a page'],
  [{ assistantId: 'mine', origins: ['https://shop.example.com/path'] }, 'origin of a page'],
  [{ assistantId: 'mine', origins: [] }, 'origins'],
])('%j is refused', async (body, words) => {
  const answer = await tenant.post('/api/calls/web', 'assistantId' in body ? { ...body, assistantId } : body);
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(words) } });
});

test("another account's assistant and contact are 403", async () => {
  const other = await server.tenant('other-team');
  expect(await other.post('/api/calls/web', { assistantId })).toMatchObject({ status: 403 });
});

test('an origin is known however it is written, and refused where it can be none', async () => {
  const { url } = await start({ origins: ['HTTPS://Shop.Example.com:443'] });
  const caller = await connectWebCaller(url, { origin: 'https://shop.example.com' });
  await caller.next('ready');
  caller.hangUp();
  for (const origin of ['http://[::1', 'https://shop.example.com/cart', 'shop.example.com']) {
    const { status, body } = await tenant.post('/api/calls/web', { assistantId, origins: [origin] });
    expect([status, body.details]).toEqual([400, [expect.objectContaining({ path: 'origins.0' })]]);
  }
});
