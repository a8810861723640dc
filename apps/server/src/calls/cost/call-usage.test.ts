import { createEnergyVoiceActivity, type StageUse } from '@talkturo/voice';
import { createHandClock, createScriptedSpeechToSpeech } from '@talkturo/voice/testing';
import { expect, test } from 'vitest';
import type { PreparedCall } from '../prepared-call.ts';
import { createCallUsage } from './call-usage.ts';

const port = (id: string) => ({ id }) as never;
const stages: PreparedCall['stages'] = {
  voiceActivity: createEnergyVoiceActivity(),
  speechToText: [port('deepgram'), port('local')],
  languageModel: [port('anthropic')],
  textToSpeech: [port('cartesia')],
};
const use = (stage: StageUse['stage'], provider: string, model: string | null, rest: Partial<StageUse>): StageUse => ({
  stage,
  provider,
  model,
  counted: true,
  inputTokens: 0,
  outputTokens: 0,
  characters: 0,
  seconds: 0,
  ...rest,
});
const started = { type: 'started', atMs: 0 } as const;
const totals = { inputTokens: 0, outputTokens: 0, spokenCharacters: 0, transcribedSeconds: 0 };

/** What is not nothing of what was used, or is not known. */
function usedBy(uses: readonly StageUse[] | null, of = stages) {
  const usage = createCallUsage({ stages: of });
  usage.hear(started);
  if (uses) usage.hear({ type: 'usage', atMs: 0, ...totals, uses });
  return usage
    .used('telnyx', 30)
    .filter(({ quantity, sure }) => quantity > 0 || sure !== 'counted')
    .map(
      ({ kind, vendor, model, unit, quantity, sure }) =>
        `${kind} ${vendor} ${model} ${quantity} ${unit}${sure === 'counted' ? '' : ` ${sure}`}`,
    );
}

test('each vendor and model of a call that fell back has its own, in the order of the stages', () => {
  expect(
    usedBy([
      use('language-model', 'anthropic', 'claude-haiku-4-5', { counted: false, inputTokens: 90 }),
      use('language-model', 'anthropic/claude-sonnet-5', 'claude-sonnet-5', { inputTokens: 100, outputTokens: 7 }),
      use('text-to-speech', 'cartesia', 'sonic-3', { characters: 40 }),
      use('text-to-speech', 'elevenlabs', 'eleven_flash_v2_5', { characters: 60 }),
      use('speech-to-text', 'deepgram', 'nova-3', { seconds: 12.5 }),
      use('speech-to-text', 'local', 'nova-3', { seconds: 20 }),
    ]),
  ).toEqual([
    'carrier telnyx null 30 seconds',
    'transcription deepgram nova-3 12.5 seconds',
    'transcription local null 20 seconds',
    'language_model anthropic claude-haiku-4-5 90 input_tokens estimated',
    'language_model anthropic claude-haiku-4-5 0 output_tokens estimated',
    'language_model anthropic claude-sonnet-5 100 input_tokens',
    'language_model anthropic claude-sonnet-5 7 output_tokens',
    'voice cartesia sonic-3 40 characters',
    'voice elevenlabs eleven_flash_v2_5 60 characters',
  ]);
});

test('a realtime model is charged for the sound it was sent and for its tokens, and those it did not tell are not known', () => {
  const both = (rest: Partial<StageUse>) => use('speech-to-speech', 'gemini-live', 'gemini-3.8-live', rest);
  expect(usedBy([both({ inputTokens: 10, outputTokens: 5, seconds: 8 }), both({ counted: false })])).toEqual([
    'carrier telnyx null 30 seconds',
    'transcription gemini-live gemini-3.8-live 8 seconds',
    'language_model gemini-live gemini-3.8-live 10 input_tokens',
    'language_model gemini-live gemini-3.8-live 5 output_tokens',
    'language_model gemini-live gemini-3.8-live 0 input_tokens unknown',
    'language_model gemini-live gemini-3.8-live 0 output_tokens unknown',
  ]);
});

test('what runs here is one vendor, whatever it is called', () => {
  expect(
    usedBy([
      use('language-model', 'consultation', null, { counted: false }),
      use('text-to-speech', 'local', null, { characters: 3 }),
      use('text-to-speech', 'local/another', 'another', { characters: 4 }),
    ]),
  ).toEqual([
    'carrier telnyx null 30 seconds',
    'language_model local null 0 input_tokens unknown',
    'language_model local null 0 output_tokens unknown',
    'voice local null 7 characters',
  ]);
});

test('a conversation that had to be ended by force has told nothing: what its vendors are owed is not known', () => {
  expect(usedBy(null)).toEqual([
    'carrier telnyx null 30 seconds',
    'transcription deepgram null 0 seconds unknown',
    'language_model anthropic null 0 input_tokens unknown',
    'language_model anthropic null 0 output_tokens unknown',
    'voice cartesia null 0 characters unknown',
  ]);
  const speechToSpeech = createScriptedSpeechToSpeech(createHandClock(), { id: 'openai-realtime' });
  expect(usedBy(null, { ...stages, speechToSpeech }).slice(1)).toEqual([
    'language_model openai-realtime null 0 input_tokens unknown',
    'language_model openai-realtime null 0 output_tokens unknown',
  ]);
});

test('a call without a conversation has used its line alone', () => {
  expect(createCallUsage({ stages }).used('telnyx', 0)).toMatchObject([{ kind: 'carrier', sure: 'counted' }]);
});
