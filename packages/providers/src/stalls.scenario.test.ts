import {
  type CallEvent,
  createCallSession,
  createEnergyVoiceActivity,
  createPhraseStore,
  defaultTimings,
  type LanguageModel,
  type PhraseStore,
  type SpeechToText,
  type Stages,
  type TextToSpeech,
} from '@talkturo/voice';
import {
  createHandClock,
  createScriptedLanguageModel,
  createScriptedLeg,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type HandClock,
} from '@talkturo/voice/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createVendorModel } from './ai-sdk/language-model.ts';
import { VENDORS } from './ai-sdk/vendors.ts';
import { createAssemblyAi } from './assemblyai/speech-to-text.ts';
import { createCartesia } from './cartesia/text-to-speech.ts';
import { createDeepgram } from './deepgram/speech-to-text.ts';
import { createElevenLabs } from './elevenlabs/text-to-speech.ts';
import { anthropicAnswer, anthropicBeginning } from './testing/anthropic-scripts.ts';
import { ASSEMBLYAI_KEY, startAssemblyAiSimulator } from './testing/assemblyai-simulator.ts';
import { CARTESIA_KEY, startCartesiaSimulator } from './testing/cartesia-simulator.ts';
import { answer, type ChatScript, type ChatSimulator, chunk, startChatSimulator } from './testing/chat-completions-simulator.ts';
import { DEEPGRAM_KEY, startDeepgramSimulator } from './testing/deepgram-simulator.ts';
import { ELEVENLABS_KEY, startElevenLabsSimulator } from './testing/elevenlabs-simulator.ts';
import { geminiAnswer, geminiBeginning } from './testing/gemini-scripts.ts';
import { toneFor } from './testing/simulated-voice.ts';
import type { Mishap, SocketSimulator } from './testing/socket-server.ts';

/** What a caller bears: whichever stage stalls, a filler or a fallback is heard by then. */
const BEARABLE_MS = 2500;
const RATE = 16_000;
const FRAME_MS = 20;
/** What is usual of vendors that do well. */
const FIRST_TOKEN_MS = 500;
const FIRST_AUDIO_MS = 300;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
beforeAll(async () => {
  await import('ai');
  for (const vendor of Object.values(VENDORS)) await vendor.load({ apiKey: 'k', baseURL: 'http://localhost' });
});

