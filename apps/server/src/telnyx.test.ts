import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { peopleVoice } from '@talkturo/carriers';
import { type SimulatedCallState, startTelnyxSimulator, type TelnyxSimulator } from '@talkturo/carriers/testing';
import { type LocalSpeech, startLocalSpeech } from '@talkturo/providers';
import { readWav, rms } from '@talkturo/voice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localProviders } from './testing/local-providers.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';
import { startTunnel } from './testing/tunnel.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';

describe('calls over Telnyx', () => {
  let telnyx: TelnyxSimulator;
  let server: TestServer;
  let tenant: TestTenant;
  let speech: LocalSpeech;
  let tunnel: Awaited<ReturnType<typeof startTunnel>>;
  let assistantId: string;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-telnyx-'));

  beforeAll(async () => {
    tunnel = await startTunnel();
    telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
    speech = await startLocalSpeech();
    server = await createTestServer(
      {
        TALKTURO_DATA_DIR: dataDir,
        TELNYX_API_KEY: telnyx.apiKey,
        TELNYX_API_URL: telnyx.url,
        TELNYX_PUBLIC_KEY: telnyx.post.publicKey,
        TELNYX_CONNECTION_ID: telnyx.connectionId,
        PUBLIC_URL: tunnel.url,
      },
      { standIns: { providers: localProviders(speech) } },
    );
    tunnel.leadTo(await server.listen());
    tenant = await server.tenant();
    telnyx.numbers.stock(OURS);
    const bought = await tenant.post('/api/phone-numbers/purchase', { phoneNumber: OURS, teamId: tenant.teamId });
    assistantId = (await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Shop' })).body.assistant.id;
    await tenant.patch(`/api/assistants/${assistantId}`, {
      accountSlug: tenant.slug,
      provider: 'local',
      voice_provider: 'local',
      transcriptor_provider: 'local',
      inbound_enabled: true,
      outbound_enabled: true,
      first_message: 'Hello, this is the flower shop.',
      system_prompt: 'You work at a flower shop. Our opening hours are Monday to Friday from nine to six.',
    });
    const ids = [bought.body.phoneNumber.id];
    await tenant.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, { accountSlug: tenant.slug, phoneNumberIds: ids });
    // A line of Europe: A-law towards us, while we send µ-law.
    telnyx.calls.line(THEIRS, 'PCMA');
  }, 120_000);
  afterAll(async () => {
    expect(telnyx.problems).toEqual([]);
    await server.close();
    await telnyx.close();
    await tunnel.close();
    await speech.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const latest = async () => (await tenant.get('/api/calls?limit=1')).body.calls[0];
  const question = () => peopleVoice(speech.textToSpeech)('What are your opening hours?');

  /** The greeting is heard, a question asked, its answer heard; then the person hangs up. @returns the finished record */
  async function talk(line: SimulatedCallState, callId: string) {
    await expect.poll(() => line.stream, { timeout: 20_000 }).not.toBeNull();
    const stream = line.stream!;
    await stream.heardSamples(8000);
    await stream.quiet(1_000);
    const greeted = stream.heard.length;
    stream.say(await question());
    await stream.heardSamples(greeted + 8000);
    await stream.quiet(1_000);
    const over = server.platform.live.get(callId)?.over;
    telnyx.calls.hangUp(line.ref);
    await over;
    return (await tenant.get(`/api/calls/${callId}`)).body.call;
  }

  function expectConversation(call: { id: string; messages: { speaker: string; text: string }[] }) {
    const texts = call.messages.map((message) => `${message.speaker}: ${message.text}`);
    expect(texts[0]).toBe('assistant: Hello, this is the flower shop.');
    expect(texts.join(' ')).toMatch(/caller: .*opening hours.* assistant: .*nine to six/i);
  }

  /** What a recogniser makes of sound: by the wrong law it hears no words in it. */
  async function wordsIn(pcm: Int16Array): Promise<string> {
    const { signal } = new AbortController();
    const stream = await speech.speechToText.open({ model: null, language: 'en', sampleRate: 8000, signal });
    for (let at = 0; at + 160 <= pcm.length; at += 160) stream.write(pcm.subarray(at, at + 160));
    stream.activity?.({ type: 'start', startMs: 0, endMs: 0 });
    stream.activity?.({ type: 'end', startMs: 0, endMs: pcm.length / 8 });
    for await (const event of stream) {
      if (event.type !== 'final') continue;
      stream.close();
      return event.text.toLowerCase();
    }
    return '';
  }

  const recorded = async (callId: string) => {
    const key = (await server.platform.calls.find(callId))?.recordingKey ?? '';
    return readWav(readFileSync(server.platform.blobs.pathOf(key))).channels;
  };

  /** A channel between two moments of the call. */
  const cut = (pcm: Int16Array, { start_seconds: from, end_seconds: to }: { start_seconds: number; end_seconds: number }) =>
    pcm.subarray(Math.max(0, Math.round((from - 0.3) * 8000)), Math.round((to + 0.3) * 8000));

  async function expectRecording(callId: string) {
    const channels = await recorded(callId);
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
    const call = await talk(telnyx.calls.all.at(-1)!, id);
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
    const call = await talk(telnyx.calls.all.at(-1)!, id);
    expect(call).toMatchObject({ direction: 'outbound', carrier: 'telnyx', status: 'completed', outcome: 'answered', from_number: OURS });
    expectConversation(call);
    await expectRecording(id);
  }, 90_000);

  it('sound right where each direction has its own law: what was recorded and what was heard are transcribed alike', async () => {
    const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: THEIRS })).body.call;
    const line = telnyx.calls.all.at(-1)!;
    const call = await talk(line, id);
    const [left, right] = await recorded(id);
    const said = (speaker: string) => call.messages.find((message: { speaker: string }) => message.speaker === speaker);
    expect(await wordsIn(cut(left!, said('caller')))).toContain('opening hours');
    expect(await wordsIn(cut(right!, said('assistant')))).toContain('flower shop');
    // What the person heard is µ-law: the greeting is its first sound.
    expect(await wordsIn(line.stream?.heard.subarray(0, 8000 * 3) ?? new Int16Array())).toContain('flower shop');
  }, 90_000);

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
    line.stream!.say(await peopleVoice(speech.textToSpeech)('Can I talk to a person, please?'));
    const lineOf = () => telnyx.calls.all.find(({ to }) => to === colleague);
    await expect.poll(() => lineOf()?.stream ?? null, { timeout: 30_000 }).not.toBeNull();
    const asked = lineOf()!;
    await asked.stream!.heardSamples(8000);
    await asked.stream!.quiet(1_500);
    expect(await wordsIn(asked.stream!.heard)).toMatch(/on the line.*put the call through/);
    asked.stream!.say(await peopleVoice(speech.textToSpeech)('Yes, please put them through.'));
    await expect.poll(() => line.bridgedWith, { timeout: 20_000 }).toBe(asked.ref);
    const call = async () => (await tenant.get(`/api/calls/${id}`)).body.call;
    await expect.poll(async () => (await call()).ended_reason, { timeout: 20_000 }).toBe('transferred');
    for (const one of [line, asked]) await expect.poll(() => one.commands).toContain('streaming_stop');
    expect(line.state).toBe('answered');
    telnyx.calls.hangUp(asked.ref);
    await expect.poll(() => line.state).toBe('over');
    const { calls } = (await tenant.get('/api/calls?limit=1')).body;
    expect(calls[0]).toMatchObject({ consultation_of: id, to_number: colleague, ended_reason: 'transferred', recording: null });
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
