import type { SpeechToTextOptions, TranscriptEvent, TranscriptStream } from '@talkturo/voice';
import { createHandClock, settle, soundOf, speechToTextConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { ASSEMBLYAI_KEY, startAssemblyAiSimulator } from '../testing/assemblyai-simulator.ts';
import type { Mishap, SocketSimulator } from '../testing/socket-server.ts';
import { framesOf } from '../testing/test-speech.ts';
import { type AssemblyAiOptions, createAssemblyAi } from './speech-to-text.ts';

let simulator: SocketSimulator;
beforeEach(async () => {
  simulator = await startAssemblyAiSimulator();
});
afterEach(() => simulator.stop());

const create = (options: Partial<AssemblyAiOptions> = {}) =>
  createAssemblyAi({ apiKey: ASSEMBLYAI_KEY, baseUrl: simulator.url, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};

describe('the port’s promises', () => {
  const said = soundOf('what are your opening hours', 16_000);
  const broken = [
    { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
    { name: 'wrong key, told late', kind: 'auth', create: () => withMishap({ closes: 1008, reason: 'Not authorized' }) },
    { name: 'no money', kind: 'quota', create: () => withMishap({ closes: 4002, reason: 'Insufficient funds' }) },
    {
      name: 'too many sessions',
      kind: 'rate-limit',
      create: () => withMishap({ says: [{ type: 'Error', error_code: 3009, error: 'Too many.' }] }),
    },
    { name: 'a wrong setting', kind: 'refused', create: () => withMishap({ says: [{ type: 'Error', error_code: 3006, error: 'No.' }] }) },
    { name: 'garbage', kind: 'protocol', create: () => withMishap('garbage') },
    { name: 'a turn that cannot be read', kind: 'protocol', create: () => withMishap({ says: [{ type: 'Turn' }] }) },
    { name: 'a server that drops every connection', kind: 'unavailable', create: () => withMishap('drop', 'drop', 'drop', 'drop') },
  ] as const;
  const suites = {
    'on a wideband line': { speech: { pcm: said, sampleRate: 16_000 }, broken },
    'on a telephone': { speech: { pcm: said.filter((_, i) => i % 2 === 0), sampleRate: 8000 } },
  };
  for (const [name, harness] of Object.entries(suites)) {
    describe(name, () => {
      for (const one of speechToTextConformance({ create, expects: /what are your opening hours/, pace: settle, ...harness }))
        it(one.name, one.run);
    });
  }
});

const options = { model: null, language: 'en', sampleRate: 16_000, hints: [] as readonly string[] };
async function listen(changes: Partial<SpeechToTextOptions> = {}, adapter: Partial<AssemblyAiOptions> = {}) {
  const stream = await create(adapter).open({ ...options, signal: new AbortController().signal, ...changes });
  const events: TranscriptEvent[] = [];
  const ended = (async () => {
    for await (const event of stream) events.push(event);
  })();
  ended.catch(() => {});
  return { stream, events, ended };
}
async function write(stream: TranscriptStream, pcm: Int16Array): Promise<void> {
  for (const frame of framesOf(pcm, 16_000)) {
    stream.write(frame);
    await settle();
  }
}
const silence = (ms: number) => new Int16Array(16 * ms);
const finals = (events: readonly TranscriptEvent[]) => events.flatMap((event) => (event.type === 'final' && event.text ? [event] : []));
const soon = (holds: () => boolean) => until(holds, 'what the test waits for', 5000);

test.each([
  [{}, { speech_model: 'universal-streaming-english', encoding: 'pcm_s16le', sample_rate: '16000', format_turns: 'false' }],
  [
    { language: 'es', sampleRate: 8000 },
    { speech_model: 'universal-streaming-multilingual', encoding: 'pcm_mulaw', sample_rate: '8000' },
  ],
  [{ model: 'universal' }, { speech_model: 'universal-streaming-english' }],
  [{ model: 'u3-rt-pro', language: 'de' }, { speech_model: 'u3-rt-pro' }],
  [{ language: 'pt-BR' }, { speech_model: 'universal-streaming-multilingual' }],
  [{ language: 'nl-NL', hints: ['Talkturo'] }, { speech_model: 'whisper-rt' }],
  [{ hints: ['Talkturo', 'x'.repeat(60)] }, { keyterms_prompt: '["Talkturo"]' }],
])('what is asked of AssemblyAI for %j', async (changes, asked) => {
  (await listen(changes)).stream.close();
  expect(simulator.requests[0]).toMatchObject({ path: '/v3/ws', headers: { authorization: ASSEMBLYAI_KEY } });
  expect(Object.fromEntries(simulator.requests[0]!.query)).toMatchObject(asked);
  expect(simulator.requests[0]!.query.has('keyterms_prompt')).toBe('keyterms_prompt' in asked);
});

test('words that may change are partial; a turn ends once, with its end told', async () => {
  const { stream, events } = await listen();
  await write(stream, soundOf('we are open', 16_000));
  await write(stream, silence(600));
  await soon(() => events.at(-1)?.type === 'end-of-turn');
  expect(events.filter(({ type }) => type !== 'partial')).toEqual([
    { type: 'final', text: 'we are open', startMs: 0, endMs: 660, confidence: expect.closeTo(0.95) },
    { type: 'end-of-turn' },
  ]);
  expect(events[0]).toMatchObject({ type: 'partial', text: expect.stringMatching(/^we/) });
});

test('a formatted version of a turn that has ended is not heard again', async () => {
  const turn = { type: 'Turn', turn_order: 0, turn_is_formatted: false, end_of_turn: true, transcript: 'yes', words: [] };
  simulator.befalls({
    says: [
      { type: 'Begin' },
      turn,
      { ...turn, turn_is_formatted: true, transcript: 'Yes.' },
      { type: 'Warning' },
      { ...turn, turn_order: 1 },
    ],
  });
  const { stream, events } = await listen();
  await write(stream, silence(60));
  await soon(() => events.length >= 4);
  expect(finals(events).map(({ text }) => text)).toEqual(['yes', 'yes']);
});

test('the engine’s own end of a turn is told where one is open', async () => {
  const { stream, events } = await listen();
  await write(stream, silence(300));
  stream.activity?.({ type: 'end', startMs: 0, endMs: 300 });
  await write(stream, soundOf('good morning', 16_000));
  await soon(() => events.length > 0);
  stream.activity?.({ type: 'end', startMs: 300, endMs: 1020 });
  await soon(() => finals(events).length === 1);
  expect(simulator.messages).toEqual([{ type: 'ForceEndpoint' }]);
});

test('turns that come out of order: one that is over is over', async () => {
  const turn = (turn_order: number, end_of_turn: boolean, transcript: string) => ({
    type: 'Turn',
    turn_order,
    end_of_turn,
    transcript,
    words: [],
  });
  simulator.befalls({
    says: [
      turn(0, false, 'we'),
      turn(0, true, 'we are open'),
      turn(0, false, 'we are'),
      turn(0, true, 'we are open'),
      turn(1, true, 'today'),
    ],
  });
  const { stream, events } = await listen();
  await write(stream, silence(60));
  await soon(() => finals(events).length === 2);
  expect(events.map(({ type }) => type)).toEqual(['partial', 'final', 'end-of-turn', 'final', 'end-of-turn']);
});

test('garbage in the middle of a call is told, so that another one can take over', async () => {
  simulator.befalls({ says: [{ type: 'Begin' }, 'not an object'] });
  const { stream, ended } = await listen();
  await write(stream, silence(60));
  await expect(ended).rejects.toMatchObject({ kind: 'protocol' });
});

test('a lost connection costs no word and no time', async () => {
  const { stream, events } = await listen();
  await write(stream, silence(1000));
  const sound = soundOf('we are open all day', 16_000);
  await write(stream, sound.subarray(0, 16 * 600));
  simulator.dropAll();
  await write(stream, sound.subarray(16 * 600));
  await write(stream, silence(1000));
  await soon(() => finals(events).length === 1);
  expect(finals(events)).toMatchObject([{ text: 'we are open all day', startMs: 1000, endMs: 1000 + 19 * 60 }]);
  expect(simulator.requests).toHaveLength(2);
});

test('silence before the voice is not sent again over a new connection, a voice without its words is', async () => {
  const { stream, events } = await listen();
  await write(stream, silence(10_000));
  stream.activity?.({ type: 'start', startMs: 10_000, endMs: 10_000 });
  await write(stream, soundOf('we are open all day', 16_000).subarray(0, 16 * 540));
  stream.activity?.({ type: 'start', startMs: 10_500, endMs: 10_500 });
  const before = simulator.bytes;
  simulator.dropAll();
  await soon(() => simulator.requests.length === 2 && simulator.bytes > before);
  await write(stream, silence(1000));
  await soon(() => finals(events).length === 1);
  expect(simulator.bytes - before).toBeLessThan(32 * (1000 + 540 + 1000 + 60));
  expect(finals(events)[0]).toMatchObject({ text: 'we are op', startMs: 10_000 });
});

// An error message comes right before the connection is closed for it.
test.each<[string, Mishap]>([
  ['expired', { closes: 3008, reason: 'Session expired' }],
  ['expired, and said so', { says: [{ type: 'Error', error_code: 3008, error: 'Session Expired: Maximum session duration exceeded' }] }],
  ['failed', { says: [{ type: 'Error', error_code: 3005, error: 'Server error' }] }],
])('a session that has %s is begun anew', async (_, mishap) => {
  simulator.befalls(mishap);
  const { stream, events } = await listen();
  await write(stream, soundOf('hello there', 16_000));
  await write(stream, silence(1000));
  await soon(() => finals(events).length === 1);
  expect(finals(events)[0]?.text).toBe('hello there');
  expect(simulator.requests).toHaveLength(2);
});

test.each([1008, 3006, 3007, 3009, 4000, 4001, 4002, 4003, 4029, 4101, 4102])('after the code %i nothing is tried again', async (code) => {
  simulator.befalls({ closes: code });
  const { stream, ended } = await listen();
  await write(stream, silence(60));
  await expect(ended).rejects.toThrow(`${code}`);
  expect(simulator.requests).toHaveLength(1);
});

test('a far end that has fallen silent is left for a new connection', async () => {
  const clock = createHandClock();
  simulator.befalls('stall');
  const { stream, events } = await listen({}, { clock });
  await write(stream, soundOf('hello there', 16_000));
  await clock.advance(11_000);
  await soon(() => simulator.requests.length === 2);
  await write(stream, silence(1000));
  await soon(() => finals(events).length === 1);
  expect(finals(events)[0]?.text).toBe('hello there');
  stream.close();
});

test('nobody writing, the connection is kept alive; closing says farewell', async () => {
  const clock = createHandClock();
  const { stream, ended } = await listen({}, { clock });
  await clock.advance(5000);
  await soon(() => simulator.messages.length === 1);
  stream.close();
  await ended;
  await soon(() => simulator.open === 0);
  expect(simulator.messages).toEqual([{ type: 'KeepAlive' }, { type: 'Terminate' }]);
});
