import { CHECK_PROBLEMS } from '@talkturo/contract';
import { type KeySimulator, startKeySimulator } from '@talkturo/providers/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inGerman } from '../http/language/failure-language.ts';
import { signedUp } from '../testing/test-browser.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { sentenceOf } from './vendor-access.ts';

let vendors: KeySimulator;
let server: TestServer;
beforeAll(async () => {
  vendors = await startKeySimulator();
  server = await createTestServer(vendors.settings);
});
afterAll(async () => {
  await server.close();
  await vendors.stop();
});

test.each(CHECK_PROBLEMS)('what a vendor said to a key is German as a whole: %s', (problem) => {
  const english = sentenceOf('ElevenLabs', { ok: false, problem, said: 'elevenlabs answered 500: boom' });
  const german = inGerman(english);
  expect(german).toMatch(/ElevenLabs.*[.] \(elevenlabs antwortete mit 500: boom\)$/);
  expect(german).not.toMatch(/\b(the|is|does|did|refused)\b/);
});

test('what was said already is not said again in brackets', () => {
  const stalled = sentenceOf('ElevenLabs', { ok: false, problem: 'timeout', said: 'elevenlabs did not answer in time.' });
  expect([stalled, inGerman(stalled)]).toEqual(['ElevenLabs did not answer in time.', 'ElevenLabs hat nicht rechtzeitig geantwortet.']);
});

test('people read in their language what a vendor said, programs in English', async () => {
  const owner = await signedUp(server);
  const { key } = await server.tenantOf(owner.slug);
  const german = { 'x-account-slug': owner.slug, 'accept-language': 'de' };
  const providers = { elevenlabs: { api_key: 'a-key-of-nobody' } };
  await owner.send('PUT', '/api/settings/providers', { providers }, german);
  const { body: checked } = await owner.send('POST', '/api/settings/providers/elevenlabs/check', {}, german);
  const told = /^ElevenLabs nimmt den Schlüssel nicht an: .* \(elevenlabs antwortete mit 401: Invalid API key\)$/;
  expect(checked.check.message).toMatch(told);
  const { body: list } = await owner.send('GET', '/api/settings/providers', undefined, german);
  const shown = list.providers.find((one: { provider: string }) => one.provider === 'elevenlabs');
  expect(shown.last_check.message).toMatch(told);
  const { body: voices } = await owner.send('GET', '/api/voices', undefined, german);
  expect(voices.sources.elevenlabs.message).toMatch(/^ElevenLabs hat die Anfrage abgelehnt\. \(elevenlabs antwortete mit 404/);
  const program = { authorization: `Bearer ${key}`, 'accept-language': 'de' };
  const { body } = await server.request('GET', '/api/voices', { headers: program });
  expect(body.sources.elevenlabs.message).toMatch(/^ElevenLabs refused the request\. \(elevenlabs answered 404/);
});
