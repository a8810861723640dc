import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startTelnyxSimulator, type TelnyxSimulator } from '@talkturo/carriers/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodes } from '../cluster/nodes.table.ts';
import { localAssistant, scriptedProviders } from '../testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { startTunnel } from '../testing/tunnel.ts';

/**
 * A node is killed while the telephones it dialled still ring. The network (a simulated Telnyx) is in a process of its own and
 * lives on; so does a second node, which hears what becomes of the calls.
 */
const OURS = '+14155550101';
const SECRET = 'a-secret-that-both-nodes-share-0123456789';
let telnyx: TelnyxSimulator;
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let survivor: TestServer;
let tenant: TestTenant;
let settings: Record<string, string>;
let dialler: ChildProcess | null = null;
const dirs = [0, 1].map(() => mkdtempSync(path.join(os.tmpdir(), 'talkturo-killed-dialler-')));

beforeAll(async () => {
  tunnel = await startTunnel();
  telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
  settings = {
    TALKTURO_SECRET: SECRET,
    TELNYX_API_KEY: telnyx.apiKey,
    TELNYX_API_URL: telnyx.url,
    TELNYX_PUBLIC_KEY: telnyx.post.publicKey,
    TELNYX_CONNECTION_ID: telnyx.connectionId,
    PUBLIC_URL: tunnel.url,
  };
  survivor = await createTestServer(
    { ...settings, TALKTURO_DATA_DIR: dirs[0]! },
    { standIns: { providers: scriptedProviders() }, alone: true },
  );
  tenant = await survivor.tenant();
}, 60_000);
afterAll(async () => {
  dialler?.kill('SIGKILL');
  await survivor.close();
  await telnyx.close();
  await tunnel.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The node that dials, as a process of its own. */
async function startDialler(): Promise<void> {
  const port = await freePort();
  dialler = spawn(process.execPath, [path.join(import.meta.dirname, '../main.ts'), '--no-demo'], {
    env: {
      PATH: process.env.PATH,
      ...settings,
      PORT: String(port),
      TALKTURO_LOG_LEVEL: 'error',
      DATABASE_URL: survivor.databaseUrl,
      TALKTURO_DATA_DIR: dirs[1]!,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: dialler.stdout! })) {
    if (!line.includes('is ready on')) continue;
    tunnel.leadTo(`http://127.0.0.1:${port}`);
    return;
  }
  throw new Error('the node ended before it was ready');
}

/** A campaign to these numbers, which ring until the test says otherwise. */
async function campaignTo(numbers: readonly string[]): Promise<string> {
  const { teamId, slug } = tenant;
  telnyx.numbers.stock(OURS);
  const bought = await tenant.post('/api/phone-numbers/purchase', { phoneNumber: OURS, teamId });
  const assistantId = await localAssistant(tenant, { first_message: 'Hello, this is the flower shop.' });
  const phoneNumberIds = [bought.body.phoneNumber.id];
  await tenant.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, { accountSlug: slug, phoneNumberIds });
  const companyId = (await tenant.post('/api/crm/companies', { teamId, name: 'Acme' })).body.company.id;
  for (const phone of numbers) {
    telnyx.calls.behave(phone, 'rings');
    await tenant.post('/api/crm/contacts', { teamId, companyId, firstName: 'P', lastName: phone, phone });
  }
  const always = { callWindowStart: '00:00', callWindowEnd: '00:00' };
  const retries = { retryOnError: true, retryDelayMinutes: 0.1, maxAttemptsPerContact: 3 };
  const made = await tenant.post('/api/crm/campaigns', { teamId, name: 'C', assistantId, companyId, ...always, ...retries });
  await tenant.post(`/api/crm/campaigns/${made.body.campaign.id}/run`, { action: 'start' });
  return made.body.campaign.id;
}

test('calls that ring when their node is killed are answered by another one or end as the network says, and are dialled once', async () => {
  const [answers, declines] = ['+442079460123', '+442079460124'] as const;
  await startDialler();
  const campaignId = await campaignTo([answers, declines]);
  const callTo = (number: string) => telnyx.calls.all.find(({ to }) => to === number)!;
  await expect.poll(() => telnyx.calls.all.length, { timeout: 30_000 }).toBe(2);
  // Both ring: their rows say so.
  const statuses = async () =>
    (await tenant.get(`/api/calls?campaignId=${campaignId}`)).body.calls.map((call: { status: string }) => call.status);
  await expect.poll(statuses, { timeout: 10_000 }).toEqual(['ringing', 'ringing']);

  dialler!.kill('SIGKILL');
  await once(dialler!, 'exit');
  tunnel.leadTo(await survivor.listen());
  // Its heartbeat has stopped; as if 21 s had passed.
  const { db, cluster } = survivor.platform;
  await db.update(nodes).set({ heartbeatAt: sql`now() - interval '21 seconds'` }).where(sql`id <> ${cluster.nodeId}`);
  await cluster.beat();
  await survivor.platform.lost.idle();
  expect(await statuses()).toEqual(['ringing', 'ringing']);

  telnyx.calls.pickUp(callTo(answers).ref);
  telnyx.calls.decline(callTo(declines).ref);
  await expect.poll(() => callTo(answers).stream, { timeout: 20_000 }).not.toBeNull();
  await callTo(answers).stream!.heardSamples(4000);
  telnyx.calls.hangUp(callTo(answers).ref);
  const contacts = async () => {
    const list = (await tenant.get(`/api/crm/campaigns/${campaignId}/contacts`)).body.contacts;
    return Object.fromEntries(
      list.map((one: { phone: string; status: string; outcome: string }) => [one.phone, `${one.status} ${one.outcome}`]),
    );
  };
  await expect.poll(contacts, { timeout: 30_000 }).toEqual({ [answers]: 'completed answered', [declines]: 'completed declined' });
  await expect.poll(async () => (await tenant.get(`/api/crm/campaigns/${campaignId}`)).body.campaign.status).toBe('completed');
  expect(telnyx.calls.all).toHaveLength(2);
  expect(telnyx.problems).toEqual([]);
}, 120_000);
