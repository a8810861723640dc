import { durationMs } from '../audio/index.ts';
import {
  type Clock,
  ProviderError,
  type SpeechSession,
  type SpeechSessionEvent,
  type SpeechSessionOptions,
  type SpeechToSpeech,
  type ToolResult,
} from '../ports/index.ts';
import { createAsyncQueue } from './async-queue.ts';
import { createSoundReader, soundOf } from './speech-code.ts';

export interface ScriptedSpeechToSpeechOptions {
  id?: string;
  /** Hz it takes and gives. */
  sampleRate?: number;
  /** Silence after which it takes the caller's turn for over. */
  patienceMs?: number;
  /** From the end of a turn to the first sound. */
  thinksMs?: number;
  /** From the end of a turn to the caller's words. */
  transcribesMs?: number;
  openAfterMs?: number;
  /** Forgets what was not heard. */
  forgets?: boolean;
  behaves?: Behaviour;
}

/**
 * `refuses`: cannot be opened. `stalls`: opens and never says anything. `deaf`: hears nothing, but answers when told to.
 * `dies`: is lost when it should answer. `hushes`: its replies stop in the middle.
 */
type Behaviour = 'well' | 'refuses' | 'stalls' | 'deaf' | 'dies' | 'hushes';
type Answer = { text: string } | { call: { name: string; input: unknown }; text?: string };

/** A realtime model that reads the caller's words off the sound (see `soundOf`) and answers with such sound. */
export interface ScriptedSpeechToSpeech extends SpeechToSpeech {
  /** What it answers next, in order; the last answer is repeated. */
  answers(...answers: (string | Answer)[]): void;
  behaves: Behaviour;
  /** The session now open ends in `inMs`. */
  expires(inMs: number, resume?: string): void;
  /** The connection breaks. */
  breaks(): void;
  readonly opened: readonly SpeechSessionOptions[];
  readonly openNow: number;
  /** What it was told, in order. */
  readonly told: readonly (
    | { type: 'remember'; message: { role: string; content: string } }
    | { type: 'reply' }
    | { type: 'say'; text: string }
    | { type: 'results'; results: readonly ToolResult[]; reply: boolean }
    | { type: 'interrupt'; reply: string; heardMs: number }
  )[];
  /** All the caller's words it heard, over all its sessions. */
  readonly heard: readonly string[];
}

const CHUNK_MS = 200;
const PIECE = /\S+\s*/g;
let ids = 0;

