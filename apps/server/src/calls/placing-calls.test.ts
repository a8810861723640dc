import { systemClock } from '@talkturo/voice';
import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import { CarrierError } from '../testing/scripted-carrier.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let mine: TestTenant;
let other: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer();
  mine = await server.tenant('my-team');
  other = await server.tenant('other-team');
  assistantId = await server.assistant(mine);
});
afterAll(() => server.close());

const toNumber = '+14155550101';
const place = async (more: object = {}) => {
  const answer = await mine.post('/api/calls', { assistantId, toNumber, ...more });
  expect(answer.text && answer.status).toBe(200);
  return answer.body.call as { id: string; [field: string]: unknown };
};
const get = async (id: string) => (await mine.get(`/api/calls/${id}`)).body.call;
const over = (id: string) => server.platform.live.get(id)?.over;
const refOf = (id: string) => `ref-${id}`;

test('an outbound call goes through its whole life', async () => {
  const call = await place();
  expect(call).toMatchObject({
    status: 'queued',
    direction: 'outbound',
    to_number: toNumber,
    from_number: '+12025550100',
    carrier: 'local',
  });
  server.carrier.tells(refOf(call.id), { type: 'ringing' });
  await expect.poll(() => get(call.id)).toMatchObject({ status: 'ringing' });
  server.carrier.tells(refOf(call.id), { type: 'answered' });
  await expect.poll(() => get(call.id)).toMatchObject({ status: 'in_progress', answered_at: expect.any(String) });
  const leg = createScriptedLeg(createHandClock());
  server.carrier.opensMedia(refOf(call.id), leg);
  const session = await server.sessions.next();
  expect(session.started).toBe(true);
  const turn = { index: 0, speaker: 'assistant', text: 'Hello', startSeconds: 0.1, endSeconds: 1, interrupted: false } as const;
  session.tells({ type: 'turn', atMs: 1000, turn });
  session.tells({
    type: 'marks',
    atMs: 1500,
    marks: {
      turn: 2,
      callerStopped: 1000,
      turnDecided: 1480,
      firstToken: 1490,
      firstSentence: 1500,
      firstAudio: 1530,
      firstSoundOut: 1540,
    },
  });
  const nothing = { model: null, counted: true, inputTokens: 0, outputTokens: 0, characters: 0, seconds: 0 };
  session.tells({
    type: 'usage',
    atMs: 4000,
    inputTokens: 120,
    outputTokens: 30,
    spokenCharacters: 50,
    transcribedSeconds: 4.2,
    uses: [
      { ...nothing, stage: 'speech-to-text', provider: 'scripted-stt', seconds: 4.2 },
      { ...nothing, stage: 'language-model', provider: 'local', inputTokens: 120, outputTokens: 30 },
      { ...nothing, stage: 'text-to-speech', provider: 'scripted-voice', characters: 50 },
    ],
  });
  const ended = over(call.id);
  await session.finishes('caller_hung_up', 4321);
  await ended;
  expect(await get(call.id)).toMatchObject({
    status: 'completed',
    outcome: 'answered',
    ended_reason: 'caller_hung_up',
    duration_seconds: 4.321,
    messages: [{ index: 0, speaker: 'assistant', text: 'Hello', start_seconds: 0.1, end_seconds: 1, interrupted: false }],
    latency: {
      turns: [{ turn: 2, end_of_turn_ms: 480, llm_first_token_ms: 10, tts_first_audio_ms: 30, voice_to_voice_ms: 540 }],
      p50: { voice_to_voice_ms: 540 },
      p95: { voice_to_voice_ms: 540 },
    },
    analysis: null,
    cost: {
      currency: 'USD',
      // The scripted voice and transcriber are nobody's: what they cost is not known.
      total: null,
      known_total: '0.000000',
      items: [
        { kind: 'carrier', vendor: 'local', unit: 'seconds', quantity: 4.321, amount: '0.000000' },
        { kind: 'transcription', unit: 'seconds', quantity: 4.2, unit_price: null, amount: null },
        { kind: 'language_model', vendor: 'local', unit: 'input_tokens', quantity: 120, amount: '0.000000' },
        { kind: 'language_model', vendor: 'local', unit: 'output_tokens', quantity: 30, amount: '0.000000' },
        { kind: 'voice', unit: 'characters', quantity: 50, amount: null },
      ],
    },
  });
  // The carrier's bill comes after the call.
  server.carrier.tells(`ref-${call.id}`, { type: 'cost', leg: 'own', amount: '0.0085', seconds: 60 });
  await expect.poll(async () => (await get(call.id)).cost.known_total).toBe('0.008500');
  const types = (await get(call.id)).events.map((event: { type: string }) => event.type);
  expect(types).toEqual(['ringing', 'answered', 'started', 'turn', 'latency', 'usage', 'ended']);
});

