import {
  type SimulatedTwilioCall,
  startTelnyxSimulator,
  startTwilioSimulator,
  type TelnyxSimulator,
  type TwilioSimulator,
} from '@talkturo/carriers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFor } from './testing/carrier-settings.ts';
import { startFlowerShop } from './testing/flower-shop.ts';
import { firstWords, wordsIn } from './testing/heard-words.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const OURS = '+14155550101';
const OF_TELNYX = '+12125550101';
const THEIRS = '+442079460123';
const COLLEAGUE = '+12025550144';

describe('calls over Twilio, beside Telnyx', () => {
  let twilio: TwilioSimulator;
  let telnyx: TelnyxSimulator;
  let shop: Awaited<ReturnType<typeof startFlowerShop>>;
  let server: TestServer;
  let tenant: TestTenant;
  let tunnel: Awaited<ReturnType<typeof startTunnel>>;
  let assistantId: string;
  let numberId: string;

  beforeAll(async () => {
    tunnel = await startTunnel();
    twilio = await startTwilioSimulator();
    telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
    twilio.numbers.stock(OURS);
    telnyx.numbers.stock(OF_TELNYX);
    const settings = {
      TALKTURO_NUMBER_SUPPLIER: 'twilio',
      ...settingsFor.twilio(twilio),
      ...settingsFor.telnyx(telnyx),
    };
    shop = await startFlowerShop({ tunnel, settings, ours: OURS });
    ({ server, tenant, assistantId, numberId } = shop);
  }, 120_000);
  afterAll(async () => {
    expect(twilio.problems).toEqual([]);
    expect(telnyx.problems).toEqual([]);
    await shop.close();
    await twilio.close();
    await telnyx.close();
    await tunnel.close();
  });

  const call = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
  const latest = async () => (await tenant.get('/api/calls?limit=1')).body.calls[0];
  const talk = (line: SimulatedTwilioCall, callId: string) => shop.talk(line, callId, () => twilio.calls.hangUp(line.sid));

  function expectConversation({ messages }: { messages: { speaker: string; text: string }[] }) {
    const texts = messages.map((message) => `${message.speaker}: ${message.text}`);
    expect(texts[0]).toBe('assistant: Hello, this is the flower shop.');
    expect(texts.join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  }

  async function expectRecording(callId: string) {
    const { channels } = await shop.recorded(callId);
    const [caller, assistant] = channels.map((side) => firstWords(side, 8000));
    expect(await wordsIn(shop.speech, caller!)).toContain('opening');
    expect(await wordsIn(shop.speech, assistant!)).toContain('flower shop');
  }

  it('come in: the number leads to its assistant, which answers and is on record', async () => {
    expect(twilio.numbers.owned[0]).toMatchObject({ voice_url: `${tunnel.url}/webhooks/twilio`, friendly_name: numberId });
    twilio.calls.callUs(THEIRS, OURS);
    await expect.poll(() => server.platform.live.count, { timeout: 10_000 }).toBe(1);
    const { id } = await latest();
    const record = await talk(twilio.calls.all.at(-1)!, id);
    expect(record).toMatchObject({
      direction: 'inbound',
      carrier: 'twilio',
      status: 'completed',
      ended_reason: 'caller_hung_up',
      outcome: 'answered',
      from_number: THEIRS,
      to_number: OURS,
      assistant_id: assistantId,
    });
    expectConversation(record);
    await expectRecording(id);
  }, 90_000);

  it('go out: from the assistant’s number, and are on record', async () => {
    // What a telephone network packs together is not promised.
    twilio.calls.packs(400);
    const placed = await tenant.post('/api/calls', { assistantId, toNumber: THEIRS });
    expect(placed.status).toBe(200);
    const { id } = placed.body.call;
    const record = await talk(twilio.calls.all.at(-1)!, id);
    expect(record).toMatchObject({ direction: 'outbound', carrier: 'twilio', status: 'completed', outcome: 'answered', from_number: OURS });
    expectConversation(record);
    await expectRecording(id);
    twilio.calls.packs(160);
  }, 90_000);

  it('are transferred, and end here when the other side has answered', async () => {
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS })).body.call;
    const line = twilio.calls.all.at(-1)!;
    await shop.greeted(line);
    const over = server.platform.live.get(id)?.over;
    expect((await tenant.post(`/api/calls/${id}/transfer`, { toNumber: COLLEAGUE })).status).toBe(200);
    await over;
    expect(await call(id)).toMatchObject({ status: 'completed', ended_reason: 'transferred', transferred_to: COLLEAGUE });
    const second = twilio.calls.all.find((one) => one.to === COLLEAGUE)!;
    expect(line.conference).toBe(second.conference);
    expect([line.status, second.status]).toEqual(['in-progress', 'in-progress']);
    twilio.calls.hangUp(second.sid);
    expect(line.status).toBe('completed');
  }, 60_000);

  it('are taken by somebody who is asked first and presses a key, or not taken', async () => {
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS })).body.call;
    const line = twilio.calls.all.at(-1)!;
    await shop.greeted(line);
    const askedWith = async (digit: string) => {
      const before = twilio.calls.all.length;
      const body = { toNumber: COLLEAGUE, mode: 'attended', message: '', summary: 'It is about roses.' };
      expect((await tenant.post(`/api/calls/${id}/transfer`, body)).status).toBe(200);
      await expect.poll(() => twilio.calls.all.length, { timeout: 20_000 }).toBe(before + 1);
      const asked = twilio.calls.all.at(-1)!;
      const stream = await shop.greeted(asked);
      stream.press(digit);
      return asked;
    };
    await askedWith('2');
    const texts = async () => (await call(id)).messages.map((message: { text: string }) => message.text).join(' ');
    await expect.poll(texts, { timeout: 20_000 }).toContain('I could not reach anybody there');
    const over = server.platform.live.get(id)?.over;
    const asked = await askedWith('1');
    await over;
    expect(await call(id)).toMatchObject({ status: 'completed', ended_reason: 'transferred', transferred_to: COLLEAGUE });
    expect(line.conference).toBe(asked.conference);
    expect([line.status, asked.status]).toEqual(['in-progress', 'in-progress']);
    twilio.calls.hangUp(line.sid);
    expect(asked.status).toBe('completed');
    const consultation = async () => (await latest()) as { consultation_of: string; ended_reason: string };
    await expect.poll(consultation, { timeout: 20_000 }).toMatchObject({ consultation_of: id, ended_reason: 'transferred' });
  }, 120_000);

  it('say what became of them when nobody takes them', async () => {
    twilio.calls.behave('+12025550113', 'busy');
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: '+12025550113' })).body.call;
    await expect.poll(() => call(id), { timeout: 20_000 }).toMatchObject({ status: 'failed', outcome: 'busy' });
  });

  it('are refused as busy at a number whose assistant takes none', async () => {
    await tenant.patch(`/api/assistants/${assistantId}`, { accountSlug: tenant.slug, inbound_enabled: false });
    const { state } = twilio.calls.callUs(THEIRS, OURS);
    await expect.poll(() => state.status, { timeout: 10_000 }).toBe('busy');
    expect(await latest()).toMatchObject({ direction: 'inbound', ended_reason: 'inbound_disabled', outcome: 'busy' });
  });

  it('leave by the carrier that owns the number they are placed from; numbers of both are bought at the same endpoints', async () => {
    const filters = { countryCode: 'US', numberType: 'local', limit: 5 };
    const search = (provider?: string) => tenant.post('/api/phone-numbers/search', { filters, ...(provider ? { provider } : {}) });
    expect((await search()).body).toMatchObject({ provider: 'twilio', numbers: [] });
    expect((await search('telnyx')).body).toMatchObject({ provider: 'telnyx', numbers: [{ phoneNumber: OF_TELNYX }] });
    expect(await search('local')).toMatchObject({
      status: 400,
      body: { error: 'This server does not sell numbers of local: choose twilio or telnyx.', details: [{ path: 'provider' }] },
    });
    const purchase = { phoneNumber: OF_TELNYX, teamId: tenant.teamId };
    expect((await tenant.post('/api/phone-numbers/purchase', purchase)).status).toBe(404);
    const bought = await tenant.post('/api/phone-numbers/purchase', { ...purchase, provider: 'telnyx' });
    const { id: fromNumberId, provider_number_id: telnyxId } = bought.body.phoneNumber;
    expect(telnyxId).toMatch(/^telnyx_/);
    const owned = (await tenant.get(`/api/phone-numbers/purchase?teamId=${tenant.teamId}`)).body.numbers;
    expect(owned.map((number: { provider: string }) => number.provider)).toEqual(['telnyx', 'twilio']);

    telnyx.calls.behave(COLLEAGUE, 'busy');
    const dialled = twilio.count('POST /Calls.json');
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: COLLEAGUE, fromNumberId })).body.call;
    await expect.poll(() => call(id), { timeout: 20_000 }).toMatchObject({ carrier: 'telnyx', from_number: OF_TELNYX, outcome: 'busy' });
    expect(twilio.count('POST /Calls.json')).toBe(dialled);
    await tenant.delete(`/api/phone-numbers/${numberId}`);
    expect(twilio.numbers.owned).toEqual([]);
  }, 60_000);
});

