import { expect, test } from 'vitest';
import { providerIds, resolveLanguageModel, resolveSpeechToText, resolveTextToSpeech } from './catalog.ts';

const nothing = { settings: {}, localSpeech: null };

test('every provider of the documented lists is known', () => {
  expect(providerIds.languageModel).toEqual(
    expect.arrayContaining(['openai', 'anthropic', 'google', 'deepseek', 'qwen', 'openai-compatible', 'local']),
  );
  expect(providerIds.textToSpeech).toEqual(expect.arrayContaining(['cartesia', 'elevenlabs', 'local']));
  expect(providerIds.speechToText).toEqual(expect.arrayContaining(['deepgram', 'assemblyai', 'local']));
});

test.each([
  [resolveSpeechToText('deepgram', nothing), 'DEEPGRAM_API_KEY'],
  [resolveTextToSpeech('elevenlabs', nothing), 'ELEVENLABS_API_KEY'],
  [resolveLanguageModel('openai', nothing), 'OPENAI_API_KEY'],
  [resolveLanguageModel('openai-compatible', nothing), 'LLM_BASE_URL'],
  [resolveLanguageModel('openai-compatible', { settings: { LLM_BASE_URL: 'http://localhost:11434' }, localSpeech: null }), 'LLM_MODEL'],
])('what is missing is named', (resolution, setting) => {
  expect(resolution).toMatchObject({ ok: false, reason: 'missing', setting, message: expect.stringContaining(setting) });
});

test('a name nobody has', () => {
  expect(resolveLanguageModel('hal', nothing)).toMatchObject({ ok: false, reason: 'unknown', message: expect.stringContaining('"hal"') });
});

test('the local dialogue needs nothing', () => {
  const resolution = resolveLanguageModel('local', nothing);
  expect(resolution.ok && resolution.create().id).toBe('local');
});

test('a server of one’s own needs two settings', () => {
  const resolution = resolveLanguageModel('openai-compatible', {
    settings: { LLM_BASE_URL: 'http://localhost:11434', LLM_MODEL: 'llama3' },
    localSpeech: null,
  });
  expect(resolution.ok && resolution.create().id).toBe('openai-compatible');
});

test('local speech that is not running is an error that says so', () => {
  const resolution = resolveSpeechToText('local', nothing);
  expect(() => resolution.ok && resolution.create()).toThrow('not running');
});
