// From an answered outbound call to the greeting's first sound, over the voice vendor's own first byte. The vendor is its
// simulator on loopback, whose connection takes as long as one over the internet, and whose first byte comes after a fixed time.
//   npm run bench -- --suite warm-start [--calls 20] [--tts cartesia,elevenlabs,elevenlabs-http]
import { simulatedVoices } from '@talkturo/providers/testing';
import {
  createCallSession,
  createEnergyVoiceActivity,
  defaultTimings,
  type Leg,
  type LegListener,
  type SpeechToText,
  systemClock,
  type TextToSpeech,
} from '@talkturo/voice';
import { createScriptedLanguageModel, createScriptedSpeechToText } from '@talkturo/voice/testing';

const RATE = 8000;
const FRAME = 160;
/** TLS over the internet: three round trips of 50 ms. */
export const OPEN_MS = 150;
export const FIRST_BYTE_MS = 120;
const RING_MS = 700;
const GREETING = 'Hi, this is Alex from Talkturo. Do you have a quick minute?';

/** What came on top of the vendor's first byte, ms. */
export interface OverFirstByte {
  firstByteMs: number;
  openMs: number;
  overP50: number;
  overP95: number;
  overMax: number;
  /** Of all calls, from the answer to the first sound. */
  p50: number;
}

export interface WarmStartFigures extends OverFirstByte {
  voice: string;
  /** `cold`: the phone did not ring, all connections are opened when the call is answered. */
  start: 'warm' | 'cold';
  calls: number;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN);
};

/** `took`: from the answer to the first sound of each call, ms. */
export function overFirstByte(took: readonly number[]): OverFirstByte {
  const over = took.map((ms) => ms - FIRST_BYTE_MS);
  return {
    firstByteMs: FIRST_BYTE_MS,
    openMs: OPEN_MS,
    overP50: percentile(over, 50),
    overP95: percentile(over, 95),
    overMax: percentile(over, 100),
    p50: percentile(took, 50),
  };
}

/** One call; answers how long after the answer its first sound was sent, ms. */
async function call(textToSpeech: TextToSpeech, speechToText: SpeechToText, model: string | null, ringMs: number): Promise<number> {
  let listener: LegListener | null = null;
  let heard: (at: number) => void = () => {};
  const firstSound = new Promise<number>((resolve) => {
    heard = resolve;
  });
  const leg: Leg = {
    sampleRate: RATE,
    start(next) {
      listener = next;
    },
    send: () => heard(performance.now()),
    clear() {},
    hangup: () => listener?.closed('local'),
  };
  const session = createCallSession({
    leg,
    clock: systemClock,
    stages: {
      voiceActivity: createEnergyVoiceActivity(),
      speechToText: [speechToText],
      languageModel: [createScriptedLanguageModel(systemClock)],
      textToSpeech: [textToSpeech],
    },
    briefing: {
      instructions: 'You call about a meeting.',
      firstMessage: GREETING,
      language: 'en',
      transcriberModel: null,
      model: null,
      temperature: 0,
      maxTokens: 200,
      voice: { model, id: 'v1', name: null, language: 'en', sampleRate: RATE },
      hints: [],
    },
    timings: defaultTimings,
    recording: null,
    tools: [],
    onEvent: () => undefined,
  });
  // The session is built when the call is placed: what can be opened ahead is opened while the phone rings.
  await wait(ringMs);
  const answeredAt = performance.now();
  session.start();
  const silence = new Int16Array(FRAME);
  const line = setInterval(() => listener?.frame(silence), 20);
  const at = await firstSound;
  clearInterval(line);
  session.end('api_hangup');
  await session.done;
  return at - answeredAt;
}

/** Measures `calls` calls one after the other with one vendor's voice. */
export async function runWarmStart(voice: string, calls: number, start: 'warm' | 'cold'): Promise<WarmStartFigures> {
  const stage = await simulatedVoices[voice]!();
  stage.simulator.takes({ openMs: OPEN_MS, answerMs: FIRST_BYTE_MS });
  const took: number[] = [];
  for (let i = 0; i < calls; i++) {
    took.push(await call(stage.create(), createScriptedSpeechToText(systemClock), stage.model, start === 'warm' ? RING_MS : 0));
  }
  await stage.stop();
  return { voice, start, calls, ...overFirstByte(took) };
}
