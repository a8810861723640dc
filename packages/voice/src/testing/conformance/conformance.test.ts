import { describe, expect, it } from 'vitest';
import { createEnergyVoiceActivity } from '../../listening/energy-voice-activity.ts';
import type { Clock, LanguageModel, SpeechToText, TextToSpeech, VoiceActivity } from '../../ports/index.ts';
import { ProviderError } from '../../ports/index.ts';
import { createScriptedLanguageModel } from '../scripted-language-model.ts';
import { createScriptedSpeechToText } from '../scripted-speech-to-text.ts';
import { createScriptedTextToSpeech } from '../scripted-text-to-speech.ts';
import { soundOf } from '../speech-code.ts';
import {
  type ConformanceCase,
  languageModelConformance,
  speechToTextConformance,
  textToSpeechConformance,
  voiceActivityConformance,
} from './index.ts';

/** A clock on which everything is due at once: what is tested here is order, not speed. */
const hurried: Clock = {
  now: () => 0,
  setTimer(_, fire) {
    const immediate = setImmediate(fire);
    return { cancel: () => clearImmediate(immediate) };
  },
};
const speech = { pcm: soundOf('when are you open', 16000), sampleRate: 16000 };
const expects = /^when are you open/;
/** Short where a case is meant to fail by waiting; the adapters that work have the suites’ own deadline. */
const deadlineMs = 120;

const goodSpeechToText = () => createScriptedSpeechToText(hurried);
const goodModel = () => {
  const model = createScriptedLanguageModel(hurried);
  model.answers('We are open from eight.');
  return model;
};
const goodVoice = () => createScriptedTextToSpeech(hurried, { wordTimes: true });

const suites = {
  speechToText: (create: () => SpeechToText, patience = deadlineMs) =>
    speechToTextConformance({ create, speech, expects, deadlineMs: patience }),
  languageModel: (create: () => LanguageModel, patience = deadlineMs) => languageModelConformance({ create, deadlineMs: patience }),
  textToSpeech: (create: () => TextToSpeech, patience = deadlineMs) => textToSpeechConformance({ create, deadlineMs: patience }),
  voiceActivity: (create: () => VoiceActivity, patience = deadlineMs) => voiceActivityConformance({ create, speech, deadlineMs: patience }),
};

describe('the suites pass on adapters that keep the promises', () => {
  const all: Record<string, ConformanceCase[]> = {
    'speech to text': suites.speechToText(goodSpeechToText, 5000),
    'segmented speech to text': suites.speechToText(() => createScriptedSpeechToText(hurried, { capabilities: { segmented: true } }), 5000),
    'language model': suites.languageModel(goodModel, 5000),
    voice: suites.textToSpeech(goodVoice, 5000),
    'voice that does not stream': suites.textToSpeech(() => createScriptedTextToSpeech(hurried, { streaming: false }), 5000),
    'voice activity': suites.voiceActivity(() => createEnergyVoiceActivity(), 5000),
    broken: [
      ...speechToTextConformance({
        create: goodSpeechToText,
        speech,
        expects,
        broken: [
          { name: 'refused', create: () => createScriptedSpeechToText(hurried, { behaves: 'refuses' }), kind: 'unavailable' },
          { name: 'died', create: () => createScriptedSpeechToText(hurried, { behaves: 'dies' }), kind: 'unavailable' },
        ],
      }).slice(-2),
      ...textToSpeechConformance({
        create: goodVoice,
        broken: [{ name: 'refused', create: () => createScriptedTextToSpeech(hurried, { behaves: 'refuses' }), kind: 'unavailable' }],
      }).slice(-1),
    ],
  };
  for (const [name, cases] of Object.entries(all)) describe(name, () => cases.forEach(({ name: what, run }) => void it(what, run)));
});

/** Names of the cases that fail. */
async function failures(cases: readonly ConformanceCase[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of cases) await run().catch(() => names.push(name));
  return names;
}
const wrap = <T extends object>(good: T, changed: Partial<T>): T => Object.create(good, Object.getOwnPropertyDescriptors(changed)) as T;

