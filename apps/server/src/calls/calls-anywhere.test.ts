import { connectWebCaller } from '@talkturo/carriers/testing';
import { createHandClock } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQuestions } from '../cluster/questions.ts';
import { newId } from '../database/ids.ts';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';
import { createCallsAnywhere } from './calls-anywhere.ts';

/** Two nodes on one database: one takes requests, the other calls. */
let desk: CallServer;
let lines: CallServer | null;
let tenant: TestTenant;
let assistantId: string;
const toNumber = '+14155550101';
beforeAll(async () => {
  desk = await createCallServer({ TALKTURO_ROLES: 'api' });
  tenant = await desk.tenant();
  assistantId = await desk.assistant(tenant);
});
afterAll(async () => {
  await lines?.close();
  await desk.close();
});

const openLines = async (settings: Record<string, string> = {}) => {
  lines = await createCallServer({ TALKTURO_ROLES: 'voice', ...settings }, desk.databaseUrl);
  return lines;
};
const place = () => tenant.post('/api/calls', { assistantId, toNumber });

test('without a node that takes calls the request is refused with the reason', async () => {
  const refused = { status: 503, headers: { 'retry-after': '5' }, body: { error: expect.stringContaining('TALKTURO_ROLES') } };
  expect(await place()).toMatchObject(refused);
  expect(await tenant.post('/api/calls/web', { assistantId })).toMatchObject(refused);
});

test('a call asked for here is placed by the node that has lines', async () => {
  const voice = await openLines();
  const answer = await place();
  expect(answer).toMatchObject({ status: 200, body: { call: { status: 'queued', direction: 'outbound', to_number: toNumber } } });
  const { id } = answer.body.call;
  expect(voice.carrier.dialled.map(({ callId }) => callId)).toEqual([id]);
  expect(desk.carrier.dialled).toEqual([]);
  expect(await desk.platform.calls.find(id)).toMatchObject({ nodeId: voice.platform.cluster.nodeId });
  const over = voice.platform.live.get(id)?.over;
  voice.carrier.tells(`ref-${id}`, { type: 'hangup', cause: 'busy', source: 'callee' });
  await over;
  expect((await tenant.get(`/api/calls/${id}`)).body.call).toMatchObject({ status: 'failed', outcome: 'busy' });
});

test('what the other node refuses is refused here with the same words', async () => {
  const closed = await desk.assistant(tenant, { outbound_enabled: false });
  const answer = await tenant.post('/api/calls', { assistantId: closed, toNumber });
  expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('outbound_enabled') } });
  const german = await desk.assistant(tenant, { transcriptor_language: 'de' });
  expect(await tenant.post('/api/calls', { assistantId: german, toNumber })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('language de') },
  });
});

test('a browser is sent to the node that takes its call, once that says where it is', async () => {
  expect(await tenant.post('/api/calls/web', { assistantId })).toMatchObject({
    status: 503,
    body: { error: expect.stringContaining('TALKTURO_NODE_URL') },
  });
  await lines?.close();
  const voice = await openLines({ TALKTURO_NODE_URL: 'https://voice-1.example.com' });
  await voice.app.listen({ port: 0, host: '127.0.0.1' });
  const answer = await tenant.post('/api/calls/web', { assistantId });
  expect(answer).toMatchObject({ status: 200, body: { call: { carrier: 'web', status: 'ringing' } } });
  const url = new URL(answer.body.url);
  expect(url.origin).toBe('wss://voice-1.example.com');
  const { port } = voice.app.server.address() as { port: number };
  const caller = await connectWebCaller(`ws://127.0.0.1:${port}${url.pathname}${url.search}`);
  expect(await caller.next('ready')).toMatchObject({ callId: answer.body.call.id });
  const session = await voice.sessions.next();
  const over = voice.platform.live.get(answer.body.call.id)?.over;
  await session.finishes('caller_hung_up', 100);
  await over;
});

test('a node that does not answer places nothing, then or later', async () => {
  const { platform } = desk;
  const clock = createHandClock();
  const anywhere = createCallsAnywhere({
    cluster: { ...platform.cluster, withRoom: async () => [{ id: 'node_gone', url: null }] },
    questions: createQuestions(platform.cluster, clock, platform.logger),
    lifecycle: platform.lifecycle,
    place: platform.place,
    startWebCall: () => Promise.reject(new Error('not asked for')),
    nodeUrl: null,
  });
  const callId = newId('call');
  const placed = anywhere.place({ callId, accountId: tenant.accountId, assistantId, toNumber });
  const refused = expect(placed).rejects.toMatchObject({ status: 503, code: 'not_taken' });
  await expect.poll(() => clock.pending).toBe(1);
  await clock.advance(30_000);
  await refused;
  expect((await tenant.get(`/api/calls/${callId}`)).body.call).toMatchObject({ status: 'failed', ended_reason: 'cancelled' });
  // The word reaches a node after all: the id is taken, nothing is dialled.
  const dials = lines?.carrier.dialled.length;
  await expect(lines?.platform.place({ callId, accountId: tenant.accountId, assistantId, toNumber })).rejects.toThrow();
  expect(lines?.carrier.dialled.length).toBe(dials);
});
