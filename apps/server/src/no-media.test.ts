import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connectWebCaller, startTelnyxSimulator, startTwilioSimulator } from '@talkturo/carriers/testing';
import { createHandClock, type HandClock } from '@talkturo/voice/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inGerman } from './http/language/failure-language.ts';
import { localAssistant, scriptedProviders } from './testing/call-kit.ts';
import { settingsFor } from './testing/carrier-settings.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const THEIRS = '+442079460123';
const NUMBERS = { twilio: '+14155550101', telnyx: '+12125550101' } as const;
const NOWHERE = 'ws://127.0.0.1:9/media';
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-no-media-'));

let clock: HandClock;
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let twilio: Awaited<ReturnType<typeof startTwilioSimulator>>;
let telnyx: Awaited<ReturnType<typeof startTelnyxSimulator>>;
let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
const numberIds: Record<string, string> = {};

beforeAll(async () => {
  clock = createHandClock();
  tunnel = await startTunnel();
  twilio = await startTwilioSimulator();
  telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
  server = await createTestServer(
    {
      TALKTURO_DATA_DIR: dataDir,
      ...settingsFor.twilio(twilio),
      ...settingsFor.telnyx(telnyx),
      PUBLIC_URL: tunnel.url,
    },
    { standIns: { providers: scriptedProviders(), speak: async () => new Int16Array(800), clock } },
  );
  tunnel.leadTo(await server.listen());
  tenant = await server.tenant();
  assistantId = await localAssistant(tenant);
  twilio.numbers.stock(NUMBERS.twilio);
  telnyx.numbers.stock(NUMBERS.telnyx);
  for (const [provider, phoneNumber] of Object.entries(NUMBERS)) {
    const bought = await tenant.post('/api/phone-numbers/purchase', { phoneNumber, teamId: tenant.teamId, provider });
    numberIds[provider] = bought.body.phoneNumber.id;
  }
}, 60_000);
afterAll(async () => {
  expect([...twilio.problems, ...telnyx.problems]).toEqual([]);
  await server.close();
  await twilio.close();
  await telnyx.close();
  await tunnel.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const place = async (carrier: keyof typeof NUMBERS): Promise<string> =>
  (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS, fromNumberId: numberIds[carrier] })).body.call.id;
const record = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
const state = {
  twilio: () => twilio.calls.all.at(-1)!.status,
  telnyx: () => telnyx.calls.all.at(-1)!.state,
};

/** Where connections are taken and never answered. */
async function silentAddress() {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  return { url: `ws://127.0.0.1:${(silent.address() as AddressInfo).port}/media`, close: () => silent.close() };
}

describe.each([
  ['twilio', 'Twilio could not stream the sound of the call', 'Twilio konnte den Ton des Anrufs nicht übertragen', 'completed'],
  ['telnyx', 'Telnyx could not open the media socket of the call', 'Telnyx konnte den Media-Socket des Anrufs nicht öffnen', 'over'],
] as const)('an answered call of %s whose media never comes', (carrier, sentence, german, over) => {
  const calls = () => ({ twilio, telnyx })[carrier].calls;

  test('ends with what the carrier says of it, and is hung up on', async () => {
    calls().streamsTo(NOWHERE);
    const id = await place(carrier);
    await expect.poll(async () => (await record(id)).status, { timeout: 20_000 }).toBe('failed');
    expect(await record(id)).toMatchObject({ carrier, ended_reason: 'no_media', outcome: 'answered' });
    expect((await record(id)).error).toContain(sentence);
    expect(inGerman((await record(id)).error)).toContain(german);
    await expect.poll(state[carrier], { timeout: 20_000 }).toBe(over);
  }, 30_000);

  test('ends after a while also where the carrier says nothing', async () => {
    const silent = await silentAddress();
    calls().streamsTo(silent.url);
    const id = await place(carrier);
    await expect.poll(async () => (await record(id)).status, { timeout: 20_000 }).toBe('in_progress');
    await clock.advance(14_000);
    expect((await record(id)).status).toBe('in_progress');
    const ended = server.platform.live.get(id)?.over;
    await clock.advance(1_000);
    await ended;
    expect(await record(id)).toMatchObject({
      status: 'failed',
      ended_reason: 'no_media',
      error: 'The call was answered, and its sound never came: the carrier did not open the media socket.',
    });
    expect(inGerman((await record(id)).error)).toContain('sein Ton kam nie');
    await expect.poll(state[carrier], { timeout: 20_000 }).toBe(over);
    silent.close();
  }, 30_000);
});

test('a caller who is gone at the moment of the answer, of whom nobody is told, takes no line for minutes', async () => {
  const path = `/api/assistants/${assistantId}/telephony/phone-numbers`;
  await tenant.patch(path, { accountSlug: tenant.slug, phoneNumberIds: [numberIds.twilio] });
  const silent = await silentAddress();
  twilio.calls.streamsTo(silent.url);
  const caller = twilio.calls.callUs(THEIRS, NUMBERS.twilio);
  await expect.poll(state.twilio, { timeout: 20_000 }).toBe('in-progress');
  twilio.post.lose(1);
  caller.hangUp();
  const { id } = (await tenant.get('/api/calls?limit=1')).body.calls[0];
  expect(await record(id)).toMatchObject({ direction: 'inbound', status: 'ringing' });
  const ended = server.platform.live.get(id)?.over;
  await clock.advance(15_000);
  await ended;
  expect(await record(id)).toMatchObject({
    status: 'failed',
    ended_reason: 'cancelled',
    error: 'The caller was gone before the call could be answered.',
  });
  silent.close();
}, 30_000);

test('a page may take its time: its visitor is asked for the microphone', async () => {
  const { host } = new URL(tunnel.url);
  const { call, url } = (await tenant.post('/api/calls/web', { assistantId }, { host })).body;
  await clock.advance(40_000);
  expect(await record(call.id)).toMatchObject({ status: 'ringing' });
  const ended = server.platform.live.get(call.id)?.over;
  const caller = await connectWebCaller(url.replace('wss:', 'ws:'));
  await caller.next('ready');
  await expect.poll(async () => (await record(call.id)).status, { timeout: 20_000 }).toBe('in_progress');
  caller.hangUp();
  await clock.advance(5000);
  await ended;
}, 30_000);
