import {
  type Briefing,
  type CallEvent,
  createCallSession,
  createEnergyVoiceActivity,
  defaultTimings,
  openSessionAhead,
  realtimeSettings,
  type SpeechToSpeech,
} from '@talkturo/voice';
import {
  createHandClock,
  createScriptedLanguageModel,
  createScriptedLeg,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type HandClock,
} from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createGeminiLive } from './gemini-live/speech-to-speech.ts';
import { createOpenAiRealtime } from './openai-realtime/speech-to-speech.ts';
import { GEMINI_LIVE_KEY, startGeminiLiveSimulator } from './testing/gemini-live-simulator.ts';
import { OPENAI_REALTIME_KEY, type OpenAiRealtimeSimulator, startOpenAiRealtimeSimulator } from './testing/openai-realtime-simulator.ts';

/** What a caller bears: whatever the vendor stalls at, something is heard by then. */
const BEARABLE_MS = 2500;
const RATE = 16_000;
const FRAME_MS = 20;
const LONG = 'We are open from eight in the morning to six in the evening on every day of the week but Sunday.';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const VENDORS = {
  'openai-realtime': {
    start: () => startOpenAiRealtimeSimulator(),
    create: (url: string, clock: HandClock): SpeechToSpeech =>
      createOpenAiRealtime({ apiKey: OPENAI_REALTIME_KEY, baseUrl: `${url}/v1`, clock }),
  },
  'gemini-live': {
    start: () => startGeminiLiveSimulator(),
    create: (url: string, clock: HandClock): SpeechToSpeech =>
      createGeminiLive({ apiKey: GEMINI_LIVE_KEY, baseUrl: `${url}/v1beta`, clock }),
  },
} as const;

