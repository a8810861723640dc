import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openNetworkEnd } from '@talkturo/carriers';
import type { CallCost, CallLogEvent } from '@talkturo/contract';
import { createEnergyVoiceActivity, encodeUlaw, systemClock } from '@talkturo/voice';
import { createScriptedLanguageModel, createScriptedSpeechToText, createScriptedTextToSpeech, soundOf } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAssistant } from '../../testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from '../../testing/test-server.ts';
import type { Providers, Resolution } from '../stage-choice.ts';

interface CallDetail {
  messages: { speaker: string }[];
  events: CallLogEvent[];
  cost: CallCost | null;
}

/** Real conversations over the built-in network: the first vendor of each stage fails in the middle, and another one goes on. */
const openAi = createScriptedLanguageModel(systemClock, { id: 'openai' });
const anthropic = createScriptedLanguageModel(systemClock, { id: 'anthropic' });
const elevenLabs = createScriptedTextToSpeech(systemClock, { id: 'elevenlabs', behaves: 'breaks' });
const cartesia = createScriptedTextToSpeech(systemClock, { id: 'cartesia' });
const deepgram = createScriptedSpeechToText(systemClock, { id: 'deepgram', behaves: 'dies' });
const local = createScriptedSpeechToText(systemClock, { id: 'local' });
const among =
  <Port extends { id: string }>(...ports: Port[]) =>
  (id: string): Resolution<Port> => {
    const port = ports.find((each) => each.id === id);
    return port ? { ok: true, create: () => port } : { ok: false, message: 'It is not there.' };
  };
const providers: Providers = {
  speechToText: among(deepgram, local),
  languageModel: among(openAi, anthropic),
  textToSpeech: among(elevenLabs, cartesia),
  speechToSpeech: among(),
  voiceActivity: () => createEnergyVoiceActivity(),
  localLanguageModel: 'local',
  fallback: true,
};

let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-fallen-back-'));
  const timings = { firstTokenDeadlineMs: 600, nextTokenDeadlineMs: 600 };
  const settings = { TALKTURO_DATA_DIR: dataDir, TALKTURO_PRICES: '{"voice/cartesia/*/characters": "35"}' };
  server = await createTestServer(settings, { standIns: { providers, speak: async () => new Int16Array(800), timings } });
  tenant = await server.tenant();
  assistantId = await localAssistant(tenant, {
    first_message: 'Hello.',
    transcriptor_provider: 'deepgram',
    transcriptor_model: 'nova-3',
    provider: 'openai',
    model: 'gpt-4o-mini',
    fallback_llm_provider: 'anthropic',
    fallback_llm_model: 'claude-haiku-4-5',
    voice_provider: 'elevenlabs',
    voice_model: 'eleven_flash_v2_5',
    voice_id: 'v',
    fallback_voice_provider: 'cartesia',
    fallback_voice_model: 'sonic-3',
    fallback_voice_id: 'v',
  });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Somebody calls, says something once the greeting is over, and hangs up after the answer. @returns the record of the call */
async function answeredCall(): Promise<CallDetail> {
  const { call, mediaUrl } = (await tenant.post('/api/network/calls', { assistantId })).body;
  const { over } = server.platform.live.get(call.id)!;
  const record = async () => (await tenant.get(`/api/calls/${call.id}`)).body.call as CallDetail;
  const answers = async () => (await record()).messages.filter(({ speaker }) => speaker === 'assistant').length;
  const speech = soundOf('when do you open in the morning');
  let asks = false;
  let said = 0;
  const end = openNetworkEnd({ url: mediaUrl, callRef: 'c', from: '', to: '', encoding: 'PCMU', onOpen: () => {}, onClosed: () => {} });
  const sound = setInterval(() => {
    const frame = asks ? speech.subarray(said, said + 160) : new Int16Array(160);
    said += asks ? frame.length : 0;
    end.send(Buffer.from(encodeUlaw(frame.length === 160 ? frame : new Int16Array(160))).toString('base64'));
  }, 20);
  try {
    await expect.poll(answers, { timeout: 20_000 }).toBe(1);
    asks = true;
    await expect.poll(answers, { timeout: 20_000 }).toBe(2);
  } finally {
    clearInterval(sound);
    end.hangup();
  }
  await over;
  return record();
}
const linesOf = ({ cost }: CallDetail) =>
  cost!.items.map(({ kind, vendor, model, unit, unknown, estimated }) =>
    [kind, vendor, model, unit, ...(unknown ? [unknown] : []), ...(estimated ? ['estimated'] : [])].join(' '),
  );