test.each([
  ['busy', 'busy', 'busy'],
  ['declined', 'declined', 'declined'],
  ['no_answer', 'no_answer', 'no_answer'],
  ['invalid_number', 'invalid_number', 'invalid_number'],
  ['carrier_error', 'carrier_error', 'error'],
  ['normal', 'cancelled', 'cancelled'],
] as const)('a call the carrier ends with %s before it is answered', async (cause, reason, outcome) => {
  const { id } = await place();
  const ended = over(id);
  server.carrier.tells(refOf(id), { type: 'hangup', cause, source: 'callee' });
  await ended;
  expect(await get(id)).toMatchObject({ status: 'failed', ended_reason: reason, outcome, answered_at: null, duration_seconds: null });
});

test('what a carrier tells twice, late or out of order changes nothing', async () => {
  const { id } = await place();
  const ended = over(id);
  server.carrier.tells(refOf(id), { type: 'hangup', cause: 'busy', source: 'callee' }, 'one');
  await ended;
  server.carrier.tells(refOf(id), { type: 'answered' }, 'two');
  server.carrier.tells(refOf(id), { type: 'ringing' }, 'three');
  server.carrier.tells(refOf(id), { type: 'hangup', cause: 'normal', source: 'callee' }, 'one');
  const leg = createScriptedLeg(systemClock);
  server.carrier.opensMedia(refOf(id), leg);
  await expect.poll(() => leg.hungUp).toBe(true);
  expect(await get(id)).toMatchObject({ status: 'failed', outcome: 'busy', answered_at: null });
});