/** Moves the call's time frame by frame; between two frames what was sent over loopback arrives. */
async function frames(clock: HandClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += FRAME_MS) {
    await clock.advance(FRAME_MS);
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Stalled {
  /** Longest stretch of frames without sound from the caller's last word (or the answer to the phone) to the last sound or the call's end, ms. */
  silentMs: number;
  heard: string;
  /** What the assistant said, as the transcript has it. */
  said: string;
  /** Why the call ended by itself, where it did. */
  ended: string | null;
  events: CallEvent[];
}

interface CallOptions {
  /** The call is answered and greeted, and the caller says nothing. */
  greets?: boolean;
  /** Nobody stands behind the vendor. */
  alone?: boolean;
  /** The call goes on until it ends by itself; else to the end of the assistant's first turn. */
  toItsEnd?: boolean;
  transcriberModel?: string | null;
  voiceModel?: string | null;
  phrases?: PhraseStore;
}

/** A call whose caller asks one question (or only listens to the greeting), with one stage of a vendor before a healthy one. */
async function callWith(
  clock: HandClock,
  stage: { speechToText?: SpeechToText; languageModel?: LanguageModel; textToSpeech?: TextToSpeech },
  { greets = false, alone = false, toItsEnd = false, transcriberModel = null, voiceModel = null, phrases }: CallOptions = {},
): Promise<Stalled> {
  const caller = createScriptedLeg(clock, { sampleRate: RATE });
  const events: CallEvent[] = [];
  const model = createScriptedLanguageModel(clock, { firstTokenMs: FIRST_TOKEN_MS });
  model.answers('We are open from eight to six. Every day of the week, and gladly.');
  const voice = createScriptedTextToSpeech(clock, { firstAudioMs: FIRST_AUDIO_MS, sampleRate: RATE });
  const before = <Port>(vendor: Port | undefined, healthy: Port): Port[] => (vendor ? (alone ? [vendor] : [vendor, healthy]) : [healthy]);
  const stages: Stages = {
    voiceActivity: createEnergyVoiceActivity(),
    speechToText: before<SpeechToText>(stage.speechToText, createScriptedSpeechToText(clock)),
    languageModel: before<LanguageModel>(stage.languageModel, model),
    textToSpeech: before<TextToSpeech>(stage.textToSpeech, voice),
  };
  const session = createCallSession({
    leg: caller,
    clock,
    stages,
    briefing: {
      instructions: 'You are the assistant of a bakery.',
      firstMessage: greets ? 'Welcome to the bakery, what can I do for you?' : null,
      language: 'en',
      transcriberModel,
      model: null,
      temperature: 0.7,
      maxTokens: 200,
      voice: { model: voiceModel, id: 'v1', name: null, language: 'en', sampleRate: RATE },
      hints: [],
    },
    timings: defaultTimings,
    recording: null,
    tools: [],
    phrases,
    onEvent: (event) => events.push(event),
  });
  const answeredMs = clock.now();
  session.start();
  const question = 'are you open on sundays';
  let fromMs = answeredMs;
  if (!greets) {
    await frames(clock, 1000);
    caller.says(question);
    await frames(clock, question.length * 60);
    fromMs = clock.now();
  }
  const said = () => events.flatMap((event) => (event.type === 'turn' && event.turn.speaker === 'assistant' ? [event.turn.text] : []));
  const ended = () => events.flatMap((event) => (event.type === 'ended' ? [event.reason] : []))[0] ?? null;
  const over = () => ended() !== null || (!toItsEnd && said().length > 0);
  for (let ms = 0; ms < 60_000 && !over(); ms += 200) await frames(clock, 200);
  expect(over()).toBe(true);
  const byItself = ended();
  caller.hangsUp();
  await frames(clock, 200);
  const { durationMs } = await session.done;
  let last = fromMs;
  let silentMs = 0;
  for (const { startMs, endMs } of caller.spans) {
    if (endMs <= fromMs) continue;
    silentMs = Math.max(silentMs, startMs - last);
    last = endMs;
  }
  if (byItself) silentMs = Math.max(silentMs, answeredMs + durationMs - last);
  return { silentMs, heard: caller.heard, said: said().join(' '), ended: byItself, events };
}

const keep = <Simulator extends { stop(): Promise<void> }>(simulator: Simulator): Simulator => {
  stops.push(simulator.stop);
  return simulator;
};
const base64Of = (pieces: Iterable<Buffer>) => [...pieces].map((piece) => piece.toString('base64'));

describe('a voice', () => {
  interface Vendor {
    start(): Promise<SocketSimulator>;
    create(url: string, clock: HandClock): TextToSpeech;
    voiceModel: string | null;
    midway: Mishap;
  }
  const oneWord = base64Of(toneFor('We are', RATE, 's16le'));
  const vendors: Record<string, Vendor> = {
    Cartesia: {
      start: startCartesiaSimulator,
      create: (baseUrl, clock) => createCartesia({ apiKey: CARTESIA_KEY, baseUrl, clock }),
      voiceModel: 'sonic-3',
      midway: { says: ({ context_id }) => oneWord.map((data) => ({ type: 'chunk', context_id, data })) },
    },
    'ElevenLabs over WebSockets': {
      start: startElevenLabsSimulator,
      create: (baseUrl, clock) => createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl, clock }),
      voiceModel: 'eleven_flash_v2_5',
      midway: { says: oneWord.map((audio) => ({ audio })) },
    },
    'ElevenLabs over HTTP': {
      start: startElevenLabsSimulator,
      create: (baseUrl, clock) => createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl, clock }),
      voiceModel: 'eleven_v3',
      midway: 'fade',
    },
  };
  describe.each(Object.entries(vendors))('of %s', (_, { start, create, voiceModel, midway }) => {
    it.each<[string, Mishap, boolean]>([
      ['cannot be reached', 'hang', false],
      ['says nothing', 'stall', false],
      ['stops in the middle', midway, false],
      ['cannot be reached for the greeting', 'hang', true],
      ['says nothing for the greeting', 'stall', true],
    ])('that %s', async (_when, mishap, greets) => {
      const simulator = keep(await start());
      // Nothing gets better by trying again: what is opened ahead and what is opened then.
      simulator.befalls(...Array<Mishap>(8).fill(mishap));
      const clock = createHandClock();
      const { silentMs, heard, events } = await callWith(clock, { textToSpeech: create(simulator.url, clock) }, { greets, voiceModel });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(heard).toContain(greets ? 'what can I do for you?' : 'Every day of the week, and gladly.');
      expect(events).toContainEqual(expect.objectContaining({ type: 'fallback', stage: 'text-to-speech' }));
    });

    // What is opened ahead, and what is opened for the three tries.
    const forGood = (mishap: Mishap) => Array<Mishap>(20).fill(mishap);

    it.each<[string, Mishap, boolean]>([
      ['cannot be reached', 'hang', false],
      ['says nothing', 'stall', false],
      ['stops in the middle', midway, false],
      ['cannot be reached for the greeting', 'hang', true],
      ['says nothing for the greeting', 'stall', true],
    ])('that %s and is alone: a tone is heard, and the call ends', async (_when, mishap, greets) => {
      const simulator = keep(await start());
      simulator.befalls(...forGood(mishap));
      const clock = createHandClock();
      const textToSpeech = create(simulator.url, clock);
      const { silentMs, ended } = await callWith(clock, { textToSpeech }, { greets, voiceModel, alone: true, toItsEnd: true });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(ended).toBe('provider_failed');
    });

    it.each<[string, Mishap, boolean]>([
      ['cannot be reached', 'hang', false],
      ['says nothing', 'stall', false],
      ['stops in the middle', midway, false],
      ['cannot be reached for the greeting', 'hang', true],
      ['says nothing for the greeting', 'stall', true],
    ])('that %s, is alone and was well in an earlier call: fillers and a goodbye are heard', async (_when, mishap, greets) => {
      const simulator = keep(await start());
      const clock = createHandClock();
      const phrases = createPhraseStore(clock);
      const options = { voiceModel, alone: true, phrases };
      const earlier = await callWith(clock, { textToSpeech: create(simulator.url, clock) }, { ...options, greets: true, toItsEnd: true });
      expect(earlier.ended).toBe('silence');
      simulator.befalls(...forGood(mishap));
      const textToSpeech = create(simulator.url, clock);
      const { silentMs, said, ended } = await callWith(clock, { textToSpeech }, { ...options, greets, toItsEnd: true });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      // One that begins anew at every try is never silent for so long.
      if (mishap !== midway) expect(said).toContain('One moment, please.');
      expect(said).toContain('I cannot help you right now. Please call again later. Goodbye.');
      expect(ended).toBe('provider_failed');
    });
  });
});

