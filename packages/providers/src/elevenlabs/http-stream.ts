import { type Clock, createWatch, ProviderError, type SpeechChunk, type Voice } from '@talkturo/voice';
import { connectionError, httpError } from '../wire/http-error.ts';
import { sentencesOf } from '../wire/spoken-text.ts';
import { elevenLabsFormat, streamAddress, streamBody } from './stream-request.ts';

/** Sound that does not come for this long will not come. The engine's own deadlines are shorter. */
const SILENT_MS = 10_000;
const LONGEST_BODY = 10_000;

export interface HttpStreamOptions {
  apiKey: string;
  baseUrl: string;
  clock: Clock;
}

/** Speaks over ElevenLabs' HTTP stream: a request a sentence, the next one asked for while one is read. */
export async function* speakOverHttp(
  { apiKey, baseUrl, clock }: HttpStreamOptions,
  text: AsyncIterable<string>,
  voice: Voice,
  signal: AbortSignal,
): AsyncGenerator<SpeechChunk> {
  const address = streamAddress(baseUrl, voice);
  const { sampleRate, decoder } = elevenLabsFormat(voice.sampleRate);
  const sentences = sentencesOf(text);
  const left = new AbortController();
  const silent = () => left.abort(new ProviderError('elevenlabs', 'timeout', `elevenlabs said nothing for ${SILENT_MS / 1000} seconds.`));
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  let before = '';

  async function ask(sentence: string): Promise<AsyncIterable<Uint8Array>> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'xi-api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(streamBody(voice, sentence.trim(), before)),
      redirect: 'error',
      signal: AbortSignal.any([signal, left.signal]),
    });
    if (!response.ok) throw httpError('elevenlabs', response.status, response.headers, (await response.text()).slice(0, LONGEST_BODY));
    if (!response.body || !/^(audio\/|application\/octet-stream)/.test(response.headers.get('content-type') ?? 'audio/')) {
      throw new ProviderError('elevenlabs', 'protocol', 'elevenlabs answered without sound.');
    }
    return response.body;
  }
  async function next(): Promise<{ sound: Promise<AsyncIterable<Uint8Array>> } | null> {
    const { value, done } = await sentences.next();
    if (done) return null;
    const sound = ask(value);
    // It is awaited later, or never when the caller interrupts.
    sound.catch(() => {});
    before = value.trim();
    return { sound };
  }

  async function* read(sound: Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<SpeechChunk> {
    const watch = createWatch(clock, SILENT_MS, silent);
    const decode = decoder();
    try {
      for await (const bytes of await sound) {
        watch.touch();
        const pcm = decode(Buffer.from(bytes));
        if (pcm.length > 0) yield { pcm, sampleRate };
      }
    } finally {
      watch.stop();
    }
  }

  try {
    for (let current = await Promise.race([next(), aborted]); current && !signal.aborted; ) {
      const following = next();
      following.catch(() => {});
      yield* read(current.sound);
      current = await Promise.race([following, aborted]);
    }
  } catch (error) {
    if (signal.aborted) return;
    throw left.signal.aborted ? left.signal.reason : connectionError('elevenlabs', error);
  } finally {
    left.abort();
  }
}
