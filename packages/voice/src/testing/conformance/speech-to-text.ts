import assert from 'node:assert/strict';
import { durationMs, samplesPerFrame } from '../../audio/index.ts';
import {
  ProviderError,
  type ProviderErrorKind,
  type SpeechToText,
  type TranscriptEvent,
  type TranscriptStream,
} from '../../ports/index.ts';
import { type ConformanceCase, until, within } from './conformance-case.ts';

export interface SpeechToTextHarness {
  /** A working adapter; called for each case. */
  create(): SpeechToText | Promise<SpeechToText>;
  /** Speech that begins at once, at the rate the adapter wants (16000 where it wants `any`). */
  speech: { pcm: Int16Array; sampleRate: number };
  /** What the speech must be heard as. */
  expects: RegExp;
  language?: string;
  model?: string | null;
  /** Adapters whose vendor fails, with the kind that must come out. */
  broken?: readonly { name: string; create(): SpeechToText | Promise<SpeechToText>; kind: ProviderErrorKind }[];
  /** The longest any step may take, ms of real time. Default 5000. */
  deadlineMs?: number;
  /** Called between frames, for adapters on a clock moved by hand or a socket that must drain. */
  pace?(): Promise<void>;
}

interface Listening {
  stream: TranscriptStream;
  events: TranscriptEvent[];
  ended: Promise<void>;
  abort: AbortController;
}

/** What every speech-to-text adapter must do. */
export function speechToTextConformance(harness: SpeechToTextHarness): ConformanceCase[] {
  const { speech, deadlineMs = 5000 } = harness;
  const silence = new Int16Array(speech.sampleRate);
  const speechMs = durationMs(speech.pcm.length, speech.sampleRate);

  async function listen(adapter: SpeechToText): Promise<Listening> {
    const abort = new AbortController();
    const stream = await adapter.open({
      model: harness.model ?? null,
      language: harness.language ?? 'en',
      sampleRate: speech.sampleRate,
      signal: abort.signal,
    });
    const events: TranscriptEvent[] = [];
    const ended = (async () => {
      for await (const event of stream) events.push(event);
    })();
    ended.catch(() => {});
    return { stream, events, ended, abort };
  }

  /** Writes sound frame by frame from one reused buffer, as the engine does. */
  async function write(stream: TranscriptStream, pcm: Int16Array): Promise<void> {
    const frame = new Int16Array(samplesPerFrame(speech.sampleRate));
    for (let at = 0; at < pcm.length; at += frame.length) {
      frame.fill(0);
      frame.set(pcm.subarray(at, at + frame.length));
      stream.write(frame);
      frame.fill(32767);
      await harness.pace?.();
    }
  }

  async function say(stream: TranscriptStream, fromMs: number): Promise<void> {
    stream.activity?.({ type: 'start', startMs: fromMs, endMs: fromMs });
    await write(stream, speech.pcm);
    await write(stream, silence.subarray(0, silence.length / 4));
    stream.activity?.({ type: 'pause', startMs: fromMs, endMs: fromMs + speechMs });
    await write(stream, silence.subarray(0, silence.length / 2));
    stream.activity?.({ type: 'end', startMs: fromMs, endMs: fromMs + speechMs });
    await write(stream, silence);
  }
  const finals = (events: readonly TranscriptEvent[]) => events.filter((event) => event.type === 'final');
  const heard = (events: readonly TranscriptEvent[]) =>
    finals(events)
      .map((event) => event.text)
      .join(' ');
  const hears = ({ events }: Listening) =>
    until(() => harness.expects.test(heard(events)), `a final that matches ${harness.expects}`, deadlineMs);

  const cases: ConformanceCase[] = [
    {
      name: 'hears speech and says when it was',
      async run() {
        const listening = await listen(await harness.create());
        await say(listening.stream, 0);
        await hears(listening);
        for (const event of finals(listening.events)) {
          assert.ok(
            event.startMs >= -1 && event.startMs <= event.endMs,
            `a final lies between its start ${event.startMs} and its end ${event.endMs}`,
          );
          assert.ok(event.endMs <= speechMs + 2000, `a final ends in the sound that was written, not at ${event.endMs}`);
          if (event.confidence !== undefined) assert.ok(event.confidence >= 0 && event.confidence <= 1, 'confidence is 0 to 1');
        }
        listening.stream.close();
      },
    },
    {
      name: 'hears a second turn on the same stream, later than the first',
      async run() {
        const listening = await listen(await harness.create());
        await say(listening.stream, 0);
        await hears(listening);
        const first = finals(listening.events).length;
        const from = speechMs + 1750;
        await say(listening.stream, Math.round(from / 20) * 20);
        await until(() => finals(listening.events).length > first, 'a final of the second turn', deadlineMs);
        const [earlier, later] = [finals(listening.events)[0]!, finals(listening.events).at(-1)!];
        assert.ok(later.startMs > earlier.startMs, 'the second turn starts after the first');
        listening.stream.close();
      },
    },
    {
      name: 'says nothing of silence and ends when it is closed, twice if need be',
      async run() {
        const { stream, events, ended } = await listen(await harness.create());
        await write(stream, silence);
        stream.close();
        stream.close();
        await within(ended, 'the end of the iteration after close', deadlineMs);
        stream.write(silence.subarray(0, samplesPerFrame(speech.sampleRate)));
        assert.equal(heard(events).trim(), '', 'silence has no words');
      },
    },
    {
      name: 'ends without an error when its signal aborts in the middle of speech',
      async run() {
        const { stream, ended, abort } = await listen(await harness.create());
        await write(stream, speech.pcm.subarray(0, speech.pcm.length / 2));
        abort.abort();
        await within(ended, 'the end of the iteration after the abort', deadlineMs);
        stream.write(silence.subarray(0, samplesPerFrame(speech.sampleRate)));
        stream.close();
      },
    },
    {
      name: 'keeps two calls apart',
      async run() {
        const adapter = await harness.create();
        const [talker, quiet] = [await listen(adapter), await listen(adapter)];
        await write(quiet.stream, silence);
        await say(talker.stream, 0);
        await hears(talker);
        assert.equal(heard(quiet.events).trim(), '', 'the silent call hears nothing of the other');
        talker.stream.close();
        quiet.stream.close();
        await within(quiet.ended, 'the end of the silent call', deadlineMs);
      },
    },
    {
      name: 'sends only the events it declares',
      async run() {
        const adapter = await harness.create();
        assert.ok(adapter.id.length > 0, 'it has an id');
        const listening = await listen(adapter);
        await say(listening.stream, 0);
        await hears(listening);
        for (const event of listening.events) {
          assert.ok(['partial', 'final', 'end-of-turn'].includes(event.type), `unknown event ${event.type}`);
          if (event.type === 'end-of-turn') assert.ok(adapter.capabilities.endOfTurn, 'end-of-turn comes only with the capability');
        }
        listening.stream.close();
      },
    },
  ];
  for (const { name, create, kind } of harness.broken ?? []) {
    cases.push({
      name: `${name}: comes out as a ProviderError of kind ${kind}`,
      async run() {
        const failure = await within(
          (async () => {
            const { stream, ended } = await listen(await create());
            await write(stream, speech.pcm);
            await ended;
          })().then(
            () => null,
            (error: unknown) => error,
          ),
          'the failure',
          deadlineMs,
        );
        assert.ok(failure instanceof ProviderError, `a ProviderError, not ${failure}`);
        assert.equal(failure.kind, kind);
      },
    });
  }
  return cases;
}
