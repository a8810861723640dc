import {
  type Clock,
  ProviderError,
  type ProviderErrorKind,
  type SpeechSession,
  type SpeechSessionOptions,
  type SpeechToSpeech,
  systemClock,
} from '@talkturo/voice';
import { bytesOf } from '../wire/sound-bytes.ts';
import {
  numberIn,
  objectIn,
  objectsIn,
  openSpeechLine,
  type SpeechLine,
  type SpeechReader,
  sayExactly,
  textIn,
} from '../wire/speech-line.ts';
import { createLiveTurns, type LiveTurns } from './live-turns.ts';
import { GOOGLE_URL, INPUT_RATE, liveAddress, liveModel, setupOf, takesTurns } from './setup.ts';

const PROVIDER = 'gemini-live';

export interface GeminiLiveOptions {
  apiKey: string;
  /** That of Google's other models: "https://generativelanguage.googleapis.com/v1beta". */
  baseUrl?: string | undefined;
  clock?: Clock;
}

/** A refusal is told by closing: what is wrong stands in the reason. */
function closing(code: number, reason: string): ProviderError {
  const kind: ProviderErrorKind = /API[ _]key/i.test(reason)
    ? 'auth'
    : /quota|billing/i.test(reason)
      ? 'quota'
      : code === 1007 || code === 1008
        ? 'refused'
        : 'unavailable';
  return new ProviderError(PROVIDER, kind, `${PROVIDER} closed the connection (${code}${reason ? ` ${reason}` : ''}).`);
}

/**
 * Gemini Live over a WebSocket. It hears turns itself and answers them; when the caller interrupts it forgets by itself what it had not
 * made yet, and cannot be told how much of the rest was heard.
 */
export function createGeminiLive({ apiKey, baseUrl = GOOGLE_URL, clock = systemClock }: GeminiLiveOptions): SpeechToSpeech {
  return {
    id: PROVIDER,
    capabilities: { languages: 'any', forgets: false },
    modelFor: liveModel,
    async open(options) {
      const wire = { provider: PROVIDER, address: liveAddress(baseUrl, apiKey), headers: {}, closing };
      const { line, reader } = await openSpeechLine(wire, options.signal, clock, (opening) => createReader(opening, options, clock));
      return sessionOf(line, reader, takesTurns(liveModel(options.model)));
    },
  };
}

const NOT_DONE = 'Not done: the caller spoke meanwhile.';

/** Answers calls that are still waiting; answers whether there were any. */
function answer(line: SpeechLine, calls: Map<string, string>, results: readonly { callId: string; content: string }[]): boolean {
  const functionResponses = results.flatMap(({ callId, content }) => {
    const name = calls.get(callId);
    calls.delete(callId);
    return name === undefined ? [] : [{ id: callId, name, response: { result: content } }];
  });
  if (functionResponses.length > 0) line.send({ toolResponse: { functionResponses } });
  return functionResponses.length > 0;
}

interface Reader extends SpeechReader {
  turns: LiveTurns;
  /** Calls that are to be answered, with their tools' names; those it has called back are gone. */
  calls: Map<string, string>;
}

function createReader(line: SpeechLine, options: SpeechSessionOptions, clock: Clock): Reader {
  const turns = createLiveTurns(line, clock);
  const calls = new Map<string, string>();
  let handle: string | undefined;
  line.send(setupOf(options));

  function toolCall(toolCall: Record<string, unknown>): void {
    const wanted = objectsIn(toolCall.functionCalls);
    for (const { id, name } of wanted) calls.set(textIn(id), textIn(name));
    // The caller has interrupted the reply that calls them; it would wait for ever.
    if (!turns.toolCall(wanted))
      answer(
        line,
        calls,
        wanted.map(({ id }) => ({ callId: textIn(id), content: NOT_DONE })),
      );
  }

  return {
    turns,
    calls,
    closed: () => turns.close(),
    message(message) {
      if (message.setupComplete !== undefined) line.ready();
      if (message.serverContent !== undefined) turns.content(objectIn(message.serverContent));
      if (message.toolCall !== undefined) toolCall(objectIn(message.toolCall));
      for (const id of Array.isArray(objectIn(message.toolCallCancellation).ids)
        ? (objectIn(message.toolCallCancellation).ids as unknown[])
        : []) {
        calls.delete(`${id}`);
      }
      const update = objectIn(message.sessionResumptionUpdate);
      if (update.resumable === true && textIn(update.newHandle) !== '') handle = textIn(update.newHandle);
      if (message.usageMetadata !== undefined) {
        const usage = objectIn(message.usageMetadata);
        // Thoughts are charged like words, what tools said like what was asked.
        const outputTokens = numberIn(usage.responseTokenCount ?? usage.candidatesTokenCount) + numberIn(usage.thoughtsTokenCount);
        const inputTokens = numberIn(usage.promptTokenCount) + numberIn(usage.toolUsePromptTokenCount);
        line.emit({ type: 'usage', inputTokens, outputTokens });
      }
      if (message.goAway !== undefined) {
        const seconds = Number.parseFloat(textIn(objectIn(message.goAway).timeLeft)) || 0;
        line.emit({ type: 'expiring', inMs: seconds * 1000, ...(handle === undefined ? {} : { resume: handle }) });
      }
    },
  };
}

/** Stands for words where the model is to answer what it has heard. */
const ANSWER_NOW = '(Answer the caller now.)';

function sessionOf(line: SpeechLine, { turns, calls }: Reader, byTurns: boolean): SpeechSession {
  /** What was said without a voice, sent with the request to answer it. */
  let told: string[] = [];

  function request(more: readonly string[]): void {
    const texts = [...told, ...more];
    told = [];
    turns.asked();
    if (byTurns) line.send({ clientContent: { turns: texts.map((text) => ({ role: 'user', parts: [{ text }] })), turnComplete: true } });
    else line.send({ realtimeInput: { text: texts.join('\n') || ANSWER_NOW } });
  }

  return {
    sampleRate: INPUT_RATE,
    write(pcm) {
      const data = Buffer.from(bytesOf(pcm)).toString('base64');
      line.send({ realtimeInput: { audio: { data, mimeType: `audio/pcm;rate=${INPUT_RATE}` } } });
    },
    remember({ role, content }) {
      // Words cannot be put into its mouth: not at all in newer models, and beside its own sound in none.
      told.push(role === 'user' ? content : `(You have said: ${content})`);
    },
    reply() {
      // Sound that its ears did not take for a turn's end is given to the model all the same.
      if (told.length === 0) line.send({ realtimeInput: { audioStreamEnd: true } });
      request([]);
    },
    say: (text) => request([sayExactly(text)]),
    toolResults(results, reply) {
      if (!answer(line, calls, results)) return;
      if (reply) turns.asked();
      else turns.swallow();
    },
    interrupt: (reply) => turns.interrupt(reply),
    close: () => line.close(),
    [Symbol.asyncIterator]: () => line[Symbol.asyncIterator](),
  };
}
