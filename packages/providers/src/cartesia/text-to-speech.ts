import { randomUUID } from 'node:crypto';
import { type Clock, createWatch, ProviderError, type SpeechChunk, systemClock, type TextToSpeech, type Voice } from '@talkturo/voice';
import { z } from 'zod';
import { createEventQueue } from '../wire/event-queue.ts';
import { retryBeforeFirst } from '../wire/retry.ts';
import { replayable, sentencesOf } from '../wire/spoken-text.ts';
import { vendorLanguage } from '../wire/vendor-language.ts';
import { type CartesiaContext, createCartesiaLine, errorOf } from './cartesia-line.ts';
import { CARTESIA_URL, CARTESIA_VERSION, cartesiaFormat, cartesiaModel, cartesiaRequest } from './cartesia-request.ts';

export interface CartesiaOptions {
  apiKey: string;
  baseUrl?: string | undefined;
  clock?: Clock;
}

/** With the whole text sent, sound that does not come for this long will not come. The engine's own deadlines are shorter. */
const SILENT_MS = 10_000;

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('chunk'), data: z.string() }),
  z.object({
    type: z.literal('timestamps'),
    word_timestamps: z.object({ words: z.array(z.string()), start: z.array(z.number()), end: z.array(z.number()) }),
  }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.enum(['flush_done', 'phoneme_timestamps']) }),
]);

type Words = NonNullable<SpeechChunk['words']>[number];

/** Cartesia over its WebSocket: one connection a call, an utterance a context, the text sent sentence by sentence. */
export function createCartesia({ apiKey, baseUrl = CARTESIA_URL, clock = systemClock }: CartesiaOptions): TextToSpeech {
  const address = new URL('/tts/websocket', baseUrl);
  address.protocol = address.protocol.replace('http', 'ws');
  const line = createCartesiaLine(address, { authorization: `Bearer ${apiKey}`, 'cartesia-version': CARTESIA_VERSION }, clock);

  async function* once(text: AsyncIterable<string>, voice: Voice, signal: AbortSignal): AsyncGenerator<SpeechChunk> {
    const format = cartesiaFormat(voice.sampleRate);
    const request = cartesiaRequest(voice, format);
    const { sampleRate } = format;
    const decode = format.decoder();
    const chunks = createEventQueue<SpeechChunk>();
    const silent = () => chunks.fail(new ProviderError('cartesia', 'timeout', `cartesia said nothing for ${SILENT_MS / 1000} seconds.`));
    const early: Words[] = [];
    let sounded = false;
    let context: CartesiaContext | null = null;
    let watch: ReturnType<typeof createWatch> | null = null;
    let done = false;

    function heard(raw: Record<string, unknown>): void {
      watch?.touch();
      const read = message.safeParse(raw).data;
      if (raw.type === 'error') chunks.fail(errorOf(raw));
      else if (!read) chunks.fail(new ProviderError('cartesia', 'protocol', 'cartesia sent a message that cannot be read.'));
      else if (read.type === 'chunk') {
        chunks.push({ pcm: decode(Buffer.from(read.data, 'base64')), sampleRate, ...(early.length > 0 && { words: early.splice(0) }) });
        sounded = true;
      } else if (read.type === 'timestamps') {
        const words = wordsOf(read.word_timestamps);
        // At once, as an interruption asks which words were spoken; but no chunk without sound is the first.
        if (sounded) chunks.push({ pcm: new Int16Array(0), sampleRate, words });
        else early.push(...words);
      } else if (read.type === 'done') {
        done = true;
        chunks.end();
      }
    }

    async function send(): Promise<void> {
      let said = false;
      for await (const transcript of sentencesOf(text)) {
        if (chunks.ended) return;
        context ??= await line.join(randomUUID(), { message: heard, failed: chunks.fail });
        if (chunks.ended) return context.leave(false);
        context.send({ ...request, transcript, continue: true });
        said = true;
      }
      if (!said || chunks.ended) return chunks.end();
      context?.send({ ...request, transcript: '', continue: false });
      watch = createWatch(clock, SILENT_MS, silent);
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
      (watch as ReturnType<typeof createWatch> | null)?.stop();
      (context as CartesiaContext | null)?.leave(!done);
    }
  }

  return {
    id: 'cartesia',
    capabilities: { streaming: true, languages: 'any' },
    async *speak(text, voice, signal) {
      if (signal.aborted) return;
      const again = replayable(text);
      yield* retryBeforeFirst(() => once(again(), voice, signal), { signal });
    },
    // Its own normalisation is on by default, in the language of the request (docs.cartesia.ai, prompting tips).
    readsNumbers: () => true,
    modelFor: (voice) => cartesiaModel(voice.model, vendorLanguage(voice.language)),
    warm: () => line.warm(),
  };
}

function wordsOf({ words, start, end }: { words: string[]; start: number[]; end: number[] }): Words[] {
  return words.flatMap((text, i) => {
    const [from, to] = [start[i], end[i]];
    return from === undefined || to === undefined ? [] : [{ text, startMs: from * 1000, endMs: to * 1000 }];
  });
}
