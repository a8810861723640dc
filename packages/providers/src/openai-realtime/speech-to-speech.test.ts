import type { SpeechSessionEvent, SpeechSessionOptions, SpeechToSpeech } from '@talkturo/voice';
import { createHandClock, soundOf, speechToSpeechConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPENAI_REALTIME_KEY, type OpenAiRealtimeSimulator, startOpenAiRealtimeSimulator } from '../testing/openai-realtime-simulator.ts';
import type { Mishap } from '../testing/socket-server.ts';
import { createOpenAiRealtime, type OpenAiRealtimeOptions } from './speech-to-speech.ts';

let simulator: OpenAiRealtimeSimulator;
beforeEach(async () => {
  simulator = await startOpenAiRealtimeSimulator('when are you open');
});
afterEach(() => simulator.stop());

const create = (options: Partial<OpenAiRealtimeOptions> = {}) =>
  createOpenAiRealtime({ apiKey: OPENAI_REALTIME_KEY, baseUrl: `${simulator.url}/v1`, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};
const callsTool = () => {
  simulator.answers({ call: { name: 'weather', input: { city: 'Rome' } } }, 'It is sunny in Rome.');
  return create();
};
const failed = (code: string, type = 'invalid_request_error') => ({ type: 'error', error: { type, code, message: 'No.' } });
const broken = [
  { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
  {
    name: 'no credit',
    kind: 'quota',
    create: () => withMishap({ refuse: 429, body: '{"error":{"code":"insufficient_quota","message":"Pay."}}' }),
  },
  { name: 'too many at once', kind: 'rate-limit', create: () => withMishap({ refuse: 429, headers: { 'retry-after': '60' } }) },
  { name: 'down', kind: 'unavailable', create: () => withMishap({ refuse: 503 }, { refuse: 503 }, { refuse: 503 }) },
] as const;

for (const sampleRate of [8000, 16_000]) {
  describe(`on a line of ${sampleRate} Hz`, () => {
    for (const { name, run } of speechToSpeechConformance({
      create,
      callsTool,
      speech: (rate) => soundOf('when are you open', rate),
      expects: /^when are you open$/,
      sampleRate,
      broken,
    }))
      it(name, run);
  });
}

const options: SpeechSessionOptions = {
  model: null,
  voice: null,
  language: 'de-DE',
  instructions: 'You are the assistant of a bakery.',
  tools: [],
  temperature: 0.7,
  sampleRate: 8000,
  history: [],
  signal: new AbortController().signal,
};
async function talk(adapter: SpeechToSpeech = create(), more: Partial<SpeechSessionOptions> = {}) {
  const opened = await adapter.open({ ...options, ...more });
  const events: SpeechSessionEvent[] = [];
  const outcome = { error: null as unknown, over: false };
  void (async () => {
    try {
      for await (const event of opened) events.push(event);
    } catch (error) {
      outcome.error = error;
    }
    outcome.over = true;
  })();
  return {
    session: opened,
    events,
    outcome,
    of: <T extends SpeechSessionEvent['type']>(type: T) =>
      events.filter((event): event is Extract<SpeechSessionEvent, { type: T }> => event.type === type),
    says(text: string) {
      const sound = soundOf(text, opened.sampleRate);
      const size = opened.sampleRate / 50;
      for (let at = 0; at < sound.length; at += size) opened.write(sound.subarray(at, at + size));
      for (let i = 0; i < 25; i++) opened.write(new Int16Array(size));
    },
  };
}
const soon = (holds: () => boolean) => until(holds, 'what the test waits for', 5000);

describe('the opening', () => {
  it('asks for µ-law on a telephone line, the transcript’s language, and server turns', async () => {
    const { session: opened } = await talk(create(), {
      tools: [{ name: 'weather', description: 'Weather.', parameters: { type: 'object' } }],
      voice: 'cedar',
    });
    expect(simulator.requests[0]!.query.get('model')).toBe('gpt-realtime');
    expect(simulator.requests[0]!.headers['openai-beta']).toBeUndefined();
    expect(simulator.messages[0]).toMatchObject({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: expect.stringMatching(/^You are the assistant of a bakery\.\n\n.*German/),
        output_modalities: ['audio'],
        audio: {
          input: {
            format: { type: 'audio/pcmu' },
            transcription: { language: 'de' },
            turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
          },
          output: { format: { type: 'audio/pcmu' }, voice: 'cedar' },
        },
        tools: [{ type: 'function', name: 'weather', description: 'Weather.', parameters: { type: 'object' } }],
      },
    });
    expect(opened.sampleRate).toBe(8000);
    opened.close();
  });

  it('is refused with the vendor’s sentence when a setting is wrong', async () => {
    await expect(talk(create(), { voice: 'nobody' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining("'nobody'"),
    });
    await expect(talk(create(), { model: 'whisper-1' })).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is given up when nothing comes', async () => {
    const clock = createHandClock();
    simulator.befalls('stall', 'stall', 'stall');
    let failure: unknown = null;
    talk(create({ clock })).catch((error: unknown) => {
      failure = error;
    });
    for (let i = 1; i <= 3; i++) {
      await soon(() => simulator.requests.length === i && simulator.open > 0 && clock.pending > 1);
      await clock.advance(3000);
    }
    await soon(() => failure !== null);
    expect(failure).toMatchObject({ kind: 'timeout' });
  });

  it('adds what was said before as items', async () => {
    const { session: opened } = await talk(create(), {
      history: [
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'Two loaves.' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'order', input: { loaves: 2 } }] },
        { role: 'tool', callId: 'c1', name: 'order', content: 'ordered' },
      ],
    });
    await soon(() => simulator.items.length === 4);
    expect(simulator.items).toEqual([
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Two loaves.' }] },
      { type: 'function_call', call_id: 'c1', name: 'order', arguments: '{"loaves":2}' },
      { type: 'function_call_output', call_id: 'c1', output: 'ordered' },
    ]);
    opened.close();
  });
});

