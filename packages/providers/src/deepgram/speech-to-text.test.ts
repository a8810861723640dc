import type { SpeechToTextOptions, TranscriptEvent, TranscriptStream } from '@talkturo/voice';
import { createHandClock, settle, soundOf, speechToTextConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { DEEPGRAM_KEY, startDeepgramSimulator } from '../testing/deepgram-simulator.ts';
import type { Mishap, SocketSimulator } from '../testing/socket-server.ts';
import { framesOf } from '../testing/test-speech.ts';
import { createDeepgram, type DeepgramOptions } from './speech-to-text.ts';

let simulator: SocketSimulator;
beforeEach(async () => {
  simulator = await startDeepgramSimulator();
});
afterEach(() => simulator.stop());

const create = (options: Partial<DeepgramOptions> = {}) => createDeepgram({ apiKey: DEEPGRAM_KEY, baseUrl: simulator.url, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};

for (const model of ['nova-3', 'nova-2', 'flux-general-en']) {
  describe(model, () => {
    const said = soundOf('what are your opening hours', 16_000);
    const broken = [
      { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
      { name: 'no money', kind: 'quota', create: () => withMishap({ refuse: 402, body: '{"err_msg":"No credits."}' }) },
      {
        name: 'too many at once',
        kind: 'rate-limit',
        create: () => withMishap({ refuse: 429, headers: { 'retry-after': '60' }, body: '{"err_msg":"Too many."}' }),
      },
      { name: 'garbage', kind: 'protocol', create: () => withMishap('garbage') },
      {
        name: 'results that cannot be read',
        kind: 'protocol',
        create: () => withMishap({ says: [{ type: 'Results' }, { type: 'TurnInfo' }] }),
      },
      { name: 'sound it cannot decode', kind: 'protocol', create: () => withMishap({ closes: 1008, reason: 'DATA-0000' }) },
      {
        name: 'a server that drops every connection',
        kind: 'unavailable',
        create: () => withMishap('drop', 'drop', 'drop', 'drop'),
      },
    ] as const;
    const suites = {
      'on a wideband line': { speech: { pcm: said, sampleRate: 16_000 }, broken },
      'on a telephone': { speech: { pcm: said.filter((_, i) => i % 2 === 0), sampleRate: 8000 } },
    };
    for (const [name, harness] of Object.entries(suites)) {
      describe(name, () => {
        for (const one of speechToTextConformance({ create, model, expects: /what are your opening hours/, pace: settle, ...harness })) {
          it(one.name, one.run);
        }
      });
    }
  });
}

const options = { model: 'nova-3', language: 'en', sampleRate: 16_000, hints: [] as readonly string[] };

async function listen(changes: Partial<SpeechToTextOptions> = {}, adapter: Partial<DeepgramOptions> = {}) {
  const abort = new AbortController();
  const stream = await create(adapter).open({ ...options, signal: abort.signal, ...changes });
  const events: TranscriptEvent[] = [];
  const ended = (async () => {
    for await (const event of stream) events.push(event);
  })();
  ended.catch(() => {});
  return { stream, events, ended, abort };
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

describe('what is asked of Deepgram', () => {
  const asked = async (changes: Partial<SpeechToTextOptions>) => {
    const { stream } = await listen(changes);
    stream.close();
    return simulator.requests.at(-1)!;
  };

  test('nova-3 takes key terms', async () => {
    const { path, query, headers } = await asked({ language: 'de', sampleRate: 8000, hints: ['Talkturo', 'Herr Öz'] });
    expect(path).toBe('/v1/listen');
    expect(headers.authorization).toBe(`Token ${DEEPGRAM_KEY}`);
    expect(query.getAll('keyterm')).toEqual(['Talkturo', 'Herr Öz']);
    expect(Object.fromEntries(query)).toMatchObject({
      model: 'nova-3',
      language: 'de',
      encoding: 'mulaw',
      sample_rate: '8000',
      interim_results: 'true',
      punctuate: 'true',
      smart_format: 'true',
      endpointing: '300',
    });
  });

  test('nova-2 takes keywords, one word each', async () => {
    const { query } = await asked({ model: 'nova-2', hints: ['Talkturo', 'opening hours'] });
    expect(query.getAll('keywords')).toEqual(['Talkturo:2', 'opening:2', 'hours:2']);
    expect(query.get('encoding')).toBe('linear16');
  });

  test.each([
    ['flux-general-en', 'en-US', 'flux-general-en', null],
    ['flux', 'en', 'flux-general-en', null],
    ['flux-general-en', 'es', 'flux-general-multi', 'es'],
  ])('%s in %s', async (model, language, wanted, hint) => {
    const { path, query } = await asked({ model, language });
    expect([path, query.get('model'), query.get('language_hint')]).toEqual(['/v2/listen', wanted, hint]);
  });

  test.each([
    ['de-DE', 'de'],
    ['de-CH', 'de-CH'],
    ['en-US', 'en-US'],
    ['en-IE', 'en'],
    ['fr-FR', 'fr'],
    ['es-ES', 'es'],
    ['zh-Hant', 'zh-Hant'],
    ['multi', 'multi'],
  ])('nova hears %s as %s', async (language, wanted) => {
    expect((await asked({ language })).query.get('language')).toBe(wanted);
  });

  test.each(['nova-3', 'flux-general-en'])('%s gets no more key terms than it takes', async (model) => {
    const hints = Array.from({ length: 120 }, (_, i) => `Rechtsschutzversicherung ${i}`);
    const terms = (await asked({ model, hints })).query.getAll('keyterm');
    expect(terms.length).toBeGreaterThan(20);
    expect(terms.join('').length).toBeLessThan(1500);
    expect(terms[0]).toBe(hints[0]);
  });

  test('without a model of the assistant, nova-3', async () => {
    expect((await asked({ model: null })).query.get('model')).toBe('nova-3');
  });
});

test('only Flux decides turns', async () => {
  expect((await listen({ model: 'nova-2' })).stream.endOfTurn).toBe(false);
  const { stream, events } = await listen({ model: 'flux-general-en' });
  expect(stream.endOfTurn).toBe(true);
  await write(stream, soundOf('yes', 16_000));
  await write(stream, silence(600));
  await soon(() => events.at(-1)?.type === 'end-of-turn');
  expect(events.map(({ type }) => type)).toEqual(['partial', 'final', 'end-of-turn']);
});

test('the end of a turn is told at once: Finalize, and ForceEndTurn where a turn is open', async () => {
  for (const model of ['nova-3', 'flux-general-en']) {
    const { stream, events } = await listen({ model });
    await write(stream, soundOf('good morning', 16_000));
    await soon(() => events.length > 0);
    stream.activity?.({ type: 'end', startMs: 0, endMs: 720 });
    await soon(() => finals(events).length === 1);
    stream.close();
  }
  expect(simulator.messages.map(({ type }) => type).filter((type) => type !== 'CloseStream')).toEqual(['Finalize', 'ForceEndTurn']);
});

test('an utterance that ended with interim words has them made final', async () => {
  simulator.befalls({
    says: [
      { type: 'Results', start: 0, duration: 1, is_final: false, channel: { alternatives: [{ transcript: 'well' }] } },
      { type: 'SpeechStarted', channel: [0], timestamp: 0 },
      { type: 'SomethingNew' },
      { type: 'UtteranceEnd', channel: [0, 1], last_word_end: 1 },
    ],
  });
  const { stream, events } = await listen();
  stream.write(silence(20));
  await soon(() => simulator.messages.length > 0);
  expect(events).toEqual([{ type: 'partial', text: 'well', startMs: 0, endMs: 1000 }]);
  expect(simulator.messages).toEqual([{ type: 'Finalize' }]);
  stream.close();
});

describe('messages out of order', () => {
  const result = (transcript: string, start: number, duration: number, is_final: boolean) => ({
    type: 'Results',
    start,
    duration,
    is_final,
    channel: { alternatives: [{ transcript }] },
  });
  test('of nova: what is older than a final, or the same final twice, is not heard again', async () => {
    simulator.befalls({
      says: [
        result('we are', 0, 1, false),
        result('we are open', 0, 2, true),
        result('we', 0, 1, false),
        result('we are open', 0, 2, true),
        result('today', 2, 1, true),
      ],
    });
    const { stream, events } = await listen();
    stream.write(silence(20));
    await soon(() => finals(events).length === 2);
    expect(events.map((event) => (event.type === 'end-of-turn' ? '' : `${event.type} ${event.text}`))).toEqual([
      'partial we are',
      'final we are open',
      'final today',
    ]);
    stream.close();
  });

  test('of Flux: a turn that is over is over', async () => {
    const turn = (event: string, turn_index: number, transcript: string) => ({
      type: 'TurnInfo',
      event,
      turn_index,
      audio_window_start: turn_index,
      audio_window_end: turn_index + 1,
      transcript,
    });
    simulator.befalls({
      says: [
        turn('StartOfTurn', 0, 'we'),
        turn('EndOfTurn', 0, 'we are open'),
        turn('Update', 0, 'we are'),
        turn('EndOfTurn', 0, 'we are open'),
        turn('EndOfTurn', 1, 'today'),
      ],
    });
    const { stream, events } = await listen({ model: 'flux-general-en' });
    await write(stream, silence(100));
    await soon(() => finals(events).length === 2);
    expect(events.map(({ type }) => type)).toEqual(['partial', 'final', 'end-of-turn', 'final', 'end-of-turn']);
    stream.close();
  });
});

test.each(['nova-3', 'flux-general-en'])(
  'garbage in the middle of a call of %s is told, so that another one can take over',
  async (model) => {
    simulator.befalls({ says: [{ type: 'Connected' }, ['no', 'object']] });
    const { stream, ended } = await listen({ model });
    await write(stream, silence(100));
    await expect(ended).rejects.toMatchObject({ kind: 'protocol' });
  },
);

test('what is wrong stands in a header where the body is empty', async () => {
  simulator.befalls({ refuse: 400, headers: { 'dg-error': 'Bad Request: no such language.' } });
  await expect(listen()).rejects.toMatchObject({ kind: 'refused', message: 'deepgram answered 400: Bad Request: no such language.' });
});

describe('a connection that is lost', () => {
  const lines = ['we are open', 'from eight to six', 'every day'];

  test.each(['nova-3', 'flux-general-en'])('costs no word and no time of %s', async (model) => {
    const { stream, events } = await listen({ model });
    const starts: number[] = [];
    let atMs = 0;
    for (const line of lines) {
      const sound = soundOf(line, 16_000);
      const half = Math.round(sound.length / 640) * 320;
      starts.push(atMs);
      await write(stream, sound.subarray(0, half));
      simulator.dropAll();
      await write(stream, sound.subarray(half));
      await write(stream, silence(1000));
      atMs += Math.ceil((sound.length - half) / 320) * 20 + half / 16 + 1000;
      await soon(() => finals(events).some(({ text }) => text.endsWith(line.slice(-3))));
    }
    expect(finals(events).map(({ text }) => text)).toEqual(lines);
    for (const [i, { startMs, endMs }] of finals(events).entries()) {
      expect(startMs).toBeGreaterThanOrEqual(starts[i]! - 1000);
      expect(endMs).toBeGreaterThan(starts[i]!);
      expect(endMs).toBeLessThanOrEqual(starts[i]! + lines[i]!.length * 60 + 1000);
    }
    expect(simulator.requests.length).toBe(1 + lines.length);
    stream.close();
  });

  test('and comes back only after several tries costs no word either', async () => {
    const { stream, events } = await listen();
    const sound = soundOf('we are open', 16_000);
    const half = Math.round(sound.length / 640) * 320;
    await write(stream, sound.subarray(0, half));
    simulator.befalls({ refuse: 503 }, { refuse: 503 }, { refuse: 502 }, { refuse: 503 });
    simulator.dropAll();
    await write(stream, sound.subarray(half));
    await write(stream, silence(1000));
    await until(() => finals(events).length === 1, 'the words', 8000);
    expect(finals(events)[0]!.text).toBe('we are open');
    stream.close();
  }, 15_000);

  test('and does not come back is told', async () => {
    const { stream, ended } = await listen();
    await write(stream, silence(100));
    await simulator.stop();
    await expect(ended).rejects.toMatchObject({ kind: 'unavailable' });
    simulator = await startDeepgramSimulator();
  }, 15_000);

  test('refused when it is to come back, is told with the reason', async () => {
    const { stream, ended } = await listen();
    await write(stream, silence(100));
    simulator.befalls({ refuse: 401, body: '{"err_msg":"Key revoked."}' });
    simulator.dropAll();
    await expect(ended).rejects.toMatchObject({ kind: 'auth', message: 'deepgram answered 401: Key revoked.' });
  });
});

test('an upgrade that fails once is tried again', async () => {
  simulator.befalls({ refuse: 503 });
  const { stream } = await listen();
  expect(simulator.requests).toHaveLength(2);
  stream.close();
});

test('a far end that has fallen silent is left for a new connection', async () => {
  const clock = createHandClock();
  simulator.befalls('stall');
  const { stream, events } = await listen({}, { clock });
  await write(stream, soundOf('hello', 16_000));
  await clock.advance(11_000);
  await soon(() => simulator.requests.length === 2);
  await write(stream, silence(600));
  await soon(() => finals(events).length === 1);
  expect(finals(events)[0]?.text).toBe('hello');
  stream.close();
});

describe('nobody writing', () => {
  const clock = createHandClock();
  beforeEach(async () => {
    await simulator.stop();
    simulator = await startDeepgramSimulator(undefined, clock);
  });
  /** Half a minute, with time for what is on its way. */
  async function quietTime(): Promise<void> {
    for (let i = 0; i < 15; i++) {
      await clock.advance(2000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  test.each(['nova-3', 'flux-general-en'])('the connection of %s is kept, even before the first sound', async (model) => {
    const { stream, events } = await listen({ model }, { clock });
    await quietTime();
    await write(stream, soundOf('good morning', 16_000));
    await quietTime();
    await write(stream, silence(1000));
    await soon(() => finals(events).length === 1);
    expect(simulator.requests).toHaveLength(1);
    // The silence that kept it is not in the times.
    expect(finals(events)[0]).toMatchObject({ text: 'good morning', startMs: 0 });
    stream.close();
  });

  test('a sign of life says so to nova, once there was sound', async () => {
    const { stream } = await listen({}, { clock });
    await write(stream, silence(40));
    await quietTime();
    expect(simulator.messages.length).toBeGreaterThan(4);
    expect(simulator.messages[0]).toEqual({ type: 'KeepAlive' });
    stream.close();
  });
});

test.each([
  ['nova-3', { type: 'Error', variant: 'SERVER', description: 'Sorry.' }],
  ['flux-general-en', { type: 'Error', sequence_id: 1, code: 'INTERNAL_SERVER_ERROR', description: 'Sorry.' }],
])('%s told of a failure that may pass: no word is lost', async (model, failure) => {
  simulator.befalls({ says: [failure] });
  const { stream, events } = await listen({ model });
  await write(stream, soundOf('good morning', 16_000));
  await write(stream, silence(1000));
  await soon(() => finals(events).length === 1);
  expect(finals(events)[0]).toMatchObject({ text: 'good morning', startMs: 0 });
  expect(simulator.requests).toHaveLength(2);
  stream.close();
});

test('a failure that does not pass ends in one', async () => {
  const failure = { says: [{ type: 'Error', description: 'Sorry.' }] };
  simulator.befalls(failure, failure, failure, failure);
  const { stream, ended } = await listen();
  await write(stream, silence(40));
  await expect(ended).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('Sorry.') });
});

test('closing says farewell and leaves nothing open', async () => {
  const { stream, ended } = await listen();
  await write(stream, silence(40));
  stream.close();
  await ended;
  await soon(() => simulator.open === 0);
  expect(simulator.messages).toEqual([{ type: 'CloseStream' }]);
});
