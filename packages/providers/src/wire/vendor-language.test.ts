import { expect, test } from 'vitest';
import { cartesiaFormat, cartesiaRequest } from '../cartesia/cartesia-request.ts';
import { listenAddress } from '../deepgram/listen-address.ts';
import { streamInputAddress } from '../elevenlabs/stream-request.ts';
import { vendorLanguage } from './vendor-language.ts';

test.each([
  ['de-AT', 'de'],
  ['EN', 'en'],
  ['nb-NO', 'no'],
  ['nn', 'no'],
])('%s is called %s', (language, code) => {
  expect(vendorLanguage(language)).toBe(code);
});

test('Norwegian is heard and spoken', () => {
  const voice = { model: null, id: null, name: null, language: 'nb-NO', sampleRate: 8000 };
  const heard = listenAddress('https://vendor.test', { model: null, language: 'nb-NO', sampleRate: 8000 });
  expect(heard.searchParams.get('language')).toBe('no');
  expect(streamInputAddress('https://vendor.test', voice).searchParams.get('language_code')).toBe('no');
  expect(cartesiaRequest(voice, cartesiaFormat(8000))).toMatchObject({ language: 'no' });
});