describe('barge-in', () => {
  it('cuts what was heard in part, and deletes what was not heard at all', async () => {
    const { session: opened, of } = await talk();
    opened.say('We open at eight in the morning.');
    await soon(() => of('reply-ended').length === 1);
    opened.interrupt(of('reply-started')[0]!.reply, 700.4);
    opened.say('And we close at six in the evening.');
    await soon(() => of('reply-ended').length === 2);
    opened.interrupt(of('reply-started')[1]!.reply, 0);
    await soon(() => simulator.forgotten.length === 2);
    expect(simulator.forgotten.map(({ audioEndMs }) => audioEndMs)).toEqual([700, null]);
    expect(simulator.messages.filter(({ type }) => type === 'response.cancel')).toEqual([]);
    opened.close();
  });

  it('never asks for more than the vendor has', async () => {
    const { session: opened, of, outcome } = await talk();
    opened.say('Yes.');
    await soon(() => of('reply-ended').length === 1);
    opened.interrupt(of('reply-started')[0]!.reply, 60_000);
    opened.say('No.');
    await soon(() => of('reply-ended').length === 2);
    expect(simulator.messages.some(({ type }) => type === 'conversation.item.truncate')).toBe(false);
    expect(outcome.over).toBe(false);
    opened.close();
  });

  it('by the caller’s voice ends the reply', async () => {
    simulator.answers({ text: 'We open at eight in the morning and close at six in the evening.', stopsAfter: 5 }, 'Yes.');
    const { session: opened, says, of } = await talk();
    says('when are you open');
    await soon(() => of('sound').length === 5);
    opened.interrupt(of('reply-started')[0]!.reply, 200);
    await soon(() => simulator.forgotten.length === 1);
    expect(of('reply-ended')).toMatchObject([{ interrupted: true }]);
    expect(simulator.forgotten[0]!.audioEndMs).toBe(200);
    opened.close();
  });
});

