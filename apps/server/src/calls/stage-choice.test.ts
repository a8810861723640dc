import { ProviderError, systemClock } from '@talkturo/voice';
import {
  createScriptedLanguageModel,
  createScriptedSpeechToSpeech,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
} from '@talkturo/voice/testing';
import { expect, test } from 'vitest';
import { scriptedProviders } from '../testing/call-kit.ts';
import { chooseStages, type Providers, type Resolution, type WantedStages } from './stage-choice.ts';

const local: WantedStages = {
  transcriptorProvider: 'local',
  provider: 'local',
  voiceProvider: 'local',
  realtimeProvider: null,
  language: 'en-US',
};
const model = (id: string) => createScriptedLanguageModel(systemClock, { id });
const idsOf = (wanted: WantedStages, providers: Providers) => chooseStages(wanted, providers).stages.languageModel.map((port) => port.id);

function providers(more: Partial<Providers> = {}, models: Record<string, string> = { local: 'local' }): Providers {
  const languageModel = (id: string): Resolution<ReturnType<typeof model>> =>
    models[id] ? { ok: true, create: () => model(models[id]!) } : { ok: false, message: `It needs a key for ${id}.` };
  return { ...scriptedProviders(), languageModel, ...more };
}

test('local stages run as they are wanted', () => {
  const choice = chooseStages(local, providers());
  expect(choice.replacements).toEqual([]);
  expect(choice.asWanted).toEqual({ speechToText: false, languageModel: false, textToSpeech: false });
});

test('a vendor with a key runs, with the local one behind it', () => {
  const some = providers({}, { local: 'local', openai: 'openai' });
  expect(idsOf({ ...local, provider: 'openai' }, some)).toEqual(['openai', 'local']);
  expect(idsOf({ ...local, provider: 'openai' }, { ...some, fallback: false })).toEqual(['openai']);
  expect(chooseStages({ ...local, provider: 'openai' }, some).asWanted.languageModel).toBe(true);
});

test('without fallback a missing key fails the call and is named', () => {
  expect(() => chooseStages({ ...local, provider: 'openai' }, providers({ fallback: false }))).toThrow('It needs a key for openai.');
});

test('LLM_BASE_URL takes the place of local, and stands in for vendors', () => {
  const some = providers({ localLanguageModel: 'openai-compatible' }, { local: 'local', 'openai-compatible': 'openai-compatible' });
  expect(idsOf(local, some)).toEqual(['openai-compatible', 'local']);
  const choice = chooseStages({ ...local, provider: 'openai' }, some);
  expect(choice.stages.languageModel[0]?.id).toBe('openai-compatible');
  expect(choice.replacements).toEqual([
    { stage: 'language-model', wanted: 'openai', used: 'openai-compatible', reason: 'It needs a key for openai.' },
  ]);
});

test('a model of any language thinks in German; the dialogue engine does not', () => {
  const german = { ...local, language: 'de' };
  const speech = scriptedProviders();
  const any = { ...speech.speechToText('local') } as Extract<ReturnType<Providers['speechToText']>, { ok: true }>;
  const hears = { ...any, create: () => ({ ...any.create(), capabilities: { ...any.create().capabilities, languages: 'any' as const } }) };
  const some = providers({ speechToText: () => hears }, { local: 'local', openai: 'openai' });
  expect(idsOf({ ...german, provider: 'openai' }, some)).toEqual(['openai']);
  expect(() => chooseStages(german, some)).toThrow(/language de.*dialogue engine knows English only/);
});

test('models that did not start are as good as missing', () => {
  const broken = () => {
    throw new ProviderError('local', 'unavailable', 'The local speech models are not running.');
  };
  expect(() => chooseStages(local, providers({ textToSpeech: () => ({ ok: true, create: broken }) }))).toThrow('are not running');
});

test('whom the assistant names takes over first, with a model of its own, and the local one after that', async () => {
  const some = providers({}, { local: 'local', openai: 'openai', anthropic: 'anthropic' });
  const wanted = (provider: string): WantedStages => ({
    ...local,
    provider: 'openai',
    fallbacks: { languageModel: { provider, model: 'quick', voiceId: null } },
  });
  expect(idsOf(wanted('anthropic'), some)).toEqual(['openai', 'anthropic', 'local']);
  expect(idsOf(wanted('openai'), some)).toEqual(['openai', 'openai/quick', 'local']);
  expect(idsOf(wanted('anthropic'), { ...some, fallback: false })).toEqual(['openai', 'anthropic']);
  // Without a key of its own it is left out.
  expect(idsOf(wanted('google'), some)).toEqual(['openai', 'local']);
});

