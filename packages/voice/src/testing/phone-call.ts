import { createEnergyVoiceActivity } from '../listening/index.ts';
import type { RecordingSink } from '../ports/index.ts';
import {
  type Briefing,
  type CallEvent,
  type CallSession,
  type CallSessionOptions,
  type CallTimings,
  createCallSession,
  defaultTimings,
  type Stages,
  type TranscriptTurn,
} from '../session/index.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { createScriptedLanguageModel, type ScriptedLanguageModel } from './scripted-language-model.ts';
import { createScriptedLeg, type ScriptedLeg } from './scripted-leg.ts';
import { createScriptedSpeechToText, type ScriptedSpeechToText } from './scripted-speech-to-text.ts';
import { createScriptedTextToSpeech, type ScriptedTextToSpeech } from './scripted-text-to-speech.ts';

/** A recording kept in memory. */
export interface MemoryRecording extends RecordingSink {
  /** Left and right, as one array each. */
  readonly caller: Int16Array;
  readonly assistant: Int16Array;
  readonly closed: boolean;
}

export function createMemoryRecording(): MemoryRecording {
  const parts: Int16Array[] = [];
  let closed = false;
  const channel = (offset: 0 | 1): Int16Array => {
    const pcm = new Int16Array(parts.reduce((sum, part) => sum + part.length / 2, 0));
    let at = 0;
    for (const part of parts) for (let i = offset; i < part.length; i += 2) pcm[at++] = part[i]!;
    return pcm;
  };
  return {
    write: (interleaved) => void parts.push(interleaved.slice()),
    async close() {
      closed = true;
    },
    get caller() {
      return channel(0);
    },
    get assistant() {
      return channel(1);
    },
    get closed() {
      return closed;
    },
  };
}

export interface PhoneCallOptions {
  clock?: HandClock;
  leg?: ScriptedLeg;
  stages?: Partial<Stages>;
  briefing?: Partial<Briefing>;
  timings?: Partial<CallTimings>;
  recording?: RecordingSink | null;
  tools?: CallSessionOptions['tools'];
  answering?: CallSessionOptions['answering'];
  turnPolicies?: CallSessionOptions['turnPolicies'];
  phrases?: CallSessionOptions['phrases'];
  /** How transfers are asked for. */
  transfer?: CallSessionOptions['transfer'];
  /** Does not start the call. */
  ringing?: boolean;
}

/** A whole call on a hand-moved clock with scripted stages, told like a phone call. */
export interface PhoneCall {
  clock: HandClock;
  caller: ScriptedLeg;
  model: ScriptedLanguageModel;
  voice: ScriptedTextToSpeech;
  ears: ScriptedSpeechToText;
  session: CallSession;
  /** Time goes by. */
  passes(ms: number): Promise<void>;
  /** The caller says something, and it is spoken to its end. */
  says(text: string): Promise<void>;
  /** Time goes by until it holds; throws after `ms`. */
  until(holds: () => boolean, ms?: number): Promise<void>;
  readonly events: readonly CallEvent[];
  of<T extends CallEvent['type']>(type: T): Extract<CallEvent, { type: T }>[];
  readonly turns: readonly TranscriptTurn[];
  /** Set when the call is over. */
  readonly ended: { reason: string; durationMs: number } | null;
}

const STEP_MS = 20;

export function createPhoneCall(options: PhoneCallOptions = {}): PhoneCall {
  const clock = options.clock ?? createHandClock();
  const caller = options.leg ?? createScriptedLeg(clock);
  const model = createScriptedLanguageModel(clock);
  const voice = createScriptedTextToSpeech(clock);
  const ears = createScriptedSpeechToText(clock);
  const events: CallEvent[] = [];
  let ended: { reason: string; durationMs: number } | null = null;
  const session = createCallSession({
    leg: caller,
    clock,
    stages: {
      voiceActivity: createEnergyVoiceActivity(),
      speechToText: [ears],
      languageModel: [model],
      textToSpeech: [voice],
      ...options.stages,
    },
    briefing: {
      instructions: 'You are the assistant of a bakery.',
      firstMessage: null,
      language: 'en',
      transcriberModel: null,
      model: null,
      temperature: 0.7,
      maxTokens: 200,
      voice: { model: null, id: null, name: null, language: 'en', sampleRate: 8000 },
      hints: [],
      ...options.briefing,
    },
    timings: { ...defaultTimings, ...options.timings },
    recording: options.recording ?? null,
    tools: options.tools ?? [],
    ...(options.transfer ? { transfer: options.transfer } : {}),
    ...(options.answering ? { answering: options.answering } : {}),
    ...(options.turnPolicies ? { turnPolicies: options.turnPolicies } : {}),
    phrases: options.phrases,
    onEvent: (event) => events.push(event),
  });
  void session.done.then((outcome) => {
    ended = outcome;
  });
  if (!options.ringing) session.start();

  const call: PhoneCall = {
    clock,
    caller,
    model,
    voice,
    ears,
    session,
    passes: (ms) => clock.advance(ms),
    async says(text) {
      caller.says(text);
      await clock.advance(text.length * 60);
    },
    async until(holds, ms = 60_000) {
      const start = clock.now();
      while (!holds()) {
        if (clock.now() - start > ms) throw new Error(`It did not happen within ${ms} ms. Events: ${JSON.stringify(events.slice(-8))}`);
        await clock.advance(STEP_MS);
      }
    },
    events,
    of: (type) => events.filter((event): event is Extract<CallEvent, { type: typeof type }> => event.type === type) as never,
    get turns() {
      return events.flatMap((event) => (event.type === 'turn' ? [event.turn] : []));
    },
    get ended() {
      return ended;
    },
  };
  return call;
}
