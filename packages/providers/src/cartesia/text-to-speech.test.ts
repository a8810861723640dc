import type { SpeechChunk, Voice } from '@talkturo/voice';
import { collect, createHandClock, settle, textToSpeechConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { CARTESIA_KEY, startCartesiaSimulator } from '../testing/cartesia-simulator.ts';
import type { Mishap, SocketSimulator } from '../testing/socket-server.ts';
import { type CartesiaOptions, createCartesia } from './text-to-speech.ts';

let simulator: SocketSimulator;
beforeEach(async () => {
  simulator = await startCartesiaSimulator();
});
afterEach(() => simulator.stop());

const create = (options: Partial<CartesiaOptions> = {}) => createCartesia({ apiKey: CARTESIA_KEY, baseUrl: simulator.url, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};
const failing = (status_code: number, message: string): Mishap => ({
  says: ({ context_id }) => [{ type: 'error', context_id, done: true, status_code, title: 'No', message }],
});

const voice: Voice = { model: 'sonic-english', id: 'v1', name: null, language: 'en-US', sampleRate: 8000 };
const forever = new AbortController().signal;
const say = (text: AsyncIterable<string> | string, adapter = create(), changes: Partial<Voice> = {}) =>
  collect(adapter.speak(text, { ...voice, ...changes }, forever), 'the end of the sound', 5000);
const samples = (chunks: readonly SpeechChunk[]) => chunks.reduce((sum, { pcm }) => sum + pcm.length, 0);
/** Both ends are in this process: some turns of its loop, and what was sent has arrived. */
const answersToPings = async () => {
  for (let i = 0; i < 20; i++) await settle();
};
const soon = (holds: () => boolean) => until(holds, 'what the test waits for', 5000);

const broken = [
  { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
  { name: 'no credits', kind: 'quota', create: () => withMishap({ refuse: 402, body: '{"message":"No credits."}' }) },
  {
    name: 'too many at once',
    kind: 'rate-limit',
    create: () => withMishap({ refuse: 429, headers: { 'retry-after': '60' } }),
  },
  { name: 'garbage', kind: 'protocol', create: () => withMishap('garbage') },
  {
    name: 'a message of no known kind',
    kind: 'protocol',
    create: () => withMishap({ says: ({ context_id }) => [{ type: 'chunk', context_id, data: 7 }] }),
  },
  { name: 'a refused text', kind: 'refused', create: () => withMishap(failing(400, 'Bad transcript.')) },
  {
    name: 'a fault of the whole connection',
    kind: 'auth',
    create: () => withMishap({ says: [{ type: 'error', status_code: 401, title: 'No' }] }),
  },
  { name: 'a server that drops every connection', kind: 'unavailable', create: () => withMishap('drop', 'drop', 'drop') },
] as const;

for (const sampleRate of [8000, 16_000]) {
  describe(`at ${sampleRate} Hz`, () => {
    for (const { name, run } of textToSpeechConformance({ create, voice: { id: 'v1', sampleRate }, broken })) it(name, run);
  });
}

test('what is asked of Cartesia: µ-law for a telephone, sentence by sentence, the retired model by its successor', async () => {
  async function* text() {
    yield 'Good morning. We are ';
    yield 'open';
    yield ' today.';
  }
  await say(text());
  expect(simulator.requests[0]).toMatchObject({
    path: '/tts/websocket',
    headers: { authorization: `Bearer ${CARTESIA_KEY}`, 'cartesia-version': '2026-08-14' },
  });
  const [first, ...others] = simulator.messages;
  expect(first).toEqual({
    context_id: expect.any(String),
    model_id: 'sonic-3',
    transcript: 'Good morning. ',
    continue: true,
    voice: { mode: 'id', id: 'v1' },
    language: 'en',
    output_format: { container: 'raw', encoding: 'pcm_mulaw', sample_rate: 8000 },
    add_timestamps: true,
    max_buffer_delay_ms: 0,
  });
  expect(others).toEqual([
    { ...first, transcript: 'We are open today.' },
    { ...first, transcript: '', continue: false },
  ]);
});

test.each([
  [null, 'en', 'sonic-3'],
  ['sonic', 'en', 'sonic-3'],
  ['sonic-2024-12-12', 'en', 'sonic-3'],
  ['sonic-multilingual', 'de', 'sonic-3'],
  ['sonic-2', 'de', 'sonic-2'],
  ['sonic-2', 'it-IT', 'sonic-3'],
  ['sonic-2-2025-03-07', 'en', 'sonic-3'],
  ['sonic-2-2025-06-11', 'en', 'sonic-2-2025-06-11'],
  ['sonic-turbo', 'pl', 'sonic-3'],
  ['sonic-3.5-2026-05-04', 'it', 'sonic-3.5-2026-05-04'],
])('the model %j is asked for in %s as %s', async (model, language, asked) => {
  await say('Yes.', create(), { model, language });
  expect(simulator.messages[0]?.model_id).toBe(asked);
});

test.each([
  [16_000, 'pcm_s16le', 16_000],
  [11_025, 'pcm_s16le', 16_000],
  [48_000, 'pcm_s16le', 48_000],
])('at %i Hz it asks for %s of %i Hz', async (sampleRate, encoding, rate) => {
  const chunks = await say('Yes.', create(), { sampleRate });
  expect(simulator.messages[0]?.output_format).toEqual({ container: 'raw', encoding, sample_rate: rate });
  expect(chunks[0]?.sampleRate).toBe(rate);
  expect(samples(chunks)).toBe((4 * 60 * rate) / 1000);
});

test('words come with their times in the utterance', async () => {
  const words = (await say('Good day. All well.')).flatMap((chunk) => chunk.words ?? []);
  expect(words).toEqual([
    { text: 'Good', startMs: 0, endMs: 240 },
    { text: 'day.', startMs: 300, endMs: 540 },
    { text: 'All', startMs: 600, endMs: 780 },
    { text: 'well.', startMs: 840, endMs: 1140 },
  ]);
});

test('sound cut in the middle of a sample is put together', async () => {
  const pcm = Int16Array.of(1, -2, 300, -400);
  const bytes = Buffer.from(pcm.buffer);
  simulator.befalls({
    says: ({ context_id }) => [
      { type: 'chunk', context_id, data: bytes.subarray(0, 3).toString('base64') },
      { type: 'flush_done', context_id, flush_done: true },
      { type: 'chunk', context_id, data: bytes.subarray(3).toString('base64') },
      { type: 'done', context_id },
    ],
  });
  const chunks = await say('Yes.', create(), { sampleRate: 16_000 });
  expect(chunks.flatMap((chunk) => [...chunk.pcm])).toEqual([...pcm]);
});

test('interrupted, Cartesia is told; what it still sends is heard by nobody; the connection serves the next utterance', async () => {
  const adapter = create();
  const abort = new AbortController();
  let heard = 0;
  for await (const _ of adapter.speak('This is a long sentence that nobody wants to hear to its end.', voice, abort.signal)) {
    heard++;
    abort.abort();
  }
  expect(heard).toBe(1);
  await soon(() => simulator.messages.some(({ cancel }) => cancel === true));
  expect(samples(await say('Yes.', adapter))).toBe(4 * 480);
  expect(simulator.requests).toHaveLength(1);
});

test('warmed up, the connection is there before the first word', async () => {
  const adapter = create();
  adapter.warm?.(voice);
  await soon(() => simulator.open === 1);
  await say('Yes.', adapter);
  expect(simulator.requests).toHaveLength(1);
});

test('warming up never throws, and what failed then does not matter later', async () => {
  simulator.befalls({ refuse: 503 });
  const adapter = create();
  adapter.warm?.(voice);
  await soon(() => simulator.requests.length === 1);
  expect(samples(await say('Yes.', adapter))).toBe(4 * 480);
});

test('sound of two utterances that comes in disorder reaches each its own; times of words may come before and after', async () => {
  const sound = (sample: number) => Buffer.from(Int16Array.of(sample, sample).buffer).toString('base64');
  const times = (word: string) => ({ type: 'timestamps', word_timestamps: { words: [word], start: [0], end: [0.1] } });
  let first: unknown;
  const adapter = create();
  // The first connection answers once both utterances are on it.
  simulator.befalls({
    says: ({ context_id }) => {
      first = context_id;
      return [];
    },
  });
  const one = say('One.', adapter, { sampleRate: 16_000 });
  const two = say('Two.', adapter, { sampleRate: 16_000 });
  await soon(() => new Set(simulator.messages.map(({ context_id }) => context_id)).size === 2);
  const second = simulator.messages.find(({ context_id }) => context_id !== first)!.context_id;
  for (const [context_id, message] of [
    ['gone', { type: 'chunk', data: sound(9) }],
    [second, times('Two.')],
    [second, { type: 'chunk', data: sound(2) }],
    [first, { type: 'chunk', data: sound(1) }],
    [second, { type: 'done' }],
    [second, { type: 'chunk', data: sound(9) }],
    [first, times('One.')],
    [first, { type: 'done' }],
  ] as const) {
    simulator.tell({ context_id, ...message });
  }
  const shape = (chunks: readonly SpeechChunk[]) => chunks.map(({ pcm, words }) => [[...pcm], words?.map(({ text }) => text)]);
  expect(shape(await two)).toEqual([[[2, 2], ['Two.']]]);
  expect(shape(await one)).toEqual([
    [[1, 1], undefined],
    [[], ['One.']],
  ]);
});

test('a connection that nobody uses is closed, and opened again when it is needed', async () => {
  const clock = createHandClock();
  const adapter = create({ clock });
  await say('Yes.', adapter);
  for (let ms = 0; ms < 100_000 && simulator.open > 0; ms += 4000) {
    await clock.advance(4000);
    await answersToPings();
  }
  await soon(() => simulator.open === 0);
  expect(samples(await say('Yes.', adapter))).toBe(4 * 480);
});

test('a connection lost before the first sound is opened again, with the text from its start', async () => {
  simulator.befalls('drop');
  async function* text() {
    yield 'Good morning. ';
    yield 'Yes.';
  }
  expect(samples(await say(text()))).toBe(18 * 480);
});

test('lost in the middle, it is told', async () => {
  const speaking = (async () => {
    for await (const _ of create().speak('This is a rather long sentence.', voice, forever)) simulator.dropAll();
  })();
  await expect(speaking).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a busy Cartesia is asked again', async () => {
  simulator.befalls(failing(429, 'Too many contexts.'));
  const adapter = create();
  const spoken = say('Yes.', adapter);
  await soon(() => simulator.messages.length > 1);
  simulator.dropAll();
  expect(samples(await spoken)).toBe(4 * 480);
});

test('a Cartesia that says nothing is given up', async () => {
  const clock = createHandClock();
  simulator.befalls({ says: [] }, { says: [] }, { says: [] });
  let outcome: unknown;
  say('Yes.', create({ clock })).then(
    (chunks) => {
      outcome = chunks;
    },
    (error: unknown) => {
      outcome = error;
    },
  );
  while (outcome === undefined) {
    if (simulator.messages.length > 0) await clock.advance(1000);
    await answersToPings();
  }
  expect(outcome).toMatchObject({ kind: 'timeout', message: 'cartesia said nothing for 10 seconds.' });
});
