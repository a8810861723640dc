import type { LanguageModel, SpeechSessionEvent, SpeechToSpeech, SpeechToText, TextToSpeech, TranscriptEvent } from '@talkturo/voice';
import { resample } from '@talkturo/voice';
import { describe, expect, test } from 'vitest';
import {
  providerIds,
  type Resolution,
  resolveLanguageModel,
  resolveSpeechToSpeech,
  resolveSpeechToText,
  resolveTextToSpeech,
} from '../catalog.ts';
import { PROVIDER_SETTINGS } from '../define.ts';
import { framesOf, inARow, lineNoise, testSpeech } from './test-speech.ts';
import { wordErrors } from './word-errors.ts';

const settings = Object.fromEntries(
  PROVIDER_SETTINGS.flatMap((name) => {
    const value = process.env[name]?.trim();
    return value ? [[name, value]] : [];
  }),
);
const resources = { settings, localSpeech: null };
const vendors = (ids: readonly string[]) => ids.filter((id) => id !== 'local');

/** Runs against the service when its settings are there; else it is skipped, and its name says for want of what. */
function live<Port>(name: string, resolution: Resolution<Port>, run: (port: Port) => Promise<void>): void {
  const why = resolution.ok ? '' : ` — skipped: ${resolution.message}`;
  test.runIf(resolution.ok)(`${name}${why}`, async () => {
    if (resolution.ok) await run(resolution.create());
  });
}

const SENTENCE = 'We are open every day from eight to six.';
const FRAME_MS = 20;

/** A caller cannot speak faster than real time, and some services refuse it. */
async function hear(speechToText: SpeechToText, model: string | null): Promise<string> {
  const abort = new AbortController();
  const sound = inARow(lineNoise(300), testSpeech(SENTENCE), lineNoise(2500));
  const stream = await speechToText.open({ model, language: 'en', sampleRate: 8000, signal: abort.signal });
  const events: TranscriptEvent[] = [];
  const listening = (async () => {
    for await (const event of stream) events.push(event);
  })();
  await new Promise<void>((resolve) => {
    const frames = framesOf(sound);
    const pace = setInterval(() => {
      const next = frames.next();
      if (!next.done) return stream.write(next.value);
      clearInterval(pace);
      resolve();
    }, FRAME_MS);
  });
  stream.close();
  await listening;
  return events.flatMap((event) => (event.type === 'final' ? [event.text] : [])).join(' ');
}

async function speak(textToSpeech: TextToSpeech): Promise<number> {
  const voice = { model: null, id: null, name: null, language: 'en', sampleRate: 8000 };
  let ms = 0;
  for await (const { pcm, sampleRate } of textToSpeech.speak(SENTENCE, voice, new AbortController().signal))
    ms += (pcm.length * 1000) / sampleRate;
  return ms;
}

async function answer(model: LanguageModel): Promise<string> {
  const request = {
    model: null,
    instructions: 'You are the assistant of a bakery that is open from 8 to 18. Answer in one short sentence.',
    messages: [{ role: 'user' as const, content: 'When do you close?' }],
    tools: [],
    temperature: 0.2,
    maxTokens: 200,
    language: 'en',
  };
  let text = '';
  for await (const part of model.reply(request, new AbortController().signal)) if (part.type === 'text') text += part.text;
  return text;
}

/** Asks a realtime model a question aloud. @returns what it heard, what it said, and how long that took to say */
async function converse(model: SpeechToSpeech): Promise<{ heard: string; said: string; ms: number }> {
  const session = await model.open({
    model: null,
    voice: null,
    language: 'en',
    instructions: 'You are the assistant of a bakery that is open from 8 to 18. Answer in one short sentence.',
    tools: [],
    temperature: 0.2,
    sampleRate: 8000,
    history: [],
    signal: new AbortController().signal,
  });
  const events: SpeechSessionEvent[] = [];
  const answered = (async () => {
    for await (const event of session) {
      events.push(event);
      const done = events.some(({ type }) => type === 'reply-ended') && events.some((each) => each.type === 'caller-text' && each.final);
      if (done) return;
    }
  })();
  const sound = inARow(lineNoise(300), testSpeech('When do you close in the evening?'), lineNoise(8000));
  const frames = framesOf(resample(sound, 8000, session.sampleRate), session.sampleRate);
  const pace = setInterval(() => {
    const next = frames.next();
    if (next.done) clearInterval(pace);
    else session.write(next.value);
  }, FRAME_MS);
  await answered;
  clearInterval(pace);
  session.close();
  return {
    heard: events.flatMap((event) => (event.type === 'caller-text' && event.final ? [event.text] : [])).join(' '),
    said: events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''),
    ms: events.reduce((ms, event) => (event.type === 'sound' ? ms + (event.pcm.length * 1000) / event.sampleRate : ms), 0),
  };
}

describe('real transcription', () => {
  for (const id of vendors(providerIds.speechToText)) {
    for (const model of id === 'deepgram' ? ['nova-2', 'nova-3', 'flux-general-en'] : [null]) {
      live(`${model ?? id} hears a sentence`, resolveSpeechToText(id, resources), async (port) => {
        const { errors, words } = wordErrors(SENTENCE, await hear(port, model));
        expect(errors / words).toBeLessThan(0.35);
      });
    }
  }
});

describe('real voices', () => {
  for (const id of vendors(providerIds.textToSpeech)) {
    live(`${id} speaks a sentence`, resolveTextToSpeech(id, resources), async (port) => {
      const ms = await speak(port);
      expect(ms).toBeGreaterThan(1000);
      expect(ms).toBeLessThan(10_000);
    });
  }
});

describe('real language models', () => {
  for (const id of vendors(providerIds.languageModel)) {
    live(`${id} answers a question`, resolveLanguageModel(id, resources), async (port) => {
      expect(await answer(port)).toMatch(/18|six|6/i);
    });
  }
});

describe('real realtime models', () => {
  for (const id of vendors(providerIds.speechToSpeech)) {
    live(`${id} hears a question and answers it aloud`, resolveSpeechToSpeech(id, resources), async (port) => {
      const { heard, said, ms } = await converse(port);
      expect(heard).toMatch(/close/i);
      expect(said).toMatch(/18|six|6/i);
      expect(ms).toBeGreaterThan(500);
    });
  }
});
