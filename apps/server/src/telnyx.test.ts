import { peopleVoice } from '@talkturo/carriers';
import { startTelnyxSimulator, type TelnyxSimulator } from '@talkturo/carriers/testing';
import { rms } from '@talkturo/voice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstWords, wordsIn } from './testing/heard-words.ts';
import { startTelnyxShop } from './testing/telnyx-shop.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';

describe('calls over Telnyx', () => {
  let shop: Awaited<ReturnType<typeof startTelnyxShop>>;
  let telnyx: TelnyxSimulator;
  let server: TestServer;
  let tenant: TestTenant;
  let assistantId: string;

  beforeAll(async () => {
    shop = await startTelnyxShop({}, OURS);
    ({ telnyx, server, tenant, assistantId } = shop);
    // A line of Europe: A-law towards us, while we send µ-law.
    telnyx.calls.line(THEIRS, 'PCMA');
  }, 120_000);
  afterAll(async () => {
    expect(telnyx.problems).toEqual([]);
    await shop.close();
  });

  const latest = async () => (await tenant.get('/api/calls?limit=1')).body.calls[0];
  function expectConversation(call: { id: string; messages: { speaker: string; text: string }[] }) {
    const texts = call.messages.map((message) => `${message.speaker}: ${message.text}`);
    expect(texts[0]).toBe('assistant: Hello, this is the flower shop.');
    expect(texts.join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  }

  async function expectRecording(callId: string) {
    const { channels } = await shop.recorded(callId);
    // Speech on both sides, and not the roar of a codec mistaken for another.
    for (const side of channels) {
      expect(rms(side)).toBeGreaterThan(100);
      expect(rms(side)).toBeLessThan(6000);
    }
  }

  it('come in: the number leads to its assistant, which answers and is on record', async () => {
    telnyx.calls.callUs(THEIRS, OURS);
    await expect.poll(() => server.platform.live.count, { timeout: 10_000 }).toBe(1);
    const { id } = await latest();
    const call = await shop.talk(telnyx.calls.all.at(-1)!, id);
    expect(call).toMatchObject({
      direction: 'inbound',
      carrier: 'telnyx',
      status: 'completed',
      outcome: 'answered',
      from_number: THEIRS,
      to_number: OURS,
      assistant_id: assistantId,
    });
    expectConversation(call);
    await expectRecording(id);
  }, 90_000);

  it('go out: from the assistant’s number, and are on record', async () => {
    const placed = await tenant.post('/api/calls', { assistantId, toNumber: THEIRS });
    expect(placed.status).toBe(200);
    const { id } = placed.body.call;
    const call = await shop.talk(telnyx.calls.all.at(-1)!, id);
    expect(call).toMatchObject({ direction: 'outbound', carrier: 'telnyx', status: 'completed', outcome: 'answered', from_number: OURS });
    expectConversation(call);
    await expectRecording(id);
  }, 90_000);

  // A line in Europe, and two wideband ones: each direction has its own codec, for we send µ-law.
  it('sound right where each direction has its own codec: what was recorded and what was heard are transcribed alike', async () => {
    const lines = [
      ['PCMA', 8000, '+442079460124'],
      ['G722', 16_000, '+442079460125'],
      ['L16', 16_000, '+442079460126'],
    ] as const;
    const check = async ([codec, rate, toNumber]: (typeof lines)[number]) => {
      telnyx.calls.line(toNumber, codec);
      const { id } = (await tenant.post('/api/calls', { assistantId, toNumber })).body.call;
      const line = telnyx.calls.all.find(({ to }) => to === toNumber)!;
      await shop.talk(line, id);
      const { channels, sampleRate } = await shop.recorded(id);
      expect(sampleRate).toBe(rate);
      const [caller, assistant] = [firstWords(channels[0]!, rate), firstWords(channels[1]!, rate)];
      expect(await wordsIn(shop.speech, caller, rate)).toContain('opening');
      expect(await wordsIn(shop.speech, assistant, rate)).toContain('flower shop');
      // What the person heard is µ-law.
      expect(await wordsIn(shop.speech, firstWords(line.stream?.heard ?? new Int16Array(), 8000))).toContain('flower shop');
    };
    // One after the other: a recogniser that is late hears half a sentence.
    for (const line of lines) await check(line);
  }, 240_000);

  it('are transferred: the two talk on without us, the record ends there and the bill follows', async () => {
    telnyx.calls.behave('+12025550113', 'busy');
    telnyx.calls.callUs(THEIRS, OURS);
    await expect.poll(() => server.platform.live.count, { timeout: 10_000 }).toBe(1);
    const { id } = await latest();
    const line = telnyx.calls.all.at(-1)!;
    await expect.poll(() => line.stream, { timeout: 20_000 }).not.toBeNull();
    const stream = line.stream!;
    await stream.heardSamples(8000);
    await stream.quiet(1_000);
    const call = async () => (await tenant.get(`/api/calls/${id}`)).body.call;
    const texts = async () => (await call()).messages.map((message: { text: string }) => message.text).join(' ');
    expect((await tenant.post(`/api/calls/${id}/digits`, { digits: '12#' })).status).toBe(200);
    expect(line.digits).toBe('12#');
    expect((await tenant.post(`/api/calls/${id}/transfer`, { toNumber: '+12025550113' })).status).toBe(200);
    await expect.poll(texts, { timeout: 20_000 }).toContain('I could not reach anybody there');
    expect((await tenant.post(`/api/calls/${id}/transfer`, { toNumber: '+12025550199', message: '' })).status).toBe(200);
    await expect.poll(async () => (await call()).ended_reason, { timeout: 20_000 }).toBe('transferred');
    expect(await call()).toMatchObject({ status: 'completed', transferred_to: '+12025550199', from_number: THEIRS });
    expect(line).toMatchObject({ state: 'answered', bridgedWith: expect.any(String) });
    await expect.poll(() => line.commands).toContain('streaming_stop');
    expect(line.commands).not.toContain('hangup');
    telnyx.calls.hangUp(line.ref);
    // Both legs are on the bill, at half a cent a minute begun.
    await expect.poll(async () => (await call()).cost, { timeout: 20_000 }).toMatchObject({ known_total: '0.010000' });
    const transfers = (await call()).events.map(({ type }: { type: string }) => type).filter((type: string) => type.startsWith('transfer'));
    expect(transfers).toEqual(['transfer', 'transfer_failed', 'transfer', 'transferred']);
  }, 90_000);

  it('are taken by somebody who is asked first: by a caller’s wish, with a yes, and both legs are let go', async () => {
    const colleague = '+12025550198';
    await tenant.patch(`/api/assistants/${assistantId}`, {
      accountSlug: tenant.slug,
      transfer_destinations: [{ name: 'Sales', phone_number: colleague }],
    });
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS })).body.call;
    const line = telnyx.calls.all.at(-1)!;
    await expect.poll(() => line.stream, { timeout: 20_000 }).not.toBeNull();
    await line.stream!.heardSamples(8000);
    await line.stream!.quiet(1_000);
    line.stream!.say(await peopleVoice(shop.speech.textToSpeech)('Can I talk to a person, please?'));
    const lineOf = () => telnyx.calls.all.findLast(({ to }) => to === colleague);
    await expect.poll(() => lineOf()?.stream ?? null, { timeout: 30_000 }).not.toBeNull();
    const asked = lineOf()!;
    await asked.stream!.heardSamples(8000);
    await asked.stream!.quiet(1_500);
    expect(await wordsIn(shop.speech, asked.stream!.heard)).toMatch(/on the line.*put the call through/);
    asked.stream!.say(await peopleVoice(shop.speech.textToSpeech)('Yes, please put them through.'));
    await expect.poll(() => line.bridgedWith, { timeout: 20_000 }).toBe(asked.ref);
    const call = async () => (await tenant.get(`/api/calls/${id}`)).body.call;
    await expect.poll(async () => (await call()).ended_reason, { timeout: 20_000 }).toBe('transferred');
    for (const one of [line, asked]) await expect.poll(() => one.commands).toContain('streaming_stop');
    expect(line.state).toBe('answered');
    telnyx.calls.hangUp(asked.ref);
    await expect.poll(() => line.state).toBe('over');
    const consultation = async () => (await tenant.get('/api/calls?limit=1')).body.calls[0];
    await expect.poll(async () => (await consultation()).ended_reason, { timeout: 20_000 }).toBe('transferred');
    expect(await consultation()).toMatchObject({ consultation_of: id, to_number: colleague, recording: null });
  }, 120_000);

  it('say what became of them when nobody takes them', async () => {
    telnyx.calls.behave('+12025550113', 'busy');
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: '+12025550113' })).body.call;
    await expect
      .poll(async () => (await tenant.get(`/api/calls/${id}`)).body.call, { timeout: 20_000 })
      .toMatchObject({
        status: 'failed',
        outcome: 'busy',
      });
  });
});

it('says which settings calls over Telnyx need, while numbers work with the key alone', async () => {
  const telnyx = await startTelnyxSimulator();
  const server = await createTestServer({ TELNYX_API_KEY: telnyx.apiKey, TELNYX_API_URL: telnyx.url, TELNYX_CONNECTION_ID: '7' });
  const carrier = server.platform.carriers.get('telnyx')!;
  const request = { callId: 'c', commandId: 'c', from: OURS, to: THEIRS, ringMs: 1, maxCallMs: 1, machineDetection: false };
  await expect(carrier.dial(request)).rejects.toThrow('Calls over Telnyx need settings that are missing: TELNYX_PUBLIC_KEY, PUBLIC_URL.');
  telnyx.numbers.stock(OURS);
  const tenant = await server.tenant();
  expect((await tenant.post('/api/phone-numbers/purchase', { phoneNumber: OURS, teamId: tenant.teamId })).status).toBe(200);
  await server.close();
  await telnyx.close();
});
