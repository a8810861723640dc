import { ProviderError, systemClock } from '@talkturo/voice';
import { createScriptedLanguageModel } from '@talkturo/voice/testing';
import { expect, test } from 'vitest';
import { scriptedProviders } from '../testing/call-kit.ts';
import { chooseStages, type Providers, type Resolution, type WantedStages } from './stage-choice.ts';

const local: WantedStages = { transcriptorProvider: 'local', provider: 'local', voiceProvider: 'local', language: 'en-US' };
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
