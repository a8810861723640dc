import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CARTESIA_KEY, type SocketSimulator, startCartesiaSimulator, startChatSimulator } from '@talkturo/providers/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import type { AccountAccess, VendorAccess } from './integrations/vendor-access.ts';
import { createKeyQuestion, createProvidersOf, settingsFor } from './providers.ts';
import { localAssistant } from './testing/call-kit.ts';
import { silentCaller } from './testing/silent-caller.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';

const own = (apiKey: string | null, settings: Record<string, string> = {}): VendorAccess => ({ apiKey, settings });
const access = (entries: Record<string, VendorAccess | null>): AccountAccess => new Map(Object.entries(entries));
const configOf = (env: Record<string, string>) => readConfig({ TALKTURO_SECRET: 's'.repeat(32), ...env }, '/');

describe('the settings of an account', () => {
  const config = configOf({
    OPENAI_API_KEY: 'server-key',
    LLM_BASE_URL: 'https://llm.server',
    LLM_MODEL: 'm',
    LLM_API_KEY: 'server-secret',
  });

  test('are those of the server with its own keys in their places', () => {
    const settings = settingsFor(config, access({ openai: own('own-key'), cartesia: own('own-voice') }));
    expect(settings).toMatchObject({ OPENAI_API_KEY: 'own-key', CARTESIA_API_KEY: 'own-voice', LLM_API_KEY: 'server-secret' });
    expect(settingsFor(config, access({})).OPENAI_API_KEY).toBe('server-key');
  });

  test('never send a key of the server to an address of the account', () => {
    const settings = settingsFor(config, access({ 'openai-compatible': own(null, { base_url: 'https://mine', model: 'mine' }) }));
    expect([settings.LLM_BASE_URL, settings.LLM_MODEL, settings.LLM_API_KEY]).toEqual(['https://mine', 'mine', undefined]);
  });

  test('do not fall back on the server where the own key cannot be read', async () => {
    const broken = access({ openai: null });
    expect(settingsFor(config, broken).OPENAI_API_KEY).toBeUndefined();
    const providers = await createProvidersOf({ config, speech: () => null, accessOf: async () => broken })('acct');
    expect(providers.languageModel('openai')).toMatchObject({ ok: false, message: expect.stringContaining('set it again') });
  });

  test('name both places where a missing key can be set', async () => {
    const providers = await createProvidersOf({ config, speech: () => null, accessOf: async () => access({}) })('acct');
    expect(providers.textToSpeech('cartesia')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/CARTESIA_API_KEY.*Integrations/),
    });
  });
});

describe('in production', () => {
  const config = configOf({ TALKTURO_ENV: 'production' });

  test('an address of the account that leads inside is not asked', async () => {
    const inside = await startChatSimulator();
    const ask = createKeyQuestion(config);
    const finding = await ask('openai-compatible', own('k', { base_url: inside.url.replace('127.0.0.1', 'localhost'), model: 'm' }));
    expect(finding).toMatchObject({ ok: false, problem: 'unavailable', said: expect.stringContaining('not allowed') });
    const mine = access({ 'openai-compatible': own('k', { base_url: inside.url, model: 'm' }) });
    const providers = await createProvidersOf({ config, speech: () => null, accessOf: async () => mine })('acct');
    const resolved = providers.languageModel('openai-compatible');
    const request = { model: null, instructions: '', messages: [], tools: [], temperature: 0, maxTokens: 5, language: 'en' };
    const reply = async () => {
      if (!resolved.ok) throw new Error(resolved.message);
      for await (const part of resolved.create().reply(request, new AbortController().signal)) return part;
      return null;
    };
    await expect(reply()).rejects.toThrow('not allowed');
    expect(inside.requests).toEqual([]);
    await inside.stop();
  });
});

describe('calls', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-keys-'));
  let cartesia: SocketSimulator;
  let server: TestServer;
  beforeAll(async () => {
    cartesia = await startCartesiaSimulator();
    // Its calls come over the built-in network, which is in this process; the second node is one of the test's own.
    server = await createTestServer({ TALKTURO_DATA_DIR: dataDir, CARTESIA_API_URL: cartesia.url }, { alone: true });
    await server.listen();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await cartesia.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const setKey = async (tenant: TestTenant, apiKey: string | null) => {
    const body = { providers: { cartesia: apiKey === null ? null : { api_key: apiKey } } };
    const answer = await server.request('PUT', '/api/settings/providers', { body, headers: { authorization: `Bearer ${tenant.key}` } });
    expect(answer.status).toBe(200);
  };

  /** Somebody calls, listens until the greeting is spoken, and hangs up. @returns the record */
  async function call(tenant: TestTenant, assistantId: string, node = server) {
    const headers = { authorization: `Bearer ${tenant.key}` };
    const { call, mediaUrl } = (await node.request('POST', '/api/network/calls', { body: { assistantId }, headers })).body;
    const record = async () => (await node.request('GET', `/api/calls/${call.id}`, { headers })).body.call;
    const caller = silentCaller(mediaUrl);
    await expect.poll(async () => (await record()).messages.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const { over } = node.platform.live.get(call.id)!;
    caller.end.hangup();
    await over;
    return record();
  }
  const keysSeen = (since: number) => [...new Set(cartesia.requests.slice(since).map(({ headers }) => headers.authorization))];
  const eventsOf = (record: { events: { type: string; data: Record<string, unknown> }[] }, type: string) =>
    record.events.filter((event) => event.type === type).map(({ data }) => data);

  test('speak with the keys of their own account, and what changes holds from the next call on, on every node', async () => {
    const [mine, theirs] = [await server.tenant('mine'), await server.tenant('theirs')];
    const [assistant, other] = [
      await localAssistant(mine, { voice_provider: 'cartesia' }),
      await localAssistant(theirs, { voice_provider: 'cartesia' }),
    ];
    await setKey(mine, CARTESIA_KEY);

    let before = cartesia.requests.length;
    expect(eventsOf(await call(mine, assistant), 'stage_failed')).toEqual([]);
    expect(keysSeen(before)).toEqual([`Bearer ${CARTESIA_KEY}`]);

    before = cartesia.requests.length;
    const without = await call(theirs, other);
    expect(eventsOf(without, 'provider_replaced')).toMatchObject([{ stage: 'text-to-speech', wanted: 'cartesia', used: 'local' }]);
    expect(keysSeen(before)).toEqual([]);

    await setKey(theirs, 'a-key-of-theirs-1');
    const second = await createTestServer(
      { TALKTURO_DATA_DIR: dataDir, CARTESIA_API_URL: cartesia.url },
      { databaseUrl: server.databaseUrl },
    );
    await second.listen();
    before = cartesia.requests.length;
    const refused = await call(theirs, other, second);
    await second.close();
    expect(keysSeen(before)).toEqual(['Bearer a-key-of-theirs-1']);
    // Who refused stands in the call's log, and the local voice has spoken instead.
    expect(eventsOf(refused, 'stage_failed')).toMatchObject([{ stage: 'text-to-speech', provider: 'cartesia', kind: 'auth' }]);
    expect(eventsOf(refused, 'fallback')).toMatchObject([{ stage: 'text-to-speech', from: 'cartesia', to: 'local' }]);
    expect(refused.status).toBe('completed');
  }, 120_000);
});
