import assert from 'node:assert/strict';
import { durationMs, rms } from '../../audio/index.ts';
import { ProviderError, type ProviderErrorKind, type SpeechChunk, type TextToSpeech, type Voice } from '../../ports/index.ts';
import { type ConformanceCase, collect, within } from './conformance-case.ts';

export interface TextToSpeechHarness {
  /** A working adapter; called for each case. */
  create(): TextToSpeech | Promise<TextToSpeech>;
  voice?: Partial<Voice>;
  /** What is spoken; default a sentence of seven words. */
  text?: string;
  broken?: readonly { name: string; create(): TextToSpeech | Promise<TextToSpeech>; kind: ProviderErrorKind }[];
  /** The longest any step may take, ms of real time. Default 5000. */
  deadlineMs?: number;
}

/** Nobody speaks faster than this: a sentence whose sound is shorter was cut. */
const SHORTEST_MS_PER_WORD = 80;
const LONGEST_MS_PER_WORD = 2000;

/** What every text-to-speech adapter must do. */
export function textToSpeechConformance(harness: TextToSpeechHarness): ConformanceCase[] {
  const { deadlineMs = 5000, text = 'We are open from eight to six.' } = harness;
  const voice: Voice = { model: null, id: null, name: null, language: 'en', sampleRate: 8000, ...harness.voice };
  const forever = new AbortController().signal;
  const say = async (what: AsyncIterable<string> | string, signal = forever) =>
    collect((await harness.create()).speak(what, voice, signal), 'the end of the sound', deadlineMs);
  const length = (chunks: readonly SpeechChunk[]) => chunks.reduce((ms, { pcm, sampleRate }) => ms + durationMs(pcm.length, sampleRate), 0);

  async function* pieces(): AsyncGenerator<string> {
    for (const piece of text.split(/(?= )/)) {
      await new Promise((resolve) => setImmediate(resolve));
      yield piece;
    }
  }
  const plausible = (chunks: readonly SpeechChunk[]) => {
    const words = text.split(/\s+/).length;
    const ms = length(chunks);
    assert.ok(ms >= words * SHORTEST_MS_PER_WORD, `${words} words take longer than ${ms} ms`);
    assert.ok(ms <= words * LONGEST_MS_PER_WORD, `${words} words are shorter than ${ms} ms`);
  };

  const cases: ConformanceCase[] = [
    {
      name: 'speaks a sentence as PCM16 of one rate',
      async run() {
        const chunks = await say(text);
        plausible(chunks);
        assert.equal(new Set(chunks.map((chunk) => chunk.sampleRate)).size, 1, 'all chunks have one rate');
        assert.ok(Math.max(...chunks.map((chunk) => rms(chunk.pcm))) > 100, 'the sound is not silence');
      },
    },
    {
      name: 'gives word times in order and inside the sound, where it gives any',
      async run() {
        const chunks = await say(text);
        const words = chunks.flatMap((chunk) => chunk.words ?? []);
        let last = 0;
        for (const word of words) {
          assert.ok(word.startMs >= last - 1 && word.endMs >= word.startMs, `“${word.text}” follows the word before it`);
          last = word.startMs;
          assert.ok(word.endMs <= length(chunks) + 100, `“${word.text}” lies inside the sound`);
        }
      },
    },
    {
      name: 'says nothing for a text without words, and raises no error',
      async run() {
        assert.equal(length(await say('')), 0);
      },
    },
    {
      name: 'ends at once and without an error when aborted in the middle',
      async run() {
        const abort = new AbortController();
        let chunks = 0;
        await within(
          (async () => {
            for await (const _ of (await harness.create()).speak(`${text} ${text} ${text}`, voice, abort.signal)) {
              chunks++;
              abort.abort();
            }
          })(),
          'the end after the abort',
          deadlineMs,
        );
        assert.ok(chunks >= 1 && chunks <= 2, `at most one chunk after the abort, not ${chunks - 1}`);
      },
    },
    {
      name: 'says nothing when aborted before it began',
      async run() {
        assert.deepEqual(await say(text, AbortSignal.abort()), []);
      },
    },
    {
      name: 'speaks to two callers at once',
      async run() {
        const adapter = await harness.create();
        const both = await Promise.all([1, 2].map(() => collect(adapter.speak(text, voice, forever), 'both voices', deadlineMs)));
        for (const chunks of both) plausible(chunks);
      },
    },
    {
      name: 'takes text piece by piece where it says that it streams',
      async run() {
        const adapter = await harness.create();
        if (!adapter.capabilities.streaming) return;
        plausible(await collect(adapter.speak(pieces(), voice, forever), 'the end of the sound', deadlineMs));
      },
    },
  ];
  for (const { name, create, kind } of harness.broken ?? []) {
    cases.push({
      name: `${name}: comes out as a ProviderError of kind ${kind}`,
      async run() {
        const adapter = await create();
        const failure = await collect(adapter.speak(text, voice, forever), 'the failure', deadlineMs).then(
          () => null,
          (error: unknown) => error,
        );
        assert.ok(failure instanceof ProviderError, `a ProviderError, not ${failure}`);
        assert.equal(failure.kind, kind);
      },
    });
  }
  return cases;
}
