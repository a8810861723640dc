import {
  type Clock,
  createWatch,
  durationMs,
  ProviderError,
  type SpeechChunk,
  systemClock,
  type TextToSpeech,
  type Voice,
} from '@talkturo/voice';
import { z } from 'zod';
import { createEventQueue } from '../wire/event-queue.ts';
import { retryBeforeFirst } from '../wire/retry.ts';
import { readObject } from '../wire/socket.ts';
import { replayable, sentencesOf } from '../wire/spoken-text.ts';
import { speakOverHttp } from './http-stream.ts';
import { type Connection, createConnections } from './spare-connection.ts';
import { streamError } from './stream-error.ts';
import { ELEVENLABS_URL, elevenLabsFormat, elevenLabsModel, overHttpOnly, readsNumbers, streamInputAddress } from './stream-request.ts';
import { createWordTimes } from './word-times.ts';

export interface ElevenLabsOptions {
  apiKey: string;
  /** Another region: "https://api.eu.residency.elevenlabs.io". */
  baseUrl?: string | undefined;
  /** `http`: no WebSockets, as behind some proxies. Models that know none are asked over HTTP in any case. */
  transport?: 'websocket' | 'http' | undefined;
  clock?: Clock;
}

/** With the whole text sent, sound that does not come for this long will not come. The engine's own deadlines are shorter. */
const SILENT_MS = 10_000;
const WARM_MS = 5000;

const numbers = z.array(z.number()).nullish();
const sound = z.object({
  audio: z.string().nullish(),
  isFinal: z.boolean().nullish(),
  alignment: z
    .object({ chars: z.array(z.string()), charStartTimesMs: z.array(z.number()), charDurationsMs: numbers, charsDurationsMs: numbers })
    .nullish(),
  message: z.string().nullish(),
  error: z.string().nullish(),
  code: z.number().nullish(),
});

/**
 * ElevenLabs over its stream-input WebSocket, a connection an utterance, the next one opened ahead; over its HTTP stream
 * where the model or the operator wants it.
 */
export function createElevenLabs(options: ElevenLabsOptions): TextToSpeech {
  const { apiKey, baseUrl = ELEVENLABS_URL, clock = systemClock } = options;
  const overHttp = (voice: Voice) => options.transport === 'http' || overHttpOnly(elevenLabsModel(voice));
  const connections = createConnections({ 'xi-api-key': apiKey }, clock);

  async function* once(text: AsyncIterable<string>, voice: Voice, signal: AbortSignal): AsyncGenerator<SpeechChunk> {
    const address = streamInputAddress(baseUrl, voice);
    const { sampleRate, decoder } = elevenLabsFormat(voice.sampleRate);
    const decode = decoder();
    const times = createWordTimes();
    const chunks = createEventQueue<SpeechChunk>();
    const silent = () =>
      chunks.fail(new ProviderError('elevenlabs', 'timeout', `elevenlabs said nothing for ${SILENT_MS / 1000} seconds.`));
    const state: { connection: Connection | null; watch: ReturnType<typeof createWatch> | null } = { connection: null, watch: null };
    let samples = 0;

    function heard(data: Buffer): void {
      state.watch?.touch();
      const message = sound.safeParse(readObject(data)).data;
      if (!message) chunks.fail(new ProviderError('elevenlabs', 'protocol', 'elevenlabs sent something that is no message.'));
      else if (message.error || message.code)
        chunks.fail(streamError(`${message.error ?? ''} ${message.message ?? ''}`.trim(), message.code ?? 1008));
      else take(message);
    }

    function take({ audio, alignment, isFinal }: z.infer<typeof sound>): void {
      const pcm = audio ? decode(Buffer.from(audio, 'base64')) : new Int16Array(0);
      const durations = alignment?.charDurationsMs ?? alignment?.charsDurationsMs ?? [];
      const words = alignment ? times.push(alignment.chars, alignment.charStartTimesMs, durations, durationMs(samples, sampleRate)) : [];
      if (isFinal) words.push(...times.rest());
      samples += pcm.length;
      if (pcm.length + words.length > 0) chunks.push({ pcm, sampleRate, ...(words.length > 0 && { words }) });
      if (isFinal) chunks.end();
    }

    async function send(): Promise<void> {
      for await (const sentence of sentencesOf(text)) {
        if (chunks.ended) return;
        state.connection ??= await begin();
        if (chunks.ended) return state.connection.socket.kill();
        // ElevenLabs wants each text to end with a space.
        state.connection.socket.send(JSON.stringify({ text: `${sentence.trimEnd()} ` }));
      }
      if (!state.connection || chunks.ended) return chunks.end();
      state.connection.socket.send('{"text":""}');
      state.watch = createWatch(clock, SILENT_MS, silent);
    }

    async function begin(): Promise<Connection> {
      const connection = await connections.take(address);
      connection.attach({
        message: heard,
        closed(code, reason) {
          // Closed in good order once all was said: as good as `isFinal`.
          if (code === 1000 && state.watch && samples > 0) take({ isFinal: true });
          else chunks.fail(streamError(reason, code));
        },
      });
      connection.socket.send('{"text":" "}');
      return connection;
    }

    signal.addEventListener('abort', chunks.end, { once: true });
    send().catch(chunks.fail);
    try {
      for await (const chunk of chunks) {
        if (signal.aborted) return;
        yield chunk;
      }
    } finally {
      signal.removeEventListener('abort', chunks.end);
      chunks.end();
      state.watch?.stop();
      // There is no cancel: what is not wanted any more is cut off.
      state.connection?.socket.kill();
      if (samples > 0) connections.prepare(address);
    }
  }

  return {
    id: 'elevenlabs',
    capabilities: { streaming: true, languages: 'any' },
    modelFor: elevenLabsModel,
    readsNumbers: (voice) => readsNumbers(elevenLabsModel(voice)),
    async *speak(text, voice, signal) {
      if (signal.aborted) return;
      const again = replayable(text);
      const open = () =>
        overHttp(voice) ? speakOverHttp({ apiKey, baseUrl, clock }, again(), voice, signal) : once(again(), voice, signal);
      yield* retryBeforeFirst(open, { signal });
    },
    warm(voice) {
      if (!overHttp(voice)) return connections.prepare(streamInputAddress(baseUrl, voice));
      fetch(new URL('/v1/models', baseUrl), {
        method: 'HEAD',
        headers: { 'xi-api-key': apiKey },
        signal: AbortSignal.timeout(WARM_MS),
      }).catch(() => {
        // Only the connection was wanted; whether the service works shows with the first utterance.
      });
    },
  };
}
