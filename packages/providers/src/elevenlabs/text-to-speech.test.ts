import type { SpeechChunk, Voice } from '@talkturo/voice';
import { collect, createHandClock, settle, textToSpeechConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { ELEVENLABS_KEY, startElevenLabsSimulator } from '../testing/elevenlabs-simulator.ts';
import type { Mishap, SocketSimulator } from '../testing/socket-server.ts';
import { createElevenLabs, type ElevenLabsOptions } from './text-to-speech.ts';

let simulator: SocketSimulator;
beforeEach(async () => {
  simulator = await startElevenLabsSimulator();
});
afterEach(() => simulator.stop());

const create = (options: Partial<ElevenLabsOptions> = {}) =>
  createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl: simulator.url, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};

const voice: Voice = { model: null, id: 'v1', name: null, language: 'en-US', sampleRate: 8000 };
const forever = new AbortController().signal;
const say = (text: AsyncIterable<string> | string, adapter = create(), changes: Partial<Voice> = {}) =>
  collect(adapter.speak(text, { ...voice, ...changes }, forever), 'the end of the sound', 5000);
const samples = (chunks: readonly SpeechChunk[]) => chunks.reduce((sum, { pcm }) => sum + pcm.length, 0);
const soon = (holds: () => boolean) => until(holds, 'what the test waits for', 5000);
const inBand = (error: string): Mishap => ({ says: [{ message: 'Sorry.', error, code: 1008 }] });

