import { ProviderError, type TranscriptEvent } from '@talkturo/voice';
import { beforeEach, describe, expect, test } from 'vitest';
import { createTranscriptStream, type Transcribe } from './transcript-stream.ts';
import type { Transcription } from './transcription-job.ts';

interface Run {
  ms: number;
  optional: boolean;
  aborted: () => boolean;
  answer(text: string): void;
  drop(): void;
  fail(): void;
}

let runs: Run[];
let events: TranscriptEvent[];
let ended: Promise<unknown>;
let stream: ReturnType<typeof createTranscriptStream>;
let abort: AbortController;

const transcribe: Transcribe = ({ pcm }, { optional, signal }) => {
  const { promise, resolve, reject } = Promise.withResolvers<Transcription | null>();
  runs.push({
    ms: pcm.length / 8,
    optional,
    aborted: () => signal.aborted,
    answer: (text) => resolve({ text, confidence: 0.9 }),
    drop: () => resolve(null),
    fail: () => reject(new ProviderError('local', 'rate-limit', 'overloaded')),
  });
  return promise;
};

beforeEach(() => {
  runs = [];
  events = [];
  abort = new AbortController();
  stream = createTranscriptStream(8000, transcribe, abort.signal);
  ended = (async () => {
    for await (const event of stream) events.push(event);
  })().catch((error: unknown) => error);
});

const write = (ms: number, level = 1000) => {
  for (let at = 0; at < ms; at += 20) stream.write(new Int16Array(160).fill(level));
};
const tell = (type: 'start' | 'pause' | 'resume' | 'end', startMs: number, endMs: number) => stream.activity!({ type, startMs, endMs });
/** Lets everything that is waiting for nothing but its turn happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('speech is heard with what came before it and without the silence after it', async () => {
  write(1000);
  tell('start', 1000, 1000);
  write(1500);
  tell('end', 1000, 2000);
  expect(runs).toMatchObject([{ ms: 1360, optional: false }]);
  runs[0]!.answer('Hello.');
  await settle();
  expect(events).toEqual([{ type: 'final', text: 'Hello.', startMs: 1000, endMs: 2000, confidence: 0.9 }]);
});

describe('ahead of the end', () => {
  beforeEach(() => {
    tell('start', 0, 0);
    write(1200);
    tell('pause', 0, 1000);
  });

  test('what was heard at the pause is kept when the speech ended there', async () => {
    expect(runs).toMatchObject([{ optional: true }]);
    runs[0]!.answer('Hello.');
    await settle();
    expect(events).toEqual([{ type: 'partial', text: 'Hello.', startMs: 0, endMs: 1000 }]);
    write(300);
    tell('end', 0, 1020);
    await settle();
    expect(runs).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'final', text: 'Hello.' });
  });

  test('it is thrown away when the caller goes on', async () => {
    tell('resume', 0, 1300);
    expect(runs[0]!.aborted()).toBe(true);
    write(1000);
    tell('end', 0, 2000);
    expect(runs).toHaveLength(2);
    runs[1]!.answer('Hello there.');
    await settle();
    expect(events).toMatchObject([{ type: 'final', text: 'Hello there.' }]);
  });

  test.each(['drop', 'fail'] as const)('an attempt that came to nothing (%s) is made again in earnest', async (how) => {
    runs[0]![how]();
    write(300);
    tell('end', 0, 1000);
    await settle();
    expect(runs).toMatchObject([{ optional: true }, { optional: false }]);
    runs[1]!.answer('Hello.');
    await settle();
    expect(events).toMatchObject([{ type: 'final', text: 'Hello.' }]);
  });
});

test('finals come in the order of the speech, however the runs end', async () => {
  for (const start of [0, 2000]) {
    tell('start', start, start);
    write(2000);
    tell('end', start, start + 1500);
  }
  runs[1]!.answer('Second.');
  await settle();
  expect(events).toEqual([]);
  runs[0]!.answer('First.');
  await settle();
  expect(events).toMatchObject([{ text: 'First.' }, { text: 'Second.' }]);
});

test('no sound is heard twice', () => {
  tell('start', 0, 0);
  write(1100);
  tell('end', 0, 1000);
  tell('start', 1100, 1100);
  write(1000);
  tell('end', 1100, 2000);
  // From 1060, where the first ended with its tail, to 2060.
  expect(runs[1]!.ms).toBe(1000);
});

test('somebody who never stops is cut where it is quietest', async () => {
  tell('start', 0, 0);
  write(12_000);
  write(200, 10);
  write(3000);
  expect(runs).toHaveLength(1);
  expect(Math.abs(runs[0]!.ms - 12_100)).toBeLessThan(100);
  runs[0]!.answer('A long story.');
  await settle();
  expect(events).toMatchObject([{ type: 'final', text: 'A long story.', startMs: 0 }]);
  write(1000);
  tell('end', 0, 16_000);
  expect(runs[1]!.ms).toBeLessThan(4300);
});

test('nothing understood is a final without words', async () => {
  tell('start', 0, 0);
  write(500);
  tell('end', 0, 400);
  runs[0]!.answer('');
  await settle();
  expect(events).toEqual([{ type: 'final', text: '', startMs: 0, endMs: 400 }]);
});

test('an overloaded transcriber ends the stream with its error', async () => {
  tell('start', 0, 0);
  write(500);
  tell('end', 0, 400);
  runs[0]!.fail();
  expect(await ended).toMatchObject({ kind: 'rate-limit' });
});

test('closing ends it and aborts what runs; later calls do nothing', async () => {
  tell('start', 0, 0);
  write(500);
  tell('pause', 0, 300);
  stream.close();
  stream.close();
  expect(runs[0]!.aborted()).toBe(true);
  write(100);
  tell('end', 0, 400);
  expect(await ended).toBe(undefined);
  expect(runs).toHaveLength(1);
});

test('events in a wrong order do no harm', async () => {
  tell('resume', 0, 0);
  tell('pause', 0, 0);
  tell('end', 0, 0);
  tell('end', 50, 20);
  for (const run of runs) run.answer('');
  await settle();
  abort.abort();
  expect(await ended).toBe(undefined);
});
