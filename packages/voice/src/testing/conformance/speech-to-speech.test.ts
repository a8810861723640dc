import { describe, expect, it } from 'vitest';
import type { Clock, SpeechSession, SpeechSessionEvent, SpeechToSpeech } from '../../ports/index.ts';
import { createScriptedSpeechToSpeech } from '../scripted-speech-to-speech.ts';
import { soundOf } from '../speech-code.ts';
import { speechToSpeechConformance } from './index.ts';

/** A clock on which everything is due at once: what is tested here is order, not speed. */
const hurried: Clock = {
  now: () => 0,
  setTimer(_, fire) {
    const immediate = setImmediate(fire);
    return { cancel: () => clearImmediate(immediate) };
  },
};
const good = () => {
  const model = createScriptedSpeechToSpeech(hurried, { sampleRate: 16_000 });
  model.answers('We open at eight.');
  return model;
};
const callsTool = () => {
  const model = createScriptedSpeechToSpeech(hurried, { sampleRate: 16_000 });
  model.answers({ call: { name: 'weather', input: { city: 'Rome' } } }, 'It is sunny.');
  return model;
};
const suite = (create: () => SpeechToSpeech, deadlineMs = 150) =>
  speechToSpeechConformance({
    create,
    callsTool: create === good ? callsTool : create,
    speech: (rate) => soundOf('when are you open', rate),
    expects: /^when are you open$/,
    deadlineMs,
  });

describe('the suite passes on an adapter that keeps the promises', () => {
  for (const { name, run } of suite(good, 5000)) it(name, run);
  const broken = speechToSpeechConformance({
    create: good,
    speech: (rate) => soundOf('when are you open', rate),
    expects: /./,
    broken: [
      { name: 'refused', create: () => createScriptedSpeechToSpeech(hurried, { behaves: 'refuses' }), kind: 'unavailable' },
      { name: 'died', create: () => createScriptedSpeechToSpeech(hurried, { behaves: 'dies' }), kind: 'unavailable' },
    ],
  }).slice(-2);
  for (const { name, run } of broken) it(name, run);
});

type Event = SpeechSessionEvent;
/** A good adapter whose session is changed. */
const changed = (change: (session: SpeechSession) => Partial<SpeechSession>) => (): SpeechToSpeech => {
  const model = good();
  return {
    ...model,
    async open(options) {
      const session = await model.open(options);
      return Object.create(session, Object.getOwnPropertyDescriptors(change(session))) as SpeechSession;
    },
  };
};
const telling = (tell: (event: Event) => readonly Event[]) =>
  changed((session) => ({
    async *[Symbol.asyncIterator]() {
      for await (const event of session) yield* tell(event);
    },
  }));

describe('the suite fails on adapters that break them', () => {
  const HEARS = 'hears a turn, tells when it starts and ends and what was said, and answers it';
  const INTERRUPTED = 'stops a reply that is interrupted, and begins another';
  it.each<[string, () => SpeechToSpeech, string]>([
    ['hears nothing', () => createScriptedSpeechToSpeech(hurried, { behaves: 'stalls' }), HEARS],
    ['never tells the end of a turn', telling((event) => (event.type === 'caller-stopped' ? [] : [event])), HEARS],
    [
      'answers before the turn ends',
      telling((event) => (event.type === 'caller-started' ? [{ type: 'reply-started', reply: 'x' }, event] : [event])),
      HEARS,
    ],
    ['never tells the words', telling((event) => (event.type === 'caller-text' ? [] : [event])), HEARS],
    ['is silent', telling((event) => (event.type === 'sound' ? [{ ...event, pcm: new Int16Array(event.pcm.length) }] : [event])), HEARS],
    ['has no words of its own', telling((event) => (event.type === 'text' ? [] : [event])), HEARS],
    ['never ends a reply', telling((event) => (event.type === 'reply-ended' ? [] : [event])), HEARS],
    [
      'goes on after the end of a reply',
      telling((event) => (event.type === 'reply-ended' ? [event, { type: 'text', reply: event.reply, text: 'x' }] : [event])),
      'says a fixed text without having heard anything',
    ],
    [
      'keeps the buffer that is the engine’s',
      changed((session) => {
        const kept: Int16Array[] = [];
        return { write: (pcm) => void (kept.push(pcm) > 3 && session.write(kept.shift()!)) };
      }),
      HEARS,
    ],
    ['says nothing by itself', changed(() => ({ say() {} })), 'says a fixed text without having heard anything'],
    ['does not answer when told to', changed(() => ({ reply() {} })), 'answers what it was told, with what was said before'],
    ['cannot be interrupted', changed(() => ({ interrupt() {} })), INTERRUPTED],
    ['does not take the answers of tools', changed(() => ({ toolResults() {} })), 'calls a tool and goes on with its answer'],
    ['does not end when closed', changed(() => ({ close() {} })), 'ends when it is closed, twice if need be'],
    [
      'ignores the abort',
      () => {
        const model = good();
        return { ...model, open: (options) => model.open({ ...options, signal: new AbortController().signal }) };
      },
      'ends without an error when its signal aborts in the middle of a reply',
    ],
  ])('one that %s', async (_, create, failing) => {
    const names: string[] = [];
    for (const { name, run } of suite(create)) if (name === failing) await run().catch(() => names.push(name));
    expect(names).toEqual([failing]);
  });
});