const amountOf = ({ cost }: CallDetail, vendor: string, unit: string) =>
  cost!.items.find((item) => item.vendor === vendor && item.unit === unit && item.kind !== 'carrier');

test('a call whose every stage fell back has the true cost of each vendor', async () => {
  openAi.answers({ text: 'never', behaves: 'refuses' });
  anthropic.answers('We open at eight.');
  const before = { elevenLabs: elevenLabs.spoken.length, cartesia: cartesia.spoken.length };
  const call = await answeredCall();
  expect(call.events.filter(({ type }) => type === 'fallback').map(({ data }) => `${data.from} ${data.to}`)).toEqual([
    'elevenlabs cartesia',
    'deepgram local',
    'openai anthropic',
  ]);
  // The one that refused has taken nothing.
  expect(linesOf(call)).toEqual([
    'carrier local  seconds',
    'transcription deepgram nova-3 seconds',
    'transcription local  seconds',
    'language_model anthropic claude-haiku-4-5 input_tokens',
    'language_model anthropic claude-haiku-4-5 output_tokens',
    'voice elevenlabs eleven_flash_v2_5 characters',
    'voice cartesia sonic-3 characters',
  ]);
  const given = (spoken: readonly string[], from: number) => spoken.slice(from).join('').length;
  expect(amountOf(call, 'elevenlabs', 'characters')?.quantity).toBe(given(elevenLabs.spoken, before.elevenLabs));
  expect(amountOf(call, 'cartesia', 'characters')?.quantity).toBe(given(cartesia.spoken, before.cartesia));
  expect(amountOf(call, 'deepgram', 'seconds')?.quantity).toBe(deepgram.heardMs / 1000);
  expect(amountOf(call, 'local', 'seconds')?.quantity).toBe(local.heardMs / 1000);
  expect(amountOf(call, 'anthropic', 'input_tokens')).toMatchObject({ quantity: 10, amount: '0.000010' });
  expect(amountOf(call, 'cartesia', 'characters')).toMatchObject({ unit_price: '35', price_source: 'TALKTURO_PRICES' });
  expect(call.cost!.total).toBe(call.cost!.known_total);
  expect(Number(call.cost!.total)).toBeGreaterThan(0);
  const usage = call.events.find(({ type }) => type === 'usage');
  expect(usage?.data.uses).toContainEqual(expect.objectContaining({ provider: 'anthropic', input_tokens: 10, output_tokens: 4 }));
}, 60_000);

test('what a vendor that fell silent in the middle of a reply took is estimated, and so is the total', async () => {
  openAi.answers({ text: 'We are open every day', behaves: 'stops' });
  anthropic.answers('From eight on.');
  const call = await answeredCall();
  expect(linesOf(call).filter((line) => line.startsWith('language_model'))).toEqual([
    'language_model openai gpt-4o-mini input_tokens estimated',
    'language_model openai gpt-4o-mini output_tokens estimated',
    'language_model anthropic claude-haiku-4-5 input_tokens',
    'language_model anthropic claude-haiku-4-5 output_tokens',
  ]);
  // "We are " had come.
  expect(amountOf(call, 'openai', 'output_tokens')).toMatchObject({ quantity: 3, unit_price: '0.60', estimated: true });
  expect(Number(call.cost!.total)).toBeGreaterThan(0);
}, 60_000);
