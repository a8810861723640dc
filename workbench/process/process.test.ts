import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { mixToMono, readWav } from '@talkturo/voice';
import { afterAll, expect, test } from 'vitest';
import { startServerProcess, temporaryDataDir } from './server-process.ts';

const KEY = 'tk_test_0123456789abcdef0123';
const MAIN = path.join(import.meta.dirname, '../../apps/server/src/main.ts');
const data = temporaryDataDir();
const other = temporaryDataDir();
afterAll(() => {
  data.remove();
  other.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field
async function api(url: string, method: string, route: string, body?: unknown): Promise<any> {
  const answer = await fetch(url + route, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const loudest = (pcm: Int16Array): number => pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

test('with nothing set, a synthesised caller is answered with sound and the conversation is on record', { timeout: 240_000 }, async () => {
  const server = await startServerProcess(data.dataDir, { TALKTURO_BOOTSTRAP_API_KEY: KEY }, []);
  await server.says(/It goes on serving/);
  expect(server.said()).toMatch(/Caller {5}.*opening hours/i);
  expect(server.said()).toMatch(/Assistant {2}We are open Monday to Friday/);

  const { calls } = await api(server.url, 'GET', '/api/calls');
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ status: 'completed', direction: 'inbound' });
  const file = await fetch(server.url + calls[0].recording.url, { headers: { authorization: `Bearer ${KEY}` } });
  const { channels } = readWav(new Uint8Array(await file.arrayBuffer()));
  expect(channels).toHaveLength(2);
  for (const channel of channels) expect(loudest(channel)).toBeGreaterThan(2000);

  // Nobody else may use the folder meanwhile.
  const second = spawnSync(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', TALKTURO_DATA_DIR: data.dataDir },
    encoding: 'utf8',
  });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('Another Talkturo');
  await server.stop();
});

test('pulling the plug in the middle of a call loses nothing', { timeout: 240_000 }, async () => {
  const settings = { TALKTURO_BOOTSTRAP_API_KEY: KEY, TALKTURO_NETWORK_SPEED: '10' };
  const before = await startServerProcess(other.dataDir, settings);
  const { assistant } = await api(before.url, 'POST', '/api/assistants', {
    accountSlug: 'my-team',
    name: 'Caller',
    templateId: 'outbound-setter',
  });
  await api(before.url, 'PATCH', `/api/assistants/${assistant.id}`, {
    accountSlug: 'my-team',
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
  });
  const { call } = await api(before.url, 'POST', '/api/calls', { assistantId: assistant.id, toNumber: '+14155550100' });
  await until(async () => {
    const { call: now } = await api(before.url, 'GET', `/api/calls/${call.id}`);
    // Long enough for sound to be on disk: the newest second or two of a killed call may be missing.
    return now.messages.length >= 3 && now;
  });
  await before.kill();

  const after = await startServerProcess(other.dataDir, settings);
  const closed = await until(async () => {
    const { call: now } = await api(after.url, 'GET', `/api/calls/${call.id}`);
    return now.ended_reason && now;
  });
  expect(closed).toMatchObject({ status: 'failed', ended_reason: 'node_lost' });
  expect(closed.messages.length).toBeGreaterThan(0);
  const file = await fetch(after.url + closed.recording.url, { headers: { authorization: `Bearer ${KEY}` } });
  const recording = readWav(new Uint8Array(await file.arrayBuffer()));
  expect(loudest(mixToMono(recording))).toBeGreaterThan(2000);
  expect((await api(after.url, 'GET', `/api/assistants/${assistant.id}`)).assistant.name).toBe('Caller');
  await after.stop();
});

test.each([
  [{ PORT: 'many' }, /PORT is wrong/],
  [{ TALKTURO_BOOTSTRAP_API_KEY: 'secret' }, /TALKTURO_BOOTSTRAP_API_KEY is wrong/],
  [{ TALKTURO_NO_SUCH: '1' }, /TALKTURO_NO_SUCH is not a setting/],
  [{ LLM_BASE_URL: 'http://localhost:1' }, /LLM_MODEL is missing/],
])('a wrong setting %o stops the start with one sentence', (settings, sentence) => {
  const { status, stderr } = spawnSync(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...settings }, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr.trim()).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