describe('what vendors do', () => {
  it('words that come after the reply are told with their turn', async () => {
    simulator.lateWords = true;
    const { session: opened, says, events, of } = await talk();
    says('when are you open');
    await soon(() => of('caller-text').some(({ final }) => final));
    const order = events.map(({ type }) => type);
    expect(order.indexOf('caller-text')).toBeGreaterThan(order.indexOf('reply-ended'));
    expect(of('caller-text').at(-1)).toMatchObject({ turn: of('caller-started')[0]!.turn, text: 'when are you open' });
    expect(of('usage')).toEqual([{ type: 'usage', inputTokens: 10, outputTokens: 20 }]);
    opened.close();
  });

  it('a reply that is asked for while one is made waits for its end', async () => {
    const { session: opened, of } = await talk();
    opened.say('The first.');
    opened.say('The second.');
    await soon(() => of('reply-ended').length === 2);
    expect(
      of('text')
        .map(({ text }) => text)
        .join(''),
    ).toBe('The first.The second.');
    opened.close();
  });

  it('what was refused is told apart: no reply is asked for while one is made', async () => {
    simulator.answers('Yes, I am here.');
    const { session: opened, of } = await talk();
    // With nothing heard there is nothing to commit, which the vendor refuses; the reply that is asked for with it is made.
    opened.reply();
    opened.say('The second.');
    await soon(() => of('reply-ended').length === 2);
    expect(
      of('text')
        .map(({ text }) => text)
        .join(''),
    ).toBe('Yes, I am here.The second.');
    opened.close();
  });

  it('most errors refuse one message and leave the session', async () => {
    const { session: opened, of, outcome } = await talk();
    simulator.tells(failed('conversation_already_has_active_response'));
    simulator.tells({ type: 'some.day.new' });
    opened.say('Still here.');
    await soon(() => of('reply-ended').length === 1);
    expect(outcome.over).toBe(false);
    opened.close();
  });

  it.each([
    ['session_expired', 'unavailable'],
    ['insufficient_quota', 'quota'],
    ['invalid_api_key', 'auth'],
    ['rate_limit_exceeded', 'rate-limit'],
  ])('the error %s ends it', async (code, kind) => {
    const { outcome } = await talk();
    simulator.tells(failed(code));
    await soon(() => outcome.over);
    expect(outcome.error).toMatchObject({ kind, message: expect.stringContaining('No.') });
  });

  it('a failed reply ends it with its reason', async () => {
    const { outcome } = await talk();
    simulator.tells({ type: 'response.created', response: { id: 'r1' } });
    simulator.tells({
      type: 'response.done',
      response: {
        id: 'r1',
        status: 'failed',
        status_details: { error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'Pay.' } },
      },
    });
    await soon(() => outcome.over);
    expect(outcome.error).toMatchObject({ kind: 'quota' });
  });

  it('a lost connection and a message that is none end it', async () => {
    const first = await talk();
    simulator.dropAll();
    await soon(() => first.outcome.over);
    expect(first.outcome.error).toMatchObject({ kind: 'unavailable' });
    const second = await talk();
    simulator.tells({ type: 7 });
    await soon(() => second.outcome.over);
    expect(second.outcome.error).toMatchObject({ kind: 'protocol' });
  });

  it('an hour is the longest: it says in time that it ends', async () => {
    const set: { ms: number; fire: () => void }[] = [];
    const clock = {
      now: () => 0,
      setTimer(ms: number, fire: () => void) {
        set.push({ ms, fire });
        return { cancel: () => void set.splice(0, set.length, ...set.filter((timer) => timer.fire !== fire)) };
      },
    };
    const { of, session: opened } = await talk(create({ clock }));
    set.find(({ ms }) => ms === 55 * 60_000)!.fire();
    await soon(() => of('expiring').length === 1);
    expect(of('expiring')).toEqual([{ type: 'expiring', inMs: 5 * 60_000 }]);
    opened.close();
    expect(set.some(({ ms }) => ms === 55 * 60_000)).toBe(false);
  });
});