export function createScriptedSpeechToSpeech(clock: Clock, options: ScriptedSpeechToSpeechOptions = {}): ScriptedSpeechToSpeech {
  const {
    id = 'scripted-realtime',
    sampleRate = 8000,
    patienceMs = 300,
    thinksMs = 200,
    transcribesMs = 400,
    openAfterMs = 0,
    forgets = true,
  } = options;
  const script: Answer[] = [];
  const opened: SpeechSessionOptions[] = [];
  const told: ScriptedSpeechToSpeech['told'][number][] = [];
  const heard: string[] = [];
  let openNow = 0;
  let newest: { put(event: SpeechSessionEvent): void; fail(error: unknown): void } | null = null;

  function converse(): SpeechSession {
    const events = createAsyncQueue<SpeechSessionEvent>();
    const reader = createSoundReader(sampleRate);
    let closed = false;
    let turn: string | null = null;
    let silenceMs = 0;
    /** The reply under way, and whether the vendor has been made to stop it. */
    let speaking: { reply: string; stopped: boolean } | null = null;
    const put = (event: SpeechSessionEvent) => {
      if (!closed) events.put(event);
    };
    const later = (ms: number, run: () => void) =>
      void clock.setTimer(ms, () => {
        if (!closed) run();
      });
    const stop = () => {
      if (!speaking || speaking.stopped) return;
      speaking.stopped = true;
      put({ type: 'reply-ended', reply: speaking.reply, interrupted: true });
      speaking = null;
    };

    /** Sound comes four times as fast as it is spoken. */
    function speak(text: string, end: (reply: string) => void): void {
      stop();
      const mine = { reply: `reply-${++ids}`, stopped: false };
      speaking = mine;
      put({ type: 'reply-started', reply: mine.reply });
      const words = text.match(PIECE) ?? [];
      const rest = { sound: soundOf(text, sampleRate) };
      const next = () => {
        if (mine.stopped) return;
        const word = words.shift();
        if (word !== undefined) put({ type: 'text', reply: mine.reply, text: word });
        const chunk = rest.sound.subarray(0, (CHUNK_MS * sampleRate) / 1000);
        rest.sound = rest.sound.subarray(chunk.length);
        if (chunk.length > 0) put({ type: 'sound', reply: mine.reply, pcm: chunk.slice(), sampleRate });
        if (self.behaves === 'hushes') return;
        if (rest.sound.length > 0 || words.length > 0) {
          later(CHUNK_MS / 4, next);
          return;
        }
        end(mine.reply);
        put({ type: 'usage', inputTokens: 10, outputTokens: text.length });
        put({ type: 'reply-ended', reply: mine.reply, interrupted: false });
        mine.stopped = true;
        speaking = null;
      };
      later(thinksMs, next);
    }

    function answer(): void {
      if (self.behaves === 'stalls' || (self.behaves === 'deaf' && turn !== null)) return;
      if (self.behaves === 'dies') {
        events.fail(new ProviderError(id, 'unavailable', 'The connection broke.'));
        return;
      }
      const next = (script.length > 1 ? script.shift() : script[0]) ?? { text: 'I see.' };
      speak('call' in next ? (next.text ?? '') : next.text, (reply) => {
        if ('call' in next) put({ type: 'tool-call', reply, call: { id: `call-${++ids}`, ...next.call } });
      });
    }

    function turnOver(): void {
      const mine = turn!;
      const text = reader.text.replaceAll('\0', '').trim();
      reader.reset();
      heard.push(text);
      if (self.behaves === 'well' || self.behaves === 'hushes') {
        put({ type: 'caller-stopped', turn: mine });
        later(transcribesMs, () => put({ type: 'caller-text', turn: mine, text, final: true }));
      }
      answer();
      turn = null;
    }

    const close = () => {
      if (closed) return;
      closed = true;
      openNow--;
      events.end();
    };
    newest = { put, fail: events.fail };
    return {
      sampleRate,
      write(pcm) {
        if (closed) return;
        const loud = pcm[pcm.length >> 1] !== 0;
        if (loud) reader.read(pcm);
        silenceMs = loud ? 0 : silenceMs + durationMs(pcm.length, sampleRate);
        if (loud && turn === null) {
          turn = `turn-${++ids}`;
          if (self.behaves === 'well' || self.behaves === 'hushes') {
            put({ type: 'caller-started', turn });
            stop();
          }
        }
        if (turn !== null && silenceMs >= patienceMs) turnOver();
      },
      remember: (message) => void told.push({ type: 'remember', message }),
      reply() {
        told.push({ type: 'reply' });
        answer();
      },
      say(text) {
        told.push({ type: 'say', text });
        if (self.behaves !== 'stalls') speak(text, () => {});
      },
      toolResults(results, reply) {
        told.push({ type: 'results', results, reply });
        if (reply) answer();
      },
      interrupt(reply, heardMs) {
        told.push({ type: 'interrupt', reply, heardMs });
        if (speaking?.reply === reply) stop();
      },
      close,
      [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
    };
  }

  const self: ScriptedSpeechToSpeech = {
    id,
    capabilities: { languages: 'any', forgets },
    behaves: options.behaves ?? 'well',
    async open(wanted) {
      if (self.behaves === 'refuses') throw new ProviderError(id, 'unavailable', 'The realtime model cannot be reached.');
      if (openAfterMs > 0) await new Promise<void>((resolve) => clock.setTimer(openAfterMs, resolve));
      opened.push(wanted);
      openNow++;
      const session = converse();
      wanted.signal.addEventListener('abort', () => session.close(), { once: true });
      return session;
    },
    answers: (...answers) => void script.push(...answers.map((each) => (typeof each === 'string' ? { text: each } : each))),
    expires: (inMs, resume) => newest?.put({ type: 'expiring', inMs, ...(resume === undefined ? {} : { resume }) }),
    breaks: () => newest?.fail(new ProviderError(id, 'unavailable', 'The connection broke.')),
    opened,
    get openNow() {
      return openNow;
    },
    told,
    heard,
  };
  return self;
}