const broken = [
  { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
  {
    name: 'no credits',
    kind: 'quota',
    create: () => withMishap({ refuse: 401, body: '{"detail":{"status":"quota_exceeded","message":"Empty."}}' }),
  },
  { name: 'no credits, told late', kind: 'quota', create: () => withMishap(inBand('quota_exceeded')) },
  { name: 'too many at once', kind: 'rate-limit', create: () => withMishap({ refuse: 429, headers: { 'retry-after': '60' } }) },
  { name: 'a refused text', kind: 'refused', create: () => withMishap(inBand('invalid_text')) },
  { name: 'a reason in the closing', kind: 'auth', create: () => withMishap({ closes: 1008, reason: 'invalid_api_key' }) },
  { name: 'garbage', kind: 'protocol', create: () => withMishap('garbage') },
  { name: 'a message that cannot be read', kind: 'protocol', create: () => withMishap({ says: [{ audio: 7 }] }) },
  { name: 'a server that drops every connection', kind: 'unavailable', create: () => withMishap('drop', 'drop', 'drop') },
] as const;

for (const sampleRate of [8000, 16_000]) {
  describe(`at ${sampleRate} Hz`, () => {
    for (const { name, run } of textToSpeechConformance({ create, voice: { id: 'v1', sampleRate }, broken })) it(name, run);
  });
}

test('what is asked of ElevenLabs: µ-law for a telephone, sentence by sentence', async () => {
  async function* text() {
    yield 'Good morning. We are ';
    yield 'open.';
  }
  await say(text());
  const [asked] = simulator.requests;
  expect(asked).toMatchObject({ path: '/v1/text-to-speech/v1/stream-input', headers: { 'xi-api-key': ELEVENLABS_KEY } });
  expect(Object.fromEntries(asked!.query)).toEqual({
    model_id: 'eleven_flash_v2_5',
    output_format: 'ulaw_8000',
    language_code: 'en',
    auto_mode: 'true',
    sync_alignment: 'true',
    inactivity_timeout: '180',
  });
  expect(simulator.messages).toEqual([{ text: ' ' }, { text: 'Good morning. ' }, { text: 'We are open. ' }, { text: '' }]);
});

test.each([
  [{ model: 'eleven_multilingual_v2' }, 'eleven_multilingual_v2', null],
  [{ model: 'eleven_monolingual_v1' }, 'eleven_flash_v2_5', 'en'],
  [{ model: 'eleven_turbo_v2_5', language: 'de-DE' }, 'eleven_flash_v2_5', 'de'],
  [{ model: 'eleven_turbo_v2' }, 'eleven_flash_v2', null],
  [{ model: 'eleven_turbo_v2', language: 'de-DE' }, 'eleven_flash_v2_5', 'de'],
])('the model of %j is asked for as %s, its language as %j', async (changes, model, language) => {
  await say('Yes.', create(), changes);
  const { query } = simulator.requests[0]!;
  expect([query.get('model_id'), query.get('language_code')]).toEqual([model, language]);
});

test('without a voice of the assistant, one that every account has', async () => {
  await say('Yes.', create(), { id: null });
  expect(simulator.requests[0]?.path).toContain('EXAVITQu4vr4xnSDxMaL');
});

test.each([
  [16_000, 'pcm_16000'],
  [11_025, 'pcm_16000'],
  [24_000, 'pcm_24000'],
  [48_000, 'pcm_48000'],
])('at %i Hz it asks for %s', async (sampleRate, format) => {
  await say('Yes.', create(), { sampleRate });
  expect(simulator.requests[0]?.query.get('output_format')).toBe(format);
});

test('words come with their times in the utterance', async () => {
  const words = (await say('Good day. All well.')).flatMap((chunk) => chunk.words ?? []);
  expect(words.map(({ text }) => text)).toEqual(['Good', 'day.', 'All', 'well.']);
  expect(words[0]?.startMs).toBe(0);
  // The simulator spreads the letters evenly over each chunk of 100 ms.
  expect(Math.abs(words[3]!.endMs - 19 * 60)).toBeLessThanOrEqual(100);
});

test('the older name of the durations is read as well', async () => {
  const audio = Buffer.alloc(80, 0xff).toString('base64');
  const alignment = { chars: ['H', 'i'], charStartTimesMs: [0, 4], charsDurationsMs: [4, 6] };
  simulator.befalls({ says: [{ audio, alignment }, { isFinal: true }] });
  expect((await say('Hi.')).flatMap((chunk) => chunk.words ?? [])).toEqual([{ text: 'Hi', startMs: 0, endMs: 10 }]);
});

test('an end without its mark, in good order, is an end', async () => {
  const audio = Buffer.alloc(80, 0xff).toString('base64');
  simulator.befalls({ says: [{ audio }, { audio }], thenCloses: 1000 });
  expect(samples(await say('Hi.'))).toBe(160);
});

test('what comes after the mark of the end is not heard', async () => {
  const audio = Buffer.alloc(80, 0xff).toString('base64');
  simulator.befalls({ says: [{ audio, isFinal: true }, { audio }, { isFinal: true }] });
  expect(samples(await say('Hi.'))).toBe(80);
});

test('an end in good order without a sound is none', async () => {
  const closed: Mishap = { says: [], thenCloses: 1000 };
  simulator.befalls(closed, closed, closed);
  await expect(say('Hi.')).rejects.toMatchObject({ kind: 'unavailable' });
});

test('interrupted, the connection is cut', async () => {
  const abort = new AbortController();
  for await (const _ of create().speak('This is a long sentence that nobody wants to hear.', voice, abort.signal)) abort.abort();
  // What is left is the connection for the next utterance.
  await soon(() => simulator.requests.length === 2 && simulator.open === 1);
});

test('warmed up, the first utterance has its connection, and each one opens that of the next', async () => {
  const adapter = create();
  adapter.warm?.(voice);
  adapter.warm?.(voice);
  await soon(() => simulator.open === 1);
  await say('Yes.', adapter);
  await soon(() => simulator.requests.length === 2);
  await say('No.', adapter);
  await soon(() => simulator.requests.length === 3);
  expect(simulator.messages.map(({ text }) => text)).toEqual([' ', 'Yes. ', '', ' ', 'No. ', '']);
});

test('warming up never throws, and a spare that was lost does not matter', async () => {
  simulator.befalls({ refuse: 503 });
  const adapter = create();
  adapter.warm?.(voice);
  await soon(() => simulator.requests.length === 1);
  await say('Yes.', adapter);
  await soon(() => simulator.requests.length === 3 && simulator.open === 1);
  simulator.dropAll();
  await soon(() => simulator.open === 0);
  expect(samples(await say('Yes.', adapter))).toBe(5 * 480);
});

test('a spare that nobody wants is closed', async () => {
  const clock = createHandClock();
  create({ clock }).warm?.(voice);
  await soon(() => simulator.open === 1 && clock.pending > 0);
  for (let ms = 0; ms < 70_000 && simulator.open > 0; ms += 4000) {
    await clock.advance(4000);
    for (let i = 0; i < 20; i++) await settle();
  }
  await soon(() => simulator.open === 0);
});

test('a busy ElevenLabs is asked again, with the text from its start', async () => {
  simulator.befalls(inBand('system_busy'));
  async function* text() {
    yield 'Good morning. ';
    yield 'Yes.';
  }
  expect(samples(await say(text()))).toBe(19 * 480);
});

test('lost in the middle, it is told', async () => {
  const speaking = (async () => {
    for await (const _ of create().speak('This is a rather long sentence.', voice, forever)) simulator.dropAll();
  })();
  await expect(speaking).rejects.toMatchObject({ kind: 'unavailable' });
});

describe('over HTTP, for models without WebSockets', () => {
  const v3 = { model: 'eleven_v3' };
  const brokenHttp = [
    { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
    {
      name: 'no credits',
      kind: 'quota',
      create: () => withMishap({ refuse: 401, body: '{"detail":{"status":"quota_exceeded","message":"Empty."}}' }),
    },
    { name: 'too many at once', kind: 'rate-limit', create: () => withMishap({ refuse: 429, headers: { 'retry-after': '60' } }) },
    { name: 'a refused text', kind: 'refused', create: () => withMishap({ refuse: 422, body: '{"detail":[{"msg":"No."}]}' }) },
    { name: 'no sound', kind: 'protocol', create: () => withMishap('garbage') },
    { name: 'a server that drops every connection', kind: 'unavailable', create: () => withMishap('drop', 'drop', 'drop') },
  ] as const;
  for (const sampleRate of [8000, 16_000, 24_000]) {
    describe(`at ${sampleRate} Hz`, () => {
      for (const { name, run } of textToSpeechConformance({ create, voice: { id: 'v1', sampleRate, ...v3 }, broken: brokenHttp }))
        it(name, run);
    });
  }

  test('what is asked: a request a sentence, the format of a telephone', async () => {
    async function* text() {
      yield 'Guten Morgen. Wir haben ';
      yield 'offen.';
    }
    const chunks = await say(text(), create(), { ...v3, language: 'de' });
    expect(simulator.requests.map(({ path, query }) => [path, Object.fromEntries(query)])).toEqual(
      Array(2).fill(['/v1/text-to-speech/v1/stream', { output_format: 'ulaw_8000' }]),
    );
    expect(simulator.messages).toEqual([
      { text: 'Guten Morgen.', model_id: 'eleven_v3' },
      { text: 'Wir haben offen.', model_id: 'eleven_v3' },
    ]);
    expect(chunks.every((chunk) => chunk.sampleRate === 8000)).toBe(true);
    expect(samples(chunks)).toBe(29 * 480);
  });

  test('any model where the operator wants no WebSockets; what was said before keeps the tone', async () => {
    await say('Good morning. We are open.', create({ transport: 'http' }), { sampleRate: 24_000 });
    expect(simulator.requests[0]?.query.get('output_format')).toBe('pcm_24000');
    expect(simulator.messages).toEqual([
      { text: 'Good morning.', model_id: 'eleven_flash_v2_5', language_code: 'en' },
      { text: 'We are open.', model_id: 'eleven_flash_v2_5', language_code: 'en', previous_text: 'Good morning.' },
    ]);
  });

  test('the next sentence is asked for while one is read', async () => {
    for await (const _ of create().speak('Good morning. We are open.', { ...voice, ...v3 }, forever)) {
      await soon(() => simulator.requests.length === 2);
      break;
    }
  });

  test('interrupted, the answer is left', async () => {
    const abort = new AbortController();
    let heard = 0;
    async function* endless() {
      yield 'This is said. ';
      await new Promise(() => {});
    }
    for await (const _ of create().speak(endless(), { ...voice, ...v3 }, abort.signal)) {
      heard++;
      abort.abort();
    }
    expect(heard).toBe(1);
  });

  test('an ElevenLabs that says nothing more is given up', async () => {
    const clock = createHandClock();
    simulator.befalls('fade');
    let outcome: unknown;
    say('A sentence of some length.', create({ clock }), v3).catch((error: unknown) => {
      outcome = error;
    });
    await soon(() => clock.pending > 0 && simulator.requests.length === 1);
    while (outcome === undefined) {
      await clock.advance(1000);
      for (let i = 0; i < 20; i++) await settle();
    }
    expect(outcome).toMatchObject({ kind: 'timeout' });
  });

  test('numbers are left to models that read them well', () => {
    const reads = (model: string | null) => create().readsNumbers?.({ ...voice, model });
    expect(['eleven_v3', 'eleven_multilingual_v2', 'eleven_flash_v2_5', null].map(reads)).toEqual([true, true, false, false]);
  });
});