test('voicemail is an outcome of its own', async () => {
  const { id } = await place();
  server.carrier.opensMedia(refOf(id), createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  session.tells({ type: 'answered-by', atMs: 50, who: 'machine', by: 'beep' });
  const ended = over(id);
  await session.finishes('assistant_hung_up', 100);
  await ended;
  expect(await get(id)).toMatchObject({ status: 'completed', outcome: 'voicemail', ended_reason: 'assistant_hung_up' });
});

test('a refusal of the carrier is on record, and nothing is dialled again', async () => {
  server.carrier.failNextDial(new CarrierError('local', 'refused', 'The carrier did not want it.'));
  const dials = server.carrier.dialled.length;
  const call = await place();
  expect(call).toMatchObject({ status: 'failed', ended_reason: 'carrier_error', outcome: 'error', error: 'The carrier did not want it.' });
  expect(server.carrier.dialled.length).toBe(dials + 1);
});

test('a dial whose answer was lost is looked up and goes on', async () => {
  server.carrier.failNextDial(new CarrierError('local', 'timeout', 'The carrier did not answer.'));
  server.carrier.known = { carrier: 'local', ref: 'found' };
  const dials = server.carrier.dialled.length;
  const call = await place();
  expect(call).toMatchObject({ status: 'queued' });
  await expect.poll(async () => (await server.platform.calls.find(call.id))?.carrierRef).toBe('found');
  server.carrier.known = null;
  expect(server.carrier.dialled.length).toBe(dials + 1);
  const ended = over(call.id);
  server.carrier.tells('found', { type: 'hangup', cause: 'busy', source: 'callee' });
  await ended;
  expect(await get(call.id)).toMatchObject({ outcome: 'busy' });
});

test('a dial whose answer was lost, and that nobody knows of, is in doubt until its carrier tells', async () => {
  server.carrier.failNextDial(new CarrierError('local', 'unavailable', 'The carrier broke off.'));
  const dials = server.carrier.dialled.length;
  const call = await place();
  expect(call).toMatchObject({ status: 'queued' });
  const ended = over(call.id);
  server.platform.listener.progress({ carrier: 'local', ref: 'late' }, call.id, 'one', { type: 'ringing' });
  await expect.poll(async () => (await get(call.id)).status).toBe('ringing');
  expect((await server.platform.calls.find(call.id))?.carrierRef).toBe('late');
  server.platform.listener.progress({ carrier: 'local', ref: 'late' }, call.id, 'two', {
    type: 'hangup',
    cause: 'no_answer',
    source: 'unknown',
  });
  await ended;
  expect(await get(call.id)).toMatchObject({ status: 'failed', outcome: 'no_answer' });
  expect(server.carrier.dialled.length).toBe(dials + 1);
});

test('one whose call is over by the time it is asked ends as the carrier says', async () => {
  server.carrier.failNextDial(new CarrierError('local', 'timeout', 'The carrier did not answer.'));
  server.carrier.known = { carrier: 'local', ref: 'was', ended: 'declined' };
  const call = await place();
  await expect.poll(async () => (await get(call.id)).outcome).toBe('declined');
  server.carrier.known = null;
});

test('one that is ended while it is in doubt is hung up on as soon as its carrier knows it', async () => {
  server.carrier.failNextDial(new CarrierError('local', 'timeout', 'The carrier did not answer.'));
  const call = await place();
  const ended = over(call.id);
  await mine.post(`/api/calls/${call.id}/hangup`, {});
  await ended;
  expect(await get(call.id)).toMatchObject({ outcome: 'cancelled' });
  server.carrier.known = { carrier: 'local', ref: 'rings on' };
  await expect.poll(() => server.carrier.commands, { timeout: 5_000 }).toContain('hangup rings on');
  server.carrier.known = null;
});

test('an assistant that may not call is 409 and names the switch, for test calls too', async () => {
  const closed = await server.assistant(mine, { outbound_enabled: false });
  const refused = { status: 409, body: { success: false, error: expect.stringContaining('outbound_enabled') } };
  expect(await mine.post('/api/calls', { assistantId: closed, toNumber })).toMatchObject(refused);
  const testCall = { accountSlug: 'my-team', toNumber };
  expect(await mine.post(`/api/assistants/${closed}/telephony/test-call`, testCall)).toMatchObject(refused);
});

test('a test call is a call', async () => {
  const answer = await mine.post(`/api/assistants/${assistantId}/telephony/test-call`, { accountSlug: 'my-team', toNumber });
  expect(answer).toMatchObject({ status: 200, body: { call: { direction: 'outbound', status: 'queued', assistant_id: assistantId } } });
  const from = { accountSlug: 'my-team', fromNumber: '+14155550123', toNumber };
  expect(await mine.post(`/api/assistants/${assistantId}/telephony/test-call`, from)).toMatchObject({ status: 404 });
});

test('a vendor without a key runs on the local models and says so', async () => {
  const vendor = await server.assistant(mine, { provider: 'openai', transcriptor_provider: 'deepgram' });
  const { id } = await place({ assistantId: vendor });
  await server.platform.log.flush();
  const { events } = await get(id);
  expect(events).toMatchObject([
    {
      type: 'provider_replaced',
      data: { stage: 'speech-to-text', wanted: 'deepgram', used: 'local', reason: expect.stringContaining('DEEPGRAM_API_KEY') },
    },
    {
      type: 'provider_replaced',
      data: { stage: 'language-model', wanted: 'openai', used: 'local', reason: expect.stringContaining('OPENAI_API_KEY') },
    },
  ]);
});

test('a language that the local models do not know is refused with the reason', async () => {
  const german = await server.assistant(mine, { transcriptor_language: 'de' });
  expect(await mine.post('/api/calls', { assistantId: german, toNumber })).toMatchObject({
    status: 409,
    body: { error: expect.stringMatching(/language de.*English only/) },
  });
  const vendor = await server.assistant(mine, { transcriptor_language: 'de', transcriptor_provider: 'deepgram' });
  expect(await mine.post('/api/calls', { assistantId: vendor, toNumber })).toMatchObject({
    status: 409,
    body: { error: expect.stringMatching(/language de.*DEEPGRAM_API_KEY/) },
  });
});

test('unfilled variables are noted in the log', async () => {
  const greeting = await server.assistant(mine, { first_message: 'Hi {{contact.first_name}}, this is Alex.' });
  const { id } = await place({ assistantId: greeting });
  await server.platform.log.flush();
  expect((await get(id)).events).toMatchObject([{ type: 'variables_missing', data: { variables: ['contact.first_name'] } }]);
  server.carrier.opensMedia(refOf(id), createScriptedLeg(createHandClock()));
  expect((await server.sessions.next()).options.briefing.firstMessage).toBe('Hi, this is Alex.');
});

test.each([
  [{}, 400, 'assistantId'],
  [{ assistantId: 'nonsense', toNumber }, 400, 'assistantId'],
  [{ assistantId: 'asst_01h455vb4pex5vsknk084sn02q', toNumber }, 404, 'assistant'],
  [{ assistantId: 'mine' }, 400, 'toNumber'],
  [{ assistantId: 'mine', toNumber: '555 0101' }, 400, 'E.164'],
  [{ assistantId: 'mine', toNumber, colour: 'red' }, 400, 'colour'],
  [{ assistantId: 'mine', toNumber, fromNumberId: 'pn_01h455vb4pex5vsknk084sn02q' }, 404, 'phone number'],
  [{ assistantId: 'mine', toNumber, contactId: 'cont_01h455vb4pex5vsknk084sn02q' }, 404, 'contact'],
  ['{"assistantId"', 400, 'JSON'],
  ['[]', 400, ''],
])('%j is refused with %i', async (body, status, words) => {
  const sent = typeof body === 'object' && 'assistantId' in body && body.assistantId === 'mine' ? { ...body, assistantId } : body;
  const answer = await mine.post('/api/calls', sent, { 'content-type': 'application/json' });
  expect(answer).toMatchObject({ status, body: { success: false, error: expect.stringContaining(words) } });
});

test("another account's assistant is 403", async () => {
  expect(await other.post('/api/calls', { assistantId, toNumber })).toMatchObject({ status: 403 });
  expect(await other.post('/api/network/calls', { assistantId })).toMatchObject({ status: 403 });
  const testCall = { accountSlug: 'other-team', toNumber };
  expect(await other.post(`/api/assistants/${assistantId}/telephony/test-call`, testCall)).toMatchObject({ status: 403 });
});

test('a key without the scope is 403', async () => {
  const reader = await server.tenant('reader', { scopes: ['calls:read'] });
  expect(await reader.post('/api/calls', { assistantId, toNumber })).toMatchObject({
    status: 403,
    body: { error: expect.stringContaining('calls:write') },
  });
  expect(await reader.get('/api/calls')).toMatchObject({ status: 200, body: { calls: [], count: 0 } });
});
