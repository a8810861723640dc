import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readWav, rms } from '@talkturo/voice';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

/** Real sound, real models, the real network: only its ringing is faster. */
let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-whole-'));
  server = await createTestServer({ TALKTURO_DATA_DIR: dataDir, TALKTURO_NETWORK_SPEED: '20' });
  tenant = await server.tenant();
  await server.listen();
  const made = await tenant.post('/api/assistants', { accountSlug: 'my-team', name: 'Shop' });
  assistantId = made.body.assistant.id;
  await tenant.patch(`/api/assistants/${assistantId}`, {
    accountSlug: 'my-team',
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    inbound_enabled: true,
    outbound_enabled: true,
    first_message: 'Hello, this is the flower shop. How can I help you?',
    system_prompt: 'You work at a flower shop. Our opening hours are Monday to Friday from nine to six. Our address is 5 Main Street.',
  });
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Message {
  speaker: 'caller' | 'assistant';
  text: string;
  start_seconds: number;
  end_seconds: number;
}

/** Loudness of a channel between two moments of the call. */
const loudness = (pcm: Int16Array, from: number, to: number) => rms(pcm.subarray(Math.round(from * 8000), Math.round(to * 8000)));

async function expectSound(id: string, messages: readonly Message[]) {
  const key = (await server.platform.calls.find(id))?.recordingKey ?? '';
  const file = readFileSync(server.platform.blobs.pathOf(key));
  const { sampleRate, channels } = readWav(file);
  expect(sampleRate).toBe(8000);
  expect(channels).toHaveLength(2);
  for (const { speaker, start_seconds, end_seconds } of messages) {
    const [own, others] = speaker === 'caller' ? channels : [channels[1], channels[0]];
    const middle = (start_seconds + end_seconds) / 2;
    expect(loudness(own!, middle - 0.3, middle + 0.3)).toBeGreaterThan(300);
    expect(loudness(others!, middle - 0.1, middle + 0.1)).toBeLessThan(300);
  }
}

test('a person calls the assistant: heard, answered, recorded', async () => {
  const script = { questions: ['What are your opening hours?'], goodbye: 'Thank you very much. Goodbye.' };
  server.platform.network.call({ assistantId, accountId: tenant.accountId, script });
  await expect.poll(() => server.platform.live.count).toBe(1);
  const [{ id }] = (await tenant.get('/api/calls')).body.calls;
  await server.platform.live.get(id)?.over;
  const { call } = (await tenant.get(`/api/calls/${id}`)).body;
  expect(call).toMatchObject({ status: 'completed', outcome: 'answered', direction: 'inbound', assistant_id: assistantId });
  const texts = call.messages.map((message: Message) => `${message.speaker}: ${message.text}`);
  expect(texts[0]).toBe('assistant: Hello, this is the flower shop. How can I help you?');
  expect(texts.slice(1, 3).join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  expect(call.latency.p50.voice_to_voice_ms).toBeGreaterThan(0);
  await expectSound(id, call.messages.slice(0, 3));
}, 60_000);

test('the assistant calls a person, who asks and says goodbye', async () => {
  const placed = await tenant.post('/api/calls', { assistantId, toNumber: '+14155550100' });
  expect(placed).toMatchObject({ status: 200, body: { call: { status: 'queued', direction: 'outbound' } } });
  const { id } = placed.body.call;
  await server.platform.live.get(id)?.over;
  const { call } = (await tenant.get(`/api/calls/${id}`)).body;
  expect(call).toMatchObject({ status: 'completed', outcome: 'answered', to_number: '+14155550100' });
  const types = call.events.map((event: { type: string }) => event.type);
  expect(types.slice(0, 3)).toEqual(['ringing', 'answered', 'started']);
  expect(types).toContain('machine_detection');
  const said = (speaker: string) =>
    call.messages.filter((message: Message) => message.speaker === speaker).map((message: Message) => message.text);
  expect(said('assistant').join(' ')).toMatch(/nine to six/i);
  expect(said('caller').join(' ')).toMatch(/opening hours/i);
}, 120_000);

test.each([
  ['+14155550170', 'busy'],
  ['+14155550180', 'declined'],
  ['+14155550185', 'invalid_number'],
  ['+14155550190', 'error'],
])('%s ends as %s', async (toNumber, outcome) => {
  const { id } = (await tenant.post('/api/calls', { assistantId, toNumber })).body.call;
  await server.platform.live.get(id)?.over;
  expect((await tenant.get(`/api/calls/${id}`)).body.call).toMatchObject({ status: 'failed', outcome, answered_at: null });
});

test('a caller is connected with a simulated person, and the record reaches up to there', async () => {
  const script = { questions: ['I would like to talk to somebody.'], goodbye: 'Thank you very much. Goodbye.' };
  server.platform.network.call({ assistantId, accountId: tenant.accountId, script });
  await expect.poll(() => server.platform.live.count).toBe(1);
  const [{ id }] = (await tenant.get('/api/calls?live=true')).body.calls;
  await expect.poll(async () => (await tenant.get(`/api/calls/${id}`)).body.call.messages.length, { timeout: 20_000 }).toBeGreaterThan(0);
  // Nobody at the first number: the assistant says so and goes on.
  expect((await tenant.post(`/api/calls/${id}/transfer`, { toNumber: '+14155550170' })).status).toBe(200);
  // What is said of it the caller may interrupt.
  const events = async () => (await tenant.get(`/api/calls/${id}`)).body.call.events;
  await expect
    .poll(events, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ type: 'transfer_failed', data: { to: '+14155550170', cause: 'busy' } }));
  expect((await tenant.post(`/api/calls/${id}/transfer`, { toNumber: '+14155550107', message: 'Anna will help you.' })).status).toBe(200);
  await server.platform.live.get(id)?.over;
  const { call } = (await tenant.get(`/api/calls/${id}`)).body;
  expect(call).toMatchObject({ status: 'completed', ended_reason: 'transferred', transferred_to: '+14155550107' });
  expect(call.messages.at(-1)).toMatchObject({ speaker: 'assistant', text: 'Anna will help you.', interrupted: false });
  await expectSound(id, call.messages.slice(0, 1));
  // The two still talk, and then hang up.
  await expect.poll(() => server.platform.network.liveCalls, { timeout: 60_000 }).toBe(0);
}, 120_000);