describe('a language model', () => {
  const chat = {
    answer,
    beginning: (text: string, ending: 'stall'): ChatScript => ({ writes: [chunk({ role: 'assistant', content: text })], ending }),
  };
  const wires: Record<
    keyof typeof VENDORS,
    { answer: (...words: string[]) => ChatScript; beginning: (text: string, ending: 'stall') => ChatScript }
  > = {
    openai: chat,
    deepseek: chat,
    qwen: chat,
    anthropic: { answer: anthropicAnswer, beginning: anthropicBeginning },
    google: { answer: geminiAnswer, beginning: geminiBeginning },
  };
  const stalls: [string, (vendor: keyof typeof VENDORS) => ChatScript][] = [
    ['cannot be reached', () => ({ ending: 'hang' })],
    ['says nothing', () => ({ ending: 'stall' })],
    ['stops in the middle', (vendor) => wires[vendor].beginning('We are open every day.', 'stall')],
    ['stops in the middle of a sentence', (vendor) => wires[vendor].beginning('We are', 'stall')],
  ];

  describe.each(Object.keys(VENDORS) as (keyof typeof VENDORS)[])('of %s', (vendor) => {
    const stalled = async (script: ChatScript): Promise<[ChatSimulator, LanguageModel]> => {
      const simulator = keep(await startChatSimulator(() => script));
      return [simulator, createVendorModel({ vendor: VENDORS[vendor], apiKey: 'secret', baseUrl: simulator.url })];
    };
    it.each(stalls)('that %s', async (_when, script) => {
      const [simulator, languageModel] = await stalled(script(vendor));
      const { silentMs, heard, events } = await callWith(createHandClock(), { languageModel });
      expect(simulator.requests.length).toBeGreaterThan(0);
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(heard).toContain('One moment, please.');
      expect(heard).toContain('Every day of the week, and gladly.');
      expect(events).toContainEqual(expect.objectContaining({ type: 'fallback', stage: 'language-model', to: 'scripted-model' }));
    });

    it('that cannot be reached and is alone: the caller is told', async () => {
      const [, languageModel] = await stalled({ ending: 'hang' });
      const { silentMs, heard } = await callWith(createHandClock(), { languageModel }, { alone: true });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(heard).toContain('One moment, please.');
    });
  });
});