test('a fallback that the assistant names stands in for a vendor without a key', () => {
  const some = providers({ fallback: false }, { local: 'local', anthropic: 'anthropic' });
  const fallbacks = { languageModel: { provider: 'anthropic', model: null, voiceId: null } };
  const choice = chooseStages({ ...local, provider: 'openai', fallbacks }, some);
  expect(choice.stages.languageModel.map(({ id }) => id)).toEqual(['anthropic']);
  expect(choice.replacements).toEqual([
    { stage: 'language-model', wanted: 'openai', used: 'anthropic', reason: 'It needs a key for openai.' },
  ]);
});

test('a fallback is asked for its own model and voice, not for those of the first', async () => {
  const language = createScriptedLanguageModel(systemClock, { firstTokenMs: 0, tokenMs: 0 });
  const voice = createScriptedTextToSpeech(systemClock);
  const ears = createScriptedSpeechToText(systemClock);
  const spoken: unknown[] = [];
  const heard: unknown[] = [];
  const speak: typeof voice.speak = (text, asked, signal) => {
    spoken.push(asked);
    return voice.speak(text, asked, signal);
  };
  const open: typeof ears.open = (options) => {
    heard.push(options.model);
    return ears.open(options);
  };
  const speech = {
    ...scriptedProviders(),
    languageModel: () => ({ ok: true as const, create: () => language }),
    textToSpeech: () => ({ ok: true as const, create: () => ({ ...voice, speak }) }),
    speechToText: () => ({ ok: true as const, create: () => ({ ...ears, open }) }),
  };
  const own = (model: string, voiceId: string | null = null) => ({ provider: 'second', model, voiceId });
  const { stages } = chooseStages(
    {
      transcriptorProvider: 'first',
      provider: 'first',
      voiceProvider: 'first',
      realtimeProvider: null,
      language: 'en',
      fallbacks: { speechToText: own('s'), languageModel: own('l'), textToSpeech: own('t', 'v2') },
    },
    { ...speech, fallback: false },
  );
  const { signal } = new AbortController();
  const request = { model: 'gpt-4o-mini', instructions: '', messages: [], tools: [], temperature: 0, maxTokens: 1, language: 'en' };
  language.answers('Yes.');
  for await (const _ of stages.languageModel[1]!.reply(request, signal)) expect(language.requests.at(-1)?.model).toBe('l');
  const wished = { model: 'sonic-3', id: 'v1', name: 'Alex', language: 'en', sampleRate: 8000 };
  for await (const _ of stages.textToSpeech[1]!.speak('Yes.', wished, signal))
    expect(spoken).toEqual([{ ...wished, model: 't', id: 'v2', name: null }]);
  (await stages.speechToText[1]!.open({ model: 'nova-3', language: 'en', sampleRate: 8000, signal })).close();
  expect(heard).toEqual(['s']);
});

const realtime = { ...local, realtimeProvider: 'openai-realtime' };
const talks = { speechToSpeech: (id: string) => ({ ok: true as const, create: () => createScriptedSpeechToSpeech(systemClock, { id }) }) };

test('a realtime model leads the call, with the standard pipeline behind it', () => {
  const { stages, replacements } = chooseStages(realtime, providers(talks));
  expect(stages.speechToSpeech?.id).toBe('openai-realtime');
  expect(stages.languageModel.map(({ id }) => id)).toEqual(['local']);
  expect(replacements).toEqual([]);
  expect(chooseStages(local, providers(talks)).stages.speechToSpeech).toBeUndefined();
});

test('a realtime model stands alone where the pipeline cannot be had', () => {
  const { stages } = chooseStages(
    { ...realtime, language: 'de', transcriptorProvider: 'deepgram' },
    providers({ ...talks, fallback: false }),
  );
  expect(stages.speechToSpeech?.id).toBe('openai-realtime');
  expect([stages.speechToText, stages.languageModel]).toEqual([[], []]);
});

test('the standard pipeline takes the place of a realtime model whose key is missing', () => {
  const { stages, replacements } = chooseStages(realtime, providers());
  expect(stages.speechToSpeech).toBeUndefined();
  expect(replacements).toEqual([
    { stage: 'speech-to-speech', wanted: 'openai-realtime', used: 'standard', reason: 'It needs the setting OPENAI_API_KEY.' },
  ]);
  expect(() => chooseStages(realtime, providers({ fallback: false }))).toThrow('It needs the setting OPENAI_API_KEY.');
});
