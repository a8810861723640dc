import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  GEMINI_LIVE_KEY,
  type GeminiLiveSimulator,
  OPENAI_REALTIME_KEY,
  type OpenAiRealtimeSimulator,
  startGeminiLiveSimulator,
  startOpenAiRealtimeSimulator,
} from '@talkturo/providers/testing';
import { readWav, rms } from '@talkturo/voice';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

/** Whole calls over the built-in network that simulators of the realtime vendors lead; behind them the local models. */
let openAi: OpenAiRealtimeSimulator;
let gemini: GeminiLiveSimulator;
let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-realtime-'));
  openAi = await startOpenAiRealtimeSimulator('what are your opening hours');
  gemini = await startGeminiLiveSimulator('what are your opening hours');
  server = await createTestServer({
    TALKTURO_DATA_DIR: dataDir,
    TALKTURO_NETWORK_SPEED: '20',
    OPENAI_API_KEY: OPENAI_REALTIME_KEY,
    OPENAI_API_URL: `${openAi.url}/v1`,
    GOOGLE_API_KEY: GEMINI_LIVE_KEY,
    GOOGLE_API_URL: `${gemini.url}/v1beta`,
  });
  tenant = await server.tenant();
  await server.listen();
  assistantId = (await tenant.post('/api/assistants', { accountSlug: 'my-team', name: 'Shop' })).body.assistant.id;
}, 60_000);
afterAll(async () => {
  await server.close();
  await openAi.stop();
  await gemini.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const GREETING = 'Hello, this is the flower shop. How can I help you?';
const leads = (realtime_provider: string, realtime_model: string, realtime_voice: string) =>
  tenant.patch(`/api/assistants/${assistantId}`, {
    accountSlug: 'my-team',
    mode: 'realtime',
    realtime_provider,
    realtime_model,
    realtime_voice,
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    inbound_enabled: true,
    outbound_enabled: true,
    first_message: GREETING,
    system_prompt: 'You work at a flower shop. Our opening hours are Monday to Friday from nine to six.',
  });

interface Message {
  speaker: 'caller' | 'assistant';
  text: string;
  start_seconds: number;
  end_seconds: number;
}

/** A person calls, asks what the opening hours are, and says goodbye. @returns the record of the call */
async function callOf(questions = ['What are your opening hours?']) {
  const script = { questions, goodbye: 'Thank you very much. Goodbye.' };
  server.platform.network.call({ assistantId, accountId: tenant.accountId, script });
  await expect.poll(() => server.platform.live.count).toBe(1);
  const [{ id }] = (await tenant.get('/api/calls')).body.calls;
  return {
    id: id as string,
    over: async () => {
      await server.platform.live.get(id)?.over;
      return (await tenant.get(`/api/calls/${id}`)).body.call;
    },
  };
}
const textsOf = (call: { messages: Message[] }) => call.messages.map(({ speaker, text }) => `${speaker}: ${text}`);

describe.each([
  ['openai-realtime', 'gpt-realtime', 'marin'],
  ['gemini-live', 'gemini-3.8-live', 'Kore'],
] as const)('a call that %s leads', (provider, model, voice) => {
  const simulator = () => (provider === 'openai-realtime' ? openAi : gemini);
  beforeEach(() => leads(provider, model, voice));

  test('is greeted, heard, answered, recorded and counted', async () => {
    simulator().answers('We are open from nine to six.');
    const call = await (await callOf()).over();
    expect(call).toMatchObject({ status: 'completed', outcome: 'answered' });
    expect(textsOf(call)[0]).toBe(`assistant: ${GREETING}`);
    // Who pauses in the question is heard twice, and answered once.
    expect(textsOf(call).join(' ')).toMatch(/caller: what are your opening hours.* assistant: We are open from nine to six\./);
    expect(call.latency.p50.voice_to_voice_ms).toBeGreaterThan(0);
    const types = call.events.map((event: { type: string }) => event.type);
    expect(types).not.toContain('stage_failed');
    expect(types).not.toContain('fallback');
    const key = (await server.platform.calls.find(call.id))?.recordingKey ?? '';
    const { channels } = readWav(readFileSync(server.platform.blobs.pathOf(key)));
    for (const { speaker, start_seconds, end_seconds } of call.messages.slice(0, 3) as Message[]) {
      const own = channels[speaker === 'caller' ? 0 : 1]!;
      const middle = (start_seconds + end_seconds) / 2;
      expect(rms(own.subarray(Math.round((middle - 0.3) * 8000), Math.round((middle + 0.3) * 8000)))).toBeGreaterThan(300);
    }
  }, 60_000);

  test('has its session open while it rings, and closes it where nobody answers', async () => {
    const before = { requests: simulator().requests.length, messages: simulator().messages.length };
    const { call } = (await tenant.post('/api/calls', { assistantId, toNumber: '+14155550160' })).body;
    await expect.poll(() => simulator().open).toBe(1);
    await server.platform.live.get(call.id)?.over;
    expect((await tenant.get(`/api/calls/${call.id}`)).body.call).toMatchObject({ status: 'failed', answered_at: null });
    await expect.poll(() => simulator().open).toBe(0);
    expect(simulator().requests).toHaveLength(before.requests + 1);
    // Nothing but what sets it up.
    const sent = simulator().messages.slice(before.messages);
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).toContain('You work at a flower shop.');
  }, 60_000);

  test('goes on with the local models when the session is lost', async () => {
    simulator().answers('We are open from nine to six.');
    const { id, over } = await callOf();
    // While the greeting sounds: nobody has asked anything yet.
    const types = async () => (await tenant.get(`/api/calls/${id}`)).body.call.events.map(({ type }: { type: string }) => type);
    await expect.poll(types, { timeout: 20_000 }).toContain('assistant_speaking');
    simulator().dropAll();
    const call = await over();
    expect(call).toMatchObject({ status: 'completed', outcome: 'answered' });
    const failed = call.events.find((event: { type: string }) => event.type === 'stage_failed');
    expect(failed.data).toMatchObject({ stage: 'speech-to-speech', provider, kind: 'unavailable' });
    const taken = call.events.find((event: { type: string }) => event.type === 'fallback');
    expect(taken.data).toMatchObject({ stage: 'speech-to-speech', from: provider, to: 'standard' });
    expect(textsOf(call).join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  }, 60_000);
});

test('a call is led by the local models from its first word when the vendor refuses', async () => {
  await leads('openai-realtime', 'gpt-realtime', 'marin');
  openAi.befalls({ refuse: 401, body: '{"error":{"message":"No such key."}}' });
  const call = await (await callOf()).over();
  expect(textsOf(call)[0]).toBe(`assistant: ${GREETING}`);
  expect(textsOf(call).join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  const failed = call.events.find((event: { type: string }) => event.type === 'stage_failed');
  expect(failed.data).toMatchObject({ stage: 'speech-to-speech', provider: 'openai-realtime', kind: 'auth' });
}, 60_000);

test('modes and realtime providers that do not exist are refused with those that do', async () => {
  const refused = await tenant.patch(`/api/assistants/${assistantId}`, {
    accountSlug: 'my-team',
    mode: 'fast',
    realtime_provider: 'openai',
  });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toMatch(/standard.*realtime/);
  expect(JSON.stringify(refused.body)).toMatch(/openai-realtime.*gemini-live/);
});
