import type { SpeechSessionEvent, SpeechSessionOptions, SpeechToSpeech } from '@talkturo/voice';
import { soundOf, speechToSpeechConformance, until } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GEMINI_LIVE_KEY, type GeminiLiveSimulator, startGeminiLiveSimulator } from '../testing/gemini-live-simulator.ts';
import type { Mishap } from '../testing/socket-server.ts';
import { createGeminiLive, type GeminiLiveOptions } from './speech-to-speech.ts';

let simulator: GeminiLiveSimulator;
beforeEach(async () => {
  simulator = await startGeminiLiveSimulator();
});
afterEach(() => simulator.stop());

const create = (options: Partial<GeminiLiveOptions> = {}) =>
  createGeminiLive({ apiKey: GEMINI_LIVE_KEY, baseUrl: `${simulator.url}/v1beta`, ...options });
const withMishap = (...mishaps: Mishap[]) => {
  simulator.befalls(...mishaps);
  return create();
};
const callsTool = () => {
  simulator.answers({ call: { name: 'weather', input: { city: 'Rome' } } }, 'It is sunny in Rome.');
  return create();
};
const thrice = (mishap: Mishap) => withMishap(mishap, mishap, mishap);

const broken = [
  { name: 'wrong key', kind: 'auth', create: () => create({ apiKey: 'wrong' }) },
  { name: 'no quota', kind: 'quota', create: () => withMishap({ closes: 1011, reason: 'You exceeded your current quota' }) },
  {
    name: 'an invalid setup',
    kind: 'refused',
    create: () => withMishap({ closes: 1007, reason: 'Request contains an invalid argument.' }),
  },
  { name: 'garbage', kind: 'protocol', create: () => withMishap('garbage') },
  { name: 'dropped', kind: 'unavailable', create: () => thrice('drop') },
  { name: 'down', kind: 'unavailable', create: () => thrice({ refuse: 503 }) },
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
  tools: [{ name: 'weather', description: 'Weather.', parameters: { type: 'object' } }],
  temperature: 0.7,
  sampleRate: 8000,
  history: [],
  signal: new AbortController().signal,
};
async function talk(more: Partial<SpeechSessionOptions> = {}, adapter: SpeechToSpeech = create()) {
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
    says(text: string, pause = true) {
      const sound = soundOf(text, 16_000);
      for (let at = 0; at < sound.length; at += 320) opened.write(sound.subarray(at, at + 320));
      for (let i = 0; pause && i < 25; i++) opened.write(new Int16Array(320));
    },
  };
}
const soon = (holds: () => boolean) => until(holds, 'what the test waits for', 5000);
const heardWords = (events: readonly { text: string }[]) => events.map(({ text }) => text).join('');

