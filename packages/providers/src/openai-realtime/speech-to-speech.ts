import {
  type Clock,
  encodeUlaw,
  ProviderError,
  type SpeechSession,
  type SpeechSessionOptions,
  type SpeechToSpeech,
  systemClock,
} from '@talkturo/voice';
import { bytesOf } from '../wire/sound-bytes.ts';
import { objectIn, openSpeechLine, type SpeechLine, type SpeechReader, sayExactly, textIn } from '../wire/speech-line.ts';
import { createReplies, type Replies } from './replies.ts';
import { isTelephone, itemsOf, named, OPENAI_URL, PCM_RATE, realtimeAddress, realtimeModel, sessionUpdate } from './session-settings.ts';
import { closing, readError } from './vendor-error.ts';

const PROVIDER = 'openai-realtime';
/** A session lasts an hour at the most; it is renewed before. */
const RENEW_AFTER_MS = 55 * 60_000;
const SESSION_MS = 60 * 60_000;

export interface OpenAiRealtimeOptions {
  apiKey: string;
  /** Up to and with the version: "https://api.openai.com/v1". */
  baseUrl?: string | undefined;
  clock?: Clock;
}

/** OpenAI Realtime over a WebSocket. It hears turns itself and answers them; what is not heard is cut at the vendor. */
export function createOpenAiRealtime({ apiKey, baseUrl = OPENAI_URL, clock = systemClock }: OpenAiRealtimeOptions): SpeechToSpeech {
  return {
    id: PROVIDER,
    capabilities: { languages: 'any', forgets: true },
    modelFor: (model) => realtimeModel(model),
    async open(options) {
      const wire = {
        provider: PROVIDER,
        address: realtimeAddress(baseUrl, options.model),
        headers: { authorization: `Bearer ${apiKey}` },
        closing,
      };
      const { line, reader } = await openSpeechLine(wire, options.signal, clock, (opening) => createReader(opening, options, clock));
      return sessionOf(line, reader.replies, options.sampleRate);
    },
  };
}

/** Reads one session: first its opening, then its turns and replies. */
function createReader(line: SpeechLine, options: SpeechSessionOptions, clock: Clock): SpeechReader & { replies: Replies } {
  const sampleRate = isTelephone(options.sampleRate) ? 8000 : PCM_RATE;
  const words = new Map<string, string>();
  let ready = false;
  const replies = createReplies({
    line,
    sampleRate,
    failed: (error) => line.fail(readError(error).error),
  });
  const renewal = clock.setTimer(RENEW_AFTER_MS, () => line.emit({ type: 'expiring', inMs: SESSION_MS - RENEW_AFTER_MS }));

  function heard(turn: string, text: string, final: boolean): void {
    if (final) words.delete(turn);
    else words.set(turn, text);
    line.emit({ type: 'caller-text', turn, text, final });
  }

  function refused(message: Record<string, unknown>): void {
    const { error, session } = readError(message);
    if (!ready || session) line.fail(error);
    else replies.refused(textIn(message.event_id));
    // One message of ours came too late (a reply that was over, sound already gone): the session goes on.
  }

  return {
    replies,
    closed: () => renewal.cancel(),
    message(message) {
      const turn = textIn(message.item_id);
      switch (message.type) {
        case 'session.created':
          return line.send(sessionUpdate(options));
        case 'session.updated':
          if (ready) return;
          ready = true;
          for (const said of options.history) for (const item of itemsOf(said)) line.send(item);
          return line.ready();
        case 'input_audio_buffer.speech_started':
          return line.emit({ type: 'caller-started', turn });
        case 'input_audio_buffer.speech_stopped':
          return line.emit({ type: 'caller-stopped', turn });
        case 'conversation.item.input_audio_transcription.delta':
          return heard(turn, (words.get(turn) ?? '') + textIn(message.delta), false);
        case 'conversation.item.input_audio_transcription.completed':
          return heard(turn, textIn(message.transcript), true);
        case 'conversation.item.input_audio_transcription.failed':
          return heard(turn, words.get(turn) ?? '', true);
        case 'error':
          return refused(objectIn(message.error));
        default:
          if (typeof message.type !== 'string') {
            return line.fail(new ProviderError(PROVIDER, 'protocol', `${PROVIDER} sent a message without a type.`));
          }
          // What else it tells (limits, items added) is not needed.
          replies.message(message);
      }
    },
  };
}

function sessionOf(line: SpeechLine, replies: Replies, lineRate: number): SpeechSession {
  const telephone = isTelephone(lineRate);
  /** There is something to reply to besides what was heard. */
  let told = false;
  return {
    sampleRate: telephone ? 8000 : PCM_RATE,
    write(pcm) {
      const bytes = telephone ? encodeUlaw(pcm) : bytesOf(pcm);
      line.send({ type: 'input_audio_buffer.append', audio: Buffer.from(bytes).toString('base64') });
    },
    remember(message) {
      told ||= message.role === 'user';
      for (const item of itemsOf(message)) line.send(item);
    },
    reply() {
      // Sound that its ears did not take for speech is given to the model all the same; an empty buffer is refused, which harms nothing.
      if (!told) line.send(named({ type: 'input_audio_buffer.commit' }));
      told = false;
      replies.create();
    },
    say: (text) => replies.create({ instructions: sayExactly(text), tool_choice: 'none' }),
    toolResults(results, reply) {
      for (const result of results) for (const item of itemsOf({ role: 'tool', ...result })) line.send(item);
      if (reply) replies.create();
    },
    interrupt: (reply, heardMs) => replies.interrupt(reply, heardMs),
    close: () => line.close(),
    [Symbol.asyncIterator]: () => line[Symbol.asyncIterator](),
  };
}