describe('a transcriber', () => {
  interface Vendor {
    start(): Promise<SocketSimulator>;
    create(url: string, clock: HandClock): SpeechToText;
    model: string;
    midway: Mishap;
  }
  const deepgram = (baseUrl: string, clock: HandClock) => createDeepgram({ apiKey: DEEPGRAM_KEY, baseUrl, clock });
  const word = { text: 'are', start: 0, end: 200, confidence: 0.9, word_is_final: true };
  const vendors: Vendor[] = [
    {
      model: 'nova-3',
      start: startDeepgramSimulator,
      create: deepgram,
      midway: {
        says: [{ type: 'Results', start: 0, duration: 0.5, is_final: false, channel: { alternatives: [{ transcript: 'are you' }] } }],
      },
    },
    {
      model: 'flux-general-en',
      start: startDeepgramSimulator,
      create: deepgram,
      midway: { says: [{ type: 'TurnInfo', event: 'Update', audio_window_start: 0, audio_window_end: 0.5, transcript: 'are you' }] },
    },
    {
      model: 'universal-streaming-english',
      start: startAssemblyAiSimulator,
      create: (baseUrl, clock) => createAssemblyAi({ apiKey: ASSEMBLYAI_KEY, baseUrl, clock }),
      midway: {
        says: [
          { type: 'Begin' },
          { type: 'Turn', turn_order: 0, end_of_turn: false, transcript: 'are you', words: [word, { ...word, text: 'you' }] },
        ],
      },
    },
  ];
  describe.each(vendors)('of the model $model', ({ model, start, create, midway }) => {
    it.each<[string, Mishap]>([
      ['cannot be reached', 'hang'],
      ['says nothing', 'stall'],
      ['stops in the middle', midway],
    ])('that %s', async (_when, mishap) => {
      const simulator = keep(await start());
      simulator.befalls(...Array<Mishap>(8).fill(mishap));
      const clock = createHandClock();
      const { silentMs, heard } = await callWith(clock, { speechToText: create(simulator.url, clock) }, { transcriberModel: model });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(heard).toContain('Every day of the week, and gladly.');
    });

    it.each<[string, Mishap]>([
      ['cannot be reached', 'hang'],
      ['says nothing', 'stall'],
      ['stops in the middle', midway],
    ])('that %s and is alone: the caller is asked again, or answered by what was understood', async (_when, mishap) => {
      const simulator = keep(await start());
      simulator.befalls(...Array<Mishap>(8).fill(mishap));
      const clock = createHandClock();
      const speechToText = create(simulator.url, clock);
      const { silentMs, heard } = await callWith(clock, { speechToText }, { transcriberModel: model, alone: true });
      expect(silentMs).toBeLessThanOrEqual(BEARABLE_MS);
      expect(heard).toMatch(/I did not catch that|We are open from eight to six|I cannot help you right now/);
    });
  });
});