describe('the opening', () => {
  it('sets everything up in its first message', async () => {
    const { session } = await talk({ voice: 'Puck' });
    expect(simulator.messages[0]).toEqual({
      setup: {
        model: 'models/gemini-3.8-live',
        generationConfig: {
          responseModalities: ['AUDIO'],
          temperature: 0.7,
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Puck' } } },
        },
        systemInstruction: { parts: [{ text: expect.stringMatching(/^You are the assistant of a bakery\.\n\n.*German/) }] },
        tools: [
          {
            functionDeclarations: [
              { name: 'weather', description: 'Weather.', parametersJsonSchema: { type: 'object' }, behavior: 'BLOCKING' },
            ],
          },
        ],
        realtimeInputConfig: { automaticActivityDetection: { disabled: false } },
        inputAudioTranscription: {},
        outputAudioTranscription: {},
        sessionResumption: {},
        contextWindowCompression: { slidingWindow: {} },
      },
    });
    expect(session.sampleRate).toBe(16_000);
    session.close();
  });

  it('tells what was said before, unless the vendor knows it', async () => {
    const history = [
      { role: 'assistant' as const, content: 'Hello.' },
      { role: 'user' as const, content: 'Two loaves.' },
      { role: 'assistant' as const, content: '', toolCalls: [{ id: 'c', name: 'order', input: { loaves: 2 } }] },
      { role: 'tool' as const, callId: 'c', name: 'order', content: 'ordered' },
    ];
    (await talk({ history })).session.close();
    (await talk({ history, resume: 'handle-1' })).session.close();
    const [first, second] = simulator.messages.map(
      ({ setup }) => setup as { systemInstruction: { parts: { text: string }[] }; sessionResumption: object },
    );
    expect(first!.systemInstruction.parts[0]!.text).toContain(
      'You: Hello.\nCaller: Two loaves.\n(You called order with {"loaves":2}.)\n(order answered: ordered)',
    );
    expect(second!.systemInstruction.parts[0]!.text).not.toContain('Two loaves');
    expect(second!.sessionResumption).toEqual({ handle: 'handle-1' });
  });

  it('is refused with the vendor’s sentence', async () => {
    await expect(talk({ model: 'gemini-2.5-flash' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('not supported for bidiGenerateContent'),
    });
    await expect(talk({ voice: 'nobody' })).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('what it tells', () => {
  it('the caller’s voice interrupts: the reply ends, and another turn has begun', async () => {
    simulator.answers({ text: 'We open at eight in the morning and close at six in the evening.', stopsAfter: 5 }, 'Yes.');
    const { session, says, of, events } = await talk();
    says('when are you open');
    await soon(() => of('sound').length === 5);
    says('and on sunday');
    await soon(() => of('reply-ended').length === 2);
    expect(of('reply-ended').map(({ interrupted }) => interrupted)).toEqual([true, false]);
    expect(of('caller-started')).toHaveLength(2);
    const order = events.map(({ type }) => type);
    expect(order.lastIndexOf('caller-started')).toBeLessThan(order.indexOf('reply-ended'));
    await soon(() => of('caller-text').filter(({ final }) => final).length === 2);
    expect(of('caller-text').flatMap(({ text, final }) => (final ? [text] : []))).toEqual(['when are you open', 'and on sunday']);
    session.close();
  });

  it('words that come after the reply belong to the turn it answered', async () => {
    simulator.lateWords = true;
    const { session, says, of } = await talk();
    says('when are you open');
    await soon(() => of('caller-text').some(({ final }) => final));
    expect(of('caller-started')).toHaveLength(1);
    expect(of('caller-text').at(-1)!.turn).toBe(of('caller-started')[0]!.turn);
    expect(of('reply-ended')).toHaveLength(1);
    session.close();
  });

  it('nothing more of a reply that was interrupted here', async () => {
    simulator.answers('The rest of this must not be heard by anybody at all.', 'The next one.');
    const { session, says, of } = await talk();
    says('go on');
    await soon(() => of('sound').length > 0);
    session.interrupt(of('reply-started')[0]!.reply, 50);
    const before = of('sound').length;
    await soon(() => of('usage').length === 1);
    expect(of('sound')).toHaveLength(before);
    says('once more');
    await soon(() => of('reply-ended').length === 2);
    expect(heardWords(of('text').filter(({ reply }) => reply === of('reply-started')[1]!.reply))).toBe('The next one.');
    session.close();
  });

  it('answers to calls that nobody waits for, without what the model says to them', async () => {
    simulator.answers({ call: { name: 'weather', input: {} }, text: 'Goodbye then.' }, 'I must not be heard.', 'But I must.');
    const { session, says, of } = await talk();
    says('goodbye');
    await soon(() => of('reply-ended').length === 1);
    session.toolResults([{ callId: of('tool-call')[0]!.call.id, name: 'weather', content: 'done' }], false);
    await soon(() => of('usage').length === 1);
    says('hello');
    await soon(() => of('reply-ended').length === 2);
    expect(heardWords(of('text'))).toBe('Goodbye then.But I must.');
    session.close();
  });

  it('a call that was called back is not answered', async () => {
    simulator.answers({ call: { name: 'weather', input: {} } }, 'Yes?');
    const { session, says, of } = await talk();
    says('the weather please');
    await soon(() => of('tool-call').length === 1);
    says('no wait');
    await soon(() => of('reply-ended').length === 2);
    session.toolResults([{ callId: of('tool-call')[0]!.call.id, name: 'weather', content: 'sunny' }], true);
    expect(simulator.messages.some((message) => 'toolResponse' in message)).toBe(false);
    session.close();
  });

  it('that the connection ends, and how to go on', async () => {
    const { session, says, of } = await talk();
    simulator.tells({ goAway: { timeLeft: '50s' } });
    says('hello');
    await soon(() => of('usage').length === 1);
    simulator.tells({ sessionResumptionUpdate: { newHandle: 'h-7', resumable: true } });
    simulator.tells({ sessionResumptionUpdate: { resumable: false } });
    simulator.tells({ goAway: { timeLeft: '9.5s' } });
    await soon(() => of('expiring').length === 2);
    expect(of('expiring')).toEqual([
      { type: 'expiring', inMs: 50_000 },
      { type: 'expiring', inMs: 9500, resume: 'h-7' },
    ]);
    expect(of('usage')).toEqual([{ type: 'usage', inputTokens: 10, outputTokens: 20 }]);
    session.close();
  });

  it('what was used, thoughts and the words of tools among it', async () => {
    const { session, of } = await talk();
    const usageMetadata = {
      promptTokenCount: 100,
      responseTokenCount: 40,
      thoughtsTokenCount: 5,
      toolUsePromptTokenCount: 3,
      totalTokenCount: 148,
    };
    simulator.tells({ usageMetadata });
    await soon(() => of('usage').length === 1);
    expect(of('usage')).toEqual([{ type: 'usage', inputTokens: 103, outputTokens: 45 }]);
    session.close();
  });

  it('a lost connection, with what the vendor said', async () => {
    const { outcome } = await talk();
    simulator.dropAll();
    await soon(() => outcome.over);
    expect(outcome.error).toMatchObject({ kind: 'unavailable' });
  });
});

describe('text', () => {
  const asked = async (model: string | null) => {
    const { session, of, outcome } = await talk({ model });
    session.remember({ role: 'user', content: '(on the keypad) 7' });
    session.reply();
    await soon(() => of('reply-ended').length === 1);
    session.remember({ role: 'assistant', content: 'Hello, this is the bakery.' });
    session.say('Anything else?');
    await soon(() => of('reply-ended').length === 2);
    expect(outcome.error).toBeNull();
    session.close();
    return simulator.messages.slice(1);
  };
  const say = 'Say exactly the following, word for word, in the same language, and nothing before or after it:\nAnything else?';

  it.each([null, 'gemini-3.1-flash-live-preview'])('is input like sound, for the model %s', async (model) => {
    expect(await asked(model)).toEqual([
      { realtimeInput: { text: '(on the keypad) 7' } },
      { realtimeInput: { text: `(You have said: Hello, this is the bakery.)\n${say}` } },
    ]);
  });

  it.each(['gemini-2.5-flash-native-audio-preview-12-2025', 'models/gemini-live-2.5-flash'])('are turns for %s', async (model) => {
    const turn = (text: string) => ({ role: 'user', parts: [{ text }] });
    expect(await asked(model)).toEqual([
      { clientContent: { turns: [turn('(on the keypad) 7')], turnComplete: true } },
      { clientContent: { turns: [turn('(You have said: Hello, this is the bakery.)'), turn(say)], turnComplete: true } },
    ]);
  });

  it('stands for words where the model is to answer what it heard', async () => {
    const { session, of } = await talk();
    session.reply();
    await soon(() => of('reply-ended').length === 1);
    expect(simulator.messages.slice(1)).toEqual([
      { realtimeInput: { audioStreamEnd: true } },
      { realtimeInput: { text: '(Answer the caller now.)' } },
    ]);
    session.close();
  });
});