describe('the suites fail on adapters that break them', () => {
  const openWith =
    (change: (stream: Awaited<ReturnType<SpeechToText['open']>>) => Partial<Awaited<ReturnType<SpeechToText['open']>>>) => () => {
      const good = goodSpeechToText();
      return wrap<SpeechToText>(good, {
        open: async (options) => {
          const stream = await good.open(options);
          return wrap(stream, change(stream));
        },
      });
    };
  it.each<[string, () => SpeechToText, string]>([
    ['hears nothing', () => createScriptedSpeechToText(hurried, { behaves: 'stalls' }), 'hears speech and says when it was'],
    ['never ends', openWith(() => ({ close: () => {} })), 'says nothing of silence and ends when it is closed, twice if need be'],
    [
      'ignores the abort',
      () => {
        const good = goodSpeechToText();
        return wrap<SpeechToText>(good, { open: (options) => good.open({ ...options, signal: new AbortController().signal }) });
      },
      'ends without an error when its signal aborts in the middle of speech',
    ],
    [
      'keeps the buffer that is the engine’s',
      openWith((stream) => {
        const kept: Int16Array[] = [];
        return { write: (pcm) => void (kept.push(pcm) > 3 && stream.write(kept.shift()!)) };
      }),
      'hears speech and says when it was',
    ],
  ])('speech to text that %s', async (_, create, failing) => {
    expect(await failures(suites.speechToText(create))).toContain(failing);
  });

  const replying = (reply: LanguageModel['reply']) => () => wrap<LanguageModel>(goodModel(), { reply });
  it.each<[string, () => LanguageModel, string]>([
    [
      'says nothing',
      replying(async function* () {
        yield { type: 'usage' as const, inputTokens: 1, outputTokens: 0 };
      }),
      'answers with text',
    ],
    [
      'ignores the abort',
      replying(async function* () {
        for (let i = 0; i < 20; i++) yield { type: 'text' as const, text: 'on and on ' };
      }),
      'ends at once and without an error when aborted in the middle',
    ],
    [
      'throws on abort',
      replying(async function* (_request, signal) {
        yield { type: 'text' as const, text: 'one' };
        signal.throwIfAborted();
      }),
      'ends at once and without an error when aborted in the middle',
    ],
    [
      'hangs',
      replying(async function* () {
        yield { type: 'text' as const, text: 'one' };
        await new Promise(() => {});
      }),
      'answers with text',
    ],
  ])('a language model that %s', async (_, create, failing) => {
    expect(await failures(suites.languageModel(create))).toContain(failing);
  });

  it.each<[string, () => TextToSpeech, string]>([
    ['is silent', () => createScriptedTextToSpeech(hurried, { behaves: 'silent' }), 'speaks a sentence as PCM16 of one rate'],
    ['never ends', () => createScriptedTextToSpeech(hurried, { behaves: 'hangs' }), 'speaks a sentence as PCM16 of one rate'],
    [
      'ignores the abort',
      () => {
        const good = goodVoice();
        return wrap<TextToSpeech>(good, { speak: (text, voice) => good.speak(text, voice, new AbortController().signal) });
      },
      'ends at once and without an error when aborted in the middle',
    ],
    [
      'says that it streams and takes only the first piece',
      () => {
        const good = goodVoice();
        return wrap<TextToSpeech>(good, {
          async *speak(text, voice, signal) {
            if (typeof text === 'string') return yield* good.speak(text, voice, signal);
            for await (const piece of text) return yield* good.speak(piece, voice, signal);
          },
        });
      },
      'takes text piece by piece where it says that it streams',
    ],
  ])('a voice that %s', async (_, create, failing) => {
    expect(await failures(suites.textToSpeech(create))).toContain(failing);
  });

  const detecting = (open: VoiceActivity['open']) => () => ({ id: 'broken', open });
  it.each<[string, () => VoiceActivity, string]>([
    ['hears nothing', detecting(() => ({ push() {}, endSegment() {}, close() {} })), 'finds where speech starts and where it ends'],
    [
      'hears speech in everything',
      detecting(({ listener }) => ({ push: () => listener.speechStarted(0), endSegment() {}, close() {} })),
      'hears nothing in silence',
    ],
    [
      'goes on after it was closed',
      detecting((options) => ({ ...createEnergyVoiceActivity().open(options), close() {} })),
      'is silent after it was closed, twice if need be',
    ],
    [
      'never closes a segment',
      detecting((options) => ({ ...createEnergyVoiceActivity().open(options), endSegment() {} })),
      'starts anew after the segment was closed',
    ],
  ])('voice activity that %s', async (_, create, failing) => {
    expect(await failures(suites.voiceActivity(create))).toContain(failing);
  });

  it('an error of another class than the port’s', async () => {
    const strange = {
      name: 'strange',
      create: replying(() => {
        throw new TypeError('no');
      }),
      kind: 'unavailable' as const,
    };
    expect(await failures(languageModelConformance({ create: goodModel, broken: [strange], deadlineMs }))).toHaveLength(1);
    const wrongKind = {
      name: 'wrong kind',
      // biome-ignore lint/correctness/useYield: it fails before its first part
      create: replying(async function* () {
        throw new ProviderError('x', 'auth', 'no');
      }),
      kind: 'quota' as const,
    };
    expect(await failures(languageModelConformance({ create: goodModel, broken: [wrongKind], deadlineMs }))).toHaveLength(1);
  });
});
