import {
  type ProviderResources,
  resolveLanguageModel,
  resolveSpeechToSpeech,
  resolveSpeechToText,
  resolveTextToSpeech,
} from '@talkturo/providers';
import { createEnergyVoiceActivity } from '@talkturo/voice';
import { expect, test } from 'vitest';
import { namedLanguageModel } from '../named-ports.ts';
import type { PreparedCall } from '../prepared-call.ts';
import { createCallUsage } from './call-usage.ts';

const resources: ProviderResources = {
  settings: { ANTHROPIC_API_KEY: 'k', DEEPGRAM_API_KEY: 'k', CARTESIA_API_KEY: 'k', GOOGLE_API_KEY: 'k' },
  localSpeech: null,
};
function built<Port>(resolution: { ok: true; create: () => Port } | { ok: false; message: string }): Port {
  if (!resolution.ok) throw new Error(resolution.message);
  return resolution.create();
}
const model = built(resolveLanguageModel('anthropic', resources));
const stages: PreparedCall['stages'] = {
  voiceActivity: createEnergyVoiceActivity(),
  speechToText: [built(resolveSpeechToText('deepgram', resources))],
  languageModel: [model],
  textToSpeech: [built(resolveTextToSpeech('cartesia', resources))],
};
/** Names of models that their vendors have taken out of service, or that stand for one of several. */
const briefing: PreparedCall['briefing'] = {
  instructions: '',
  firstMessage: null,
  language: 'de-DE',
  transcriberModel: 'flux',
  model: 'claude-3-5-haiku-latest',
  temperature: 0.7,
  maxTokens: 100,
  voice: { model: 'sonic-english', id: null, name: null, language: 'de-DE', sampleRate: 8000 },
  hints: [],
};

function usedBy(call: Pick<PreparedCall, 'stages' | 'briefing'>) {
  const usage = createCallUsage(call);
  usage.hear({ type: 'usage', atMs: 0, inputTokens: 10, outputTokens: 5, spokenCharacters: 20, transcribedSeconds: 30 });
  return usage.used('local', 30).map(({ kind, vendor, model, unit }) => `${kind} ${vendor} ${model} ${unit}`);
}

test('what was used is of the models that worked, whatever the assistant calls them', () => {
  expect(usedBy({ stages, briefing })).toEqual([
    'carrier local null seconds',
    'transcription deepgram flux-general-multi seconds',
    'language_model anthropic claude-haiku-4-5 input_tokens',
    'language_model anthropic claude-haiku-4-5 output_tokens',
    'voice cartesia sonic-3 characters',
  ]);
});

test('a fallback in the place of the first has a model of its own', () => {
  const languageModel = [namedLanguageModel(model, { model: 'claude-3-haiku-20240307', voiceId: null }, false)];
  expect(usedBy({ stages: { ...stages, languageModel }, briefing: { ...briefing, model: null } })).toContain(
    'language_model anthropic claude-haiku-4-5 input_tokens',
  );
});

test('a realtime model that nobody named is the vendor’s own choice', () => {
  const speechToSpeech = built(resolveSpeechToSpeech('gemini-live', resources));
  expect(usedBy({ stages: { ...stages, speechToSpeech }, briefing: { ...briefing, realtime: { model: null, voice: null } } })).toEqual([
    'carrier local null seconds',
    'transcription gemini-live gemini-3.8-live seconds',
    'language_model gemini-live gemini-3.8-live input_tokens',
    'language_model gemini-live gemini-3.8-live output_tokens',
    'voice cartesia sonic-3 characters',
  ]);
});
