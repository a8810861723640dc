import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openNetworkEnd } from '@talkturo/carriers';
import { readWav, rms } from '@talkturo/voice';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The whole program in a process of its own, with the embedded database: killed in the middle of a call and started again. */
const KEY = 'tk_test_0123456789abcdefghij';
let dataDir: string;
let databaseDir: string | undefined;
let running: ChildProcess | null = null;

beforeAll(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-killed-'));
});
afterAll(async () => {
  if (running) {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  for (const dir of [dataDir, databaseDir && path.dirname(databaseDir)]) if (dir) rmSync(dir, { recursive: true, force: true });
});

/** Starts the server and resolves with its address once it takes calls. */
async function start(): Promise<string> {
  running = spawn(process.execPath, [path.join(import.meta.dirname, '../main.ts'), '--no-demo'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      TALKTURO_DATA_DIR: dataDir,
      TALKTURO_BOOTSTRAP_API_KEY: KEY,
      TALKTURO_DRAIN_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let address: string | undefined;
  for await (const line of createInterface({ input: running.stdout! })) {
    databaseDir = /database +(\S+)/.exec(line)?.[1] ?? databaseDir;
    const ready = /is ready on (http:\S+)/.exec(line);
    address = ready?.[1] ?? address;
    // The last of the lines that matter.
    if (address && databaseDir) return address;
  }
  throw new Error('the server ended before it was ready');
}

const ask = async (base: string, method: string, url: string, body?: object) => {
  const answer = await fetch(base + url, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.status).toBe(200);
  return answer;
};

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers field by field
const json = async (...request: Parameters<typeof ask>): Promise<any> => (await ask(...request)).json();

/** Listens to the call until the assistant has said its first sentence. */
async function untilGreeted(base: string, callId: string): Promise<void> {
  const stream = await ask(base, 'GET', `/api/calls/${callId}/events`);
  let text = '';
  for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes('event: turn')) return;
  }
  throw new Error('the call ended before the greeting');
}

test('after kill -9 in a call: it is closed as node_lost, its recording plays up to that moment, nothing else is lost', async () => {
  let base = await start();
  const { assistant } = await json(base, 'POST', '/api/assistants', { accountSlug: 'my-team', name: 'Shop' });
  const greeting = 'Good morning, this is the flower shop at the corner. How can I help you today?';
  const local = { provider: 'local', voice_provider: 'local', transcriptor_provider: 'local', first_message: greeting };
  await ask(base, 'PATCH', `/api/assistants/${assistant.id}`, { accountSlug: 'my-team', ...local });
  const { call, mediaUrl } = await json(base, 'POST', '/api/network/calls', { assistantId: assistant.id });
  const caller = openNetworkEnd({
    url: mediaUrl,
    callRef: call.id,
    from: '',
    to: '',
    encoding: 'PCMU',
    onOpen: () => {},
    onClosed: () => clearInterval(sound),
  });
  const silence = Buffer.alloc(160, 0xff).toString('base64');
  const sound = setInterval(() => caller.send(silence), 20);
  await untilGreeted(base, call.id);
  running!.kill('SIGKILL');
  await once(running!, 'exit');

  base = await start();
  const after = (await json(base, 'GET', `/api/calls/${call.id}`)).call;
  expect(after).toMatchObject({ status: 'failed', ended_reason: 'node_lost', outcome: 'answered', messages: [{ text: greeting }] });
  expect(after.duration_seconds).toBeGreaterThan(3);
  const file = await (await ask(base, 'GET', `/api/calls/${call.id}/recording`)).arrayBuffer();
  const { channels } = readWav(new Uint8Array(file));
  const [callerSide, assistantSide] = channels;
  expect(assistantSide!.length).toBeGreaterThan(2 * 8000);
  expect(rms(assistantSide!.subarray(8000, 16_000))).toBeGreaterThan(300);
  expect(rms(callerSide!)).toBeLessThan(50);
  expect((await json(base, 'GET', `/api/assistants/${assistant.id}`)).assistant.first_message).toBe(greeting);
}, 120_000);
