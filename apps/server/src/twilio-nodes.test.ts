import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startTwilioSimulator, type TwilioSimulator } from '@talkturo/carriers/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAssistant, scriptedProviders } from './testing/call-kit.ts';
import { settingsFor } from './testing/carrier-settings.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';
const COLLEAGUE = '+12025550144';

const folders = ['one', 'two'].map((name) => mkdtempSync(path.join(os.tmpdir(), `talkturo-twilio-${name}-`)));
let balancer: Awaited<ReturnType<typeof startTunnel>>;
let twilio: TwilioSimulator;
/** The node that places the calls, and the other one. */
let one: TestServer;
let two: TestServer;
let addresses: string[];
let tenant: TestTenant;
let assistantId: string;

async function node(dataDir: string, databaseUrl?: string): Promise<TestServer> {
  const settings = {
    TALKTURO_DATA_DIR: dataDir,
    ...settingsFor.twilio(twilio),
    PUBLIC_URL: balancer.url,
  };
  const standIns = { providers: scriptedProviders(), speak: async () => new Int16Array(800) };
  return createTestServer(settings, { standIns, alone: true, ...(databaseUrl ? { databaseUrl } : {}) });
}

beforeAll(async () => {
  balancer = await startTunnel();
  twilio = await startTwilioSimulator();
  one = await node(folders[0]!);
  two = await node(folders[1]!, one.databaseUrl);
  addresses = [await one.listen(), await two.listen()];
  balancer.leadTo(addresses[0]!);
  tenant = await one.tenant();
  twilio.numbers.stock(OURS);
  await tenant.post('/api/phone-numbers/purchase', { phoneNumber: OURS, teamId: tenant.teamId });
  assistantId = await localAssistant(tenant);
}, 60_000);
afterAll(async () => {
  expect(twilio.problems).toEqual([]);
  await two.close();
  await one.close();
  await twilio.close();
  await balancer.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const call = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
const latest = async () => (await tenant.get('/api/calls?limit=1')).body.calls[0];

test('a call whose question is held by another node is connected, and both records say that they were transferred', async () => {
  const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS })).body.call;
  const line = twilio.calls.all.at(-1)!;
  await expect.poll(() => line.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(one.platform.live.get(id)).toBeDefined();

  // From now on new connections lead to the other node, the media socket of the question among them.
  balancer.leadTo(addresses[1]!);
  const body = { toNumber: COLLEAGUE, mode: 'attended', message: '', summary: 'It is about roses.' };
  expect((await tenant.post(`/api/calls/${id}/transfer`, body)).status).toBe(200);
  await expect.poll(() => twilio.calls.all.at(-1)!.to, { timeout: 20_000 }).toBe(COLLEAGUE);
  const asked = twilio.calls.all.at(-1)!;
  await expect.poll(() => asked.stream?.heard.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  const question = await latest();
  expect(question).toMatchObject({ consultation_of: id });
  expect(two.platform.live.get(question.id)).toBeDefined();
  const over = two.platform.live.get(question.id)!.over;
  asked.stream!.press('1');
  await expect.poll(() => call(id), { timeout: 20_000 }).toMatchObject({ ended_reason: 'transferred', transferred_to: COLLEAGUE });
  expect(line.conference).toBe(asked.conference);
  await over;
  expect(await call(question.id)).toMatchObject({ status: 'completed', ended_reason: 'transferred' });
  expect([line.status, asked.status]).toEqual(['in-progress', 'in-progress']);
  twilio.calls.hangUp(line.sid);
  expect(asked.status).toBe('completed');
  balancer.leadTo(addresses[0]!);
}, 60_000);