/** A call on a hand-moved clock, led by a vendor's simulator over loopback; behind it scripted stages. */
async function callLedBy<Simulator extends Awaited<ReturnType<(typeof VENDORS)[keyof typeof VENDORS]['start']>>>(
  vendor: { start(): Promise<Simulator>; create(url: string, clock: HandClock): SpeechToSpeech },
  prepare: (simulator: Simulator) => void,
  firstMessage: string | null = null,
  {
    ringsMs = 0,
    alone = false,
    whileItRings = () => {},
  }: { ringsMs?: number; alone?: boolean; whileItRings?: (simulator: Simulator) => void } = {},
) {
  const simulator = await vendor.start();
  stops.push(simulator.stop);
  prepare(simulator);
  const clock = createHandClock();
  const caller = createScriptedLeg(clock, { sampleRate: RATE });
  const events: CallEvent[] = [];
  const model = createScriptedLanguageModel(clock);
  model.answers('The standard model says: from eight to six.');
  const briefing: Briefing = {
    instructions: 'You are the assistant of a bakery.',
    firstMessage,
    language: 'en',
    transcriberModel: null,
    model: null,
    temperature: 0.7,
    maxTokens: 200,
    voice: { model: null, id: 'v1', name: null, language: 'en', sampleRate: RATE },
    realtime: { model: null, voice: null },
    hints: [],
  };
  const adapter = vendor.create(simulator.url, clock);
  const ahead = ringsMs > 0 ? openSessionAhead(clock, adapter, realtimeSettings(briefing, [], RATE)) : null;
  await passes(ringsMs / 2);
  whileItRings(simulator);
  await passes(ringsMs / 2);
  const whileRinging = { requests: simulator.requests.length, open: simulator.open, messages: [...simulator.messages] };
  const session = createCallSession({
    leg: caller,
    clock,
    stages: {
      speechToSpeech: ahead?.model ?? adapter,
      voiceActivity: createEnergyVoiceActivity(),
      speechToText: alone ? [] : [createScriptedSpeechToText(clock)],
      languageModel: alone ? [] : [model],
      textToSpeech: alone ? [] : [createScriptedTextToSpeech(clock, { sampleRate: RATE })],
    },
    briefing,
    timings: defaultTimings,
    recording: null,
    tools: [],
    onEvent: (event) => events.push(event),
  });
  session.start();
  /** Moves the call's time frame by frame; between two frames what was sent over loopback arrives. */
  async function passes(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += FRAME_MS) {
      await clock.advance(FRAME_MS);
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const turns = () => events.flatMap((event) => (event.type === 'turn' ? [event.turn] : [])).sort((a, b) => a.index - b.index);
  return {
    simulator,
    whileRinging,
    answeredMs: ringsMs,
    ended: () => events.some(({ type }) => type === 'ended'),
    caller,
    events,
    model,
    passes,
    turns,
    texts: () => turns().map(({ speaker, text }) => `${speaker}: ${text}`),
    async says(text: string) {
      caller.says(text);
      await passes(text.length * 60);
      return clock.now();
    },
    async until(holds: () => boolean) {
      for (let ms = 0; ms < 30_000 && !holds(); ms += 200) await passes(200);
      expect(holds()).toBe(true);
    },
    /** The longest stretch without sound from then on to the last sound or the end of the call, ms. */
    silenceFrom(fromMs: number) {
      let last = fromMs;
      let longest = 0;
      for (const { startMs, endMs } of caller.spans) {
        if (endMs <= fromMs) continue;
        longest = Math.max(longest, startMs - last);
        last = endMs;
      }
      const over = events.find((event) => event.type === 'ended');
      return over ? Math.max(longest, ringsMs + over.atMs - last) : longest;
    },
    async over() {
      caller.hangsUp();
      await passes(200);
      return session.done;
    },
  };
}

describe.each(Object.entries(VENDORS))('a call that %s leads', (id, vendor) => {
  const led = (
    prepare: Parameters<typeof callLedBy<Awaited<ReturnType<typeof vendor.start>>>>[1],
    firstMessage: string | null = null,
    options: Parameters<typeof callLedBy<Awaited<ReturnType<typeof vendor.start>>>>[3] = {},
  ) => callLedBy(vendor as { start(): ReturnType<typeof vendor.start>; create: typeof vendor.create }, prepare, firstMessage, options);

  it('has its session open before it is answered, and sends no sound until then', async () => {
    const call = await led((simulator) => simulator.answers('From eight to six.'), 'Welcome to the bakery.', { ringsMs: 30_000 });
    expect(call.whileRinging).toMatchObject({ requests: 1, open: 1 });
    // What sets it up, and nothing else.
    expect(call.whileRinging.messages).toHaveLength(1);
    await call.until(() => call.turns().length === 1);
    await call.says('when are you open');
    await call.until(() => call.turns().length === 3);
    expect(call.texts()).toEqual(['assistant: Welcome to the bakery.', 'caller: when are you open', 'assistant: From eight to six.']);
    expect(call.simulator.requests).toHaveLength(1);
    await call.over();
    expect(call.simulator.open).toBe(0);
  });

  it('is lost while it rings: the call is answered over another session', async () => {
    const call = await led(() => {}, 'Welcome to the bakery.', {
      ringsMs: 6000,
      whileItRings: (simulator) => simulator.dropAll(),
    });
    expect(call.whileRinging).toMatchObject({ requests: 2, open: 1 });
    await call.until(() => call.turns().length === 1);
    expect(call.texts()).toEqual(['assistant: Welcome to the bakery.']);
    expect(call.events.filter(({ type }) => type === 'stage-failed')).toEqual([]);
    await call.over();
  });

  it.each([
    ['stalls at its opening', 'stall'],
    ['cannot be reached', 'hang'],
  ] as const)('that %s and has nobody behind it: something is heard until the call ends', async (_, mishap) => {
    const call = await led((simulator) => simulator.befalls(mishap, mishap, mishap), 'Welcome to the bakery.', { alone: true });
    await call.until(() => call.ended());
    expect(call.caller.spans.length).toBeGreaterThan(0);
    expect(call.silenceFrom(0)).toBeLessThanOrEqual(BEARABLE_MS);
    await call.over();
  });

  it.each([true, false])('that says nothing any more is bridged (nobody behind it: %s)', async (alone) => {
    const call = await led((simulator) => simulator.answers({ text: LONG, stopsAfter: 0 }), 'Welcome to the bakery.', { alone });
    await call.until(() => call.turns().length === 1);
    await call.passes(500);
    const stoppedMs = await call.says('when are you open');
    await call.until(() => (alone ? call.ended() : call.texts().some((text) => text.includes('The standard model says'))));
    expect(call.silenceFrom(stoppedMs)).toBeLessThanOrEqual(BEARABLE_MS);
    await call.over();
  });

  it('is heard and answered, and turns are told in the order in which they began, however late their words come', async () => {
    const call = await led((simulator) => {
      simulator.answers('From eight to six.');
      simulator.lateWords = true;
    }, 'Welcome to the bakery.');
    await call.until(() => call.turns().length === 1);
    await call.says('when are you open');
    await call.until(() => call.turns().length === 3);
    expect(call.texts()).toEqual(['assistant: Welcome to the bakery.', 'caller: when are you open', 'assistant: From eight to six.']);
    expect(call.events.filter(({ type }) => type === 'stage-failed')).toEqual([]);
    await call.over();
    expect(call.simulator.open).toBe(0);
  });

  it('falls silent when the caller speaks, and only what was heard is told', async () => {
    const call = await led((simulator) => simulator.answers(LONG, 'Gladly.'));
    await call.says('when are you open');
    await call.until(() => call.caller.audible);
    await call.passes(3000);
    await call.says('that is enough thank you');
    expect(call.caller.audible).toBe(false);
    await call.until(() => call.turns().length === 4);
    const [first] = call.turns().filter(({ speaker }) => speaker === 'assistant');
    expect(first).toMatchObject({ interrupted: true });
    expect(LONG.startsWith(first!.text)).toBe(true);
    expect(first!.text.length).toBeLessThan(LONG.length / 1.3);
    if (id === 'openai-realtime') {
      const heardMs = call.caller.spans[0]!.endMs - call.caller.spans[0]!.startMs;
      const [cut] = (call.simulator as OpenAiRealtimeSimulator).forgotten;
      expect(Math.abs(cut!.audioEndMs! - heardMs)).toBeLessThanOrEqual(60);
    }
    await call.over();
  });

  it.each([
    ['stalls at its opening', 'stall'],
    ['sends garbage', 'garbage'],
    ['drops the connection', 'drop'],
  ] as const)('that %s: the greeting is heard in time, and the standard stages answer', async (_, mishap) => {
    const call = await led((simulator) => simulator.befalls(mishap, mishap, mishap), 'Welcome to the bakery.');
    await call.until(() => call.turns().length === 1);
    expect(call.silenceFrom(0)).toBeLessThanOrEqual(BEARABLE_MS);
    await call.passes(6000);
    const stoppedMs = await call.says('when are you open');
    await call.until(() => call.turns().length === 3);
    expect(call.texts()).toEqual([
      'assistant: Welcome to the bakery.',
      'caller: when are you open',
      'assistant: The standard model says: from eight to six.',
    ]);
    expect(call.silenceFrom(stoppedMs)).toBeLessThanOrEqual(BEARABLE_MS);
    await call.over();
  });

  it('that stops in the middle of a reply is not waited for', async () => {
    const call = await led((simulator) => simulator.answers({ text: LONG, stopsAfter: 8 }));
    const stoppedMs = await call.says('when are you open');
    await call.until(() => call.texts().some((text) => text.includes('Could you say that again?')));
    expect(call.silenceFrom(stoppedMs)).toBeLessThanOrEqual(BEARABLE_MS);
    expect(call.events.find(({ type }) => type === 'stage-failed')).toMatchObject({
      stage: 'speech-to-speech',
      provider: id,
      kind: 'timeout',
    });
    await call.over();
  });

  it('that is lost in the middle of the caller’s turn: the whole turn is heard by the standard stages', async () => {
    const call = await led(() => {});
    await call.passes(500);
    call.caller.says('when are you open on sundays');
    await call.passes(800);
    call.simulator.dropAll();
    await call.until(() => call.turns().length === 2);
    expect(call.texts()).toEqual(['caller: when are you open on sundays', 'assistant: The standard model says: from eight to six.']);
    await call.over();
  });
});

it('Gemini, which cannot be made to forget, is interrupted: the session that answers knows only what the caller has heard', async () => {
  const call = await callLedBy(VENDORS['gemini-live'], (simulator) => simulator.answers(LONG, 'Gladly.', 'Goodbye.'));
  await call.says('when are you open');
  await call.until(() => call.caller.audible);
  await call.passes(3000);
  await call.says('that is enough thank you');
  await call.until(() => call.turns().length === 4);
  await call.says('and goodbye');
  await call.until(() => call.turns().length === 6);
  const [, heard] = call.texts();
  expect(call.texts()).toEqual([
    'caller: when are you open',
    heard,
    'caller: that is enough thank you',
    'assistant: Gladly.',
    'caller: and goodbye',
    'assistant: Goodbye.',
  ]);
  const setups = call.simulator.messages.flatMap(({ setup }) => (setup ? [JSON.stringify(setup)] : []));
  expect(setups).toHaveLength(2);
  expect(setups[1]).toContain(`Caller: when are you open\\nYou: ${heard!.replace('assistant: ', '')}"`);
  expect(call.simulator.open).toBe(1);
  expect(call.events.filter(({ type }) => type === 'stage-failed')).toEqual([]);
  await call.over();
  expect(call.simulator.open).toBe(0);
});

it('Gemini says that the connection ends: the call goes on over another one, which knows of the first', async () => {
  const call = await callLedBy(VENDORS['gemini-live'], (simulator) => simulator.answers('From eight.', 'Until six.'));
  await call.says('when are you open');
  await call.until(() => call.turns().length === 2);
  call.simulator.tells({ sessionResumptionUpdate: { newHandle: 'h-9', resumable: true } });
  call.simulator.tells({ goAway: { timeLeft: '20s' } });
  await call.until(() => call.simulator.requests.length === 2 && call.simulator.open === 1);
  const setups = call.simulator.messages.flatMap(({ setup }) => (setup ? [setup as { sessionResumption: object }] : []));
  expect(setups.map(({ sessionResumption }) => sessionResumption)).toEqual([{}, { handle: 'h-9' }]);
  await call.says('and until when');
  await call.until(() => call.turns().length === 4);
  expect(call.texts().slice(2)).toEqual(['caller: and until when', 'assistant: Until six.']);
  expect(call.events.filter(({ type }) => type === 'stage-failed')).toEqual([]);
  await call.over();
});