it('says which setting calls over Twilio need, and which belong together', async () => {
  const twilio = await startTwilioSimulator();
  const account = { TWILIO_ACCOUNT_SID: twilio.accountSid, TWILIO_AUTH_TOKEN: twilio.authToken };
  const server = await createTestServer({ ...account, TWILIO_API_URL: twilio.url, TWILIO_PRICING_URL: twilio.url });
  const request = { callId: 'c', commandId: 'c', from: OURS, to: THEIRS, ringMs: 1, maxCallMs: 1, machineDetection: false };
  await expect(server.platform.carriers.get('twilio')!.dial(request)).rejects.toThrow(
    'Calls over Twilio need a setting that is missing: PUBLIC_URL.',
  );
  twilio.numbers.stock(OURS);
  const tenant = await server.tenant();
  expect((await tenant.post('/api/phone-numbers/purchase', { phoneNumber: OURS, teamId: tenant.teamId })).body.phoneNumber).toMatchObject({
    status: 'active',
    provider_number_id: `twilio_${twilio.numbers.owned[0]?.sid}`,
  });
  expect(twilio.problems).toEqual([]);
  await server.close();
  await twilio.close();
  const halves: Record<string, string>[] = [{ TWILIO_ACCOUNT_SID: account.TWILIO_ACCOUNT_SID }, { TWILIO_AUTH_TOKEN: 'token' }];
  for (const half of halves) await expect(createTestServer(half)).rejects.toThrow(/is missing: .*Twilio needs both/);
  await expect(createTestServer({ TALKTURO_NUMBER_SUPPLIER: 'telnyx' })).rejects.toThrow('TELNYX_API_KEY is missing');
});
