import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { localAssistant, scriptedProviders, scriptedStages } from '../testing/call-kit.ts';
import { silentCaller } from '../testing/silent-caller.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

/** Real conversations over the real network, with stages that fail as they are told. */
const stages = scriptedStages();
let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
let dataDir: string;
let base: string;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-broken-'));
  const timings = { firstAudioDeadlineMs: 300, nextAudioDeadlineMs: 300, firstTokenDeadlineMs: 300 };
  const standIns = { providers: scriptedProviders(stages), speak: async () => new Int16Array(800), timings };
  server = await createTestServer({ TALKTURO_DATA_DIR: dataDir }, { standIns });
  tenant = await server.tenant();
  assistantId = await localAssistant(tenant);
  base = await server.listen();
});
afterEach(() => {
  stages.speechToText.behaves = 'well';
  stages.textToSpeech.behaves = 'well';
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function networkCall(): Promise<{ id: string; mediaUrl: string; over: Promise<void> }> {
  const { call, mediaUrl } = (await tenant.post('/api/network/calls', { assistantId })).body;
  return { id: call.id, mediaUrl, over: server.platform.live.get(call.id)!.over };
}
const record = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;

test.each([
  ['a voice that stalls', () => (stages.textToSpeech.behaves = 'stalls'), 'text-to-speech'],
  ['a voice that cannot be reached', () => (stages.textToSpeech.behaves = 'refuses'), 'text-to-speech'],
  ['a transcriber that cannot be reached', () => (stages.speechToText.behaves = 'refuses'), 'speech-to-text'],
])(
  '%s ends the call cleanly, and the record says so',
  async (_what, breaks, stage) => {
    breaks();
    const { id, mediaUrl, over } = await networkCall();
    const { gone } = silentCaller(mediaUrl);
    await Promise.all([over, gone]);
    const call = await record(id);
    expect(call).toMatchObject({
      status: 'failed',
      ended_reason: 'provider_failed',
      outcome: 'answered',
      error: expect.stringContaining(stage),
    });
    expect(call.events.map((event: { type: string }) => event.type)).toContain('stage_failed');
    expect(call.events.at(-1)).toMatchObject({ type: 'ended' });
  },
  60_000,
);

test.each([
  ['text that is no JSON', (socket: WebSocket) => socket.send('hello?')],
  ['bytes', (socket: WebSocket) => socket.send(Buffer.alloc(1000, 7))],
  ['JSON that is no message', (socket: WebSocket) => socket.send('[1,2,3]')],
  ['sound that is no base64', (socket: WebSocket) => socket.send('{"event":"media","media":{"payload":"€€€€"}}')],
  ['a message of a megabyte', (socket: WebSocket) => socket.send('x'.repeat(1024 * 1024))],
])(
  'a caller who sends %s disturbs nobody and its record closes',
  async (_what, send) => {
    const fine = await networkCall();
    const other = silentCaller(fine.mediaUrl);
    const { id, mediaUrl, over } = await networkCall();
    const socket = new WebSocket(mediaUrl);
    socket.on('error', () => {});
    await once(socket, 'open');
    for (let i = 0; i < 200; i++) send(socket);
    socket.close();
    await over;
    expect(['failed', 'completed']).toContain((await record(id)).status);
    expect((await record(fine.id)).status).not.toBe('failed');
    other.end.hangup();
    await fine.over;
    expect(await record(fine.id)).toMatchObject({ status: 'completed', ended_reason: 'caller_hung_up' });
  },
  60_000,
);

test('a call that is hung up before its caller connected is over, and stays one call', async () => {
  const { id, mediaUrl } = await networkCall();
  const before = (await tenant.get('/api/calls?limit=1')).body.count;
  expect(await tenant.post(`/api/calls/${id}/hangup`)).toMatchObject({
    body: { call: { status: 'failed', ended_reason: 'api_hangup', outcome: 'cancelled' } },
  });
  const socket = new WebSocket(mediaUrl);
  socket.on('error', () => {});
  const [, refused] = await once(socket, 'unexpected-response');
  expect(refused.statusCode).toBe(401);
  expect((await tenant.get('/api/calls?limit=1')).body).toMatchObject({ count: before, calls: [{ id }] });
});

test('a media socket needs its token, and the token works once', async () => {
  const { id, mediaUrl } = await networkCall();
  const statusOf = async (url: string) => {
    const socket = new WebSocket(url);
    socket.on('error', () => {});
    const [, answer] = await once(socket, 'unexpected-response');
    return answer.statusCode;
  };
  const ws = base.replace('http', 'ws');
  expect(await statusOf(`${ws}/media/local?token=wrong`)).toBe(401);
  expect(await statusOf(`${ws}/media/local`)).toBe(401);
  expect(await statusOf(`${ws}/media/nobody?token=wrong`)).toBe(404);
  const { end } = silentCaller(mediaUrl);
  await expect.poll(async () => (await record(id)).status).toBe('in_progress');
  expect(await statusOf(mediaUrl)).toBe(401);
  end.hangup();
});

test('a server that drains takes no calls, ends those that last, and completes their records', async () => {
  const draining = await createTestServer(
    { TALKTURO_DATA_DIR: path.join(dataDir, 'draining') },
    { standIns: { providers: scriptedProviders(), speak: async () => new Int16Array(800) } },
  );
  const someone = await draining.tenant();
  const assistant = await localAssistant(someone);
  await draining.listen();
  const { call, mediaUrl } = (await someone.post('/api/network/calls', { assistantId: assistant })).body;
  const { gone } = silentCaller(mediaUrl);
  await expect.poll(async () => (await someone.get(`/api/calls/${call.id}`)).body.call.status).toBe('in_progress');
  const drained = draining.platform.drain();
  expect(await someone.post('/api/calls', { assistantId: assistant, toNumber: '+14155550101' })).toMatchObject({
    status: 503,
    body: { error: expect.stringContaining('stopping') },
  });
  await Promise.all([drained, gone]);
  expect((await someone.get(`/api/calls/${call.id}`)).body.call).toMatchObject({
    status: 'completed',
    ended_reason: 'shutdown',
    recording: { channels: 2 },
  });
  await draining.close();
});
