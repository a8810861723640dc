import { afterEach, describe, expect, test } from 'vitest';
import {
  CARTESIA_KEY,
  ELEVENLABS_KEY,
  type SocketSimulator,
  startCartesiaSimulator,
  startElevenLabsSimulator,
  voiceEntries,
} from '../testing/index.ts';
import { VOICE_VENDORS } from './voice-catalog.ts';
import { languageTags, readPages } from './voice-library.ts';

const never = new AbortController().signal;
const vendor = (id: string) => VOICE_VENDORS.find((each) => each.id === id)!;
let simulator: SocketSimulator | undefined;
afterEach(() => simulator?.stop());

describe.each([
  ['cartesia', startCartesiaSimulator, CARTESIA_KEY],
  ['elevenlabs', startElevenLabsSimulator, ELEVENLABS_KEY],
] as const)('the voices of %s', (id, start, key) => {
  const name = id.toUpperCase();
  const library = (apiKey: string = key) => vendor(id).create({ [`${name}_API_KEY`]: apiKey, [`${name}_API_URL`]: simulator?.url });

  test('are read over all pages, in one shape', async () => {
    simulator = await start(voiceEntries(230));
    const voices = await library().list(never);
    expect(voices.map((voice) => voice.id)).toEqual(voiceEntries(230).map((voice) => voice.id));
    expect(simulator.requests).toHaveLength(3);
    expect(voices[0]).toMatchObject({ name: 'Voice 1', gender: 'female', languages: ['en', 'en-US'], accent: 'plain', own: true });
    expect(voices[1]).toMatchObject({ gender: 'male', languages: ['de', 'de-DE'], own: false });
    expect(voices[2]).toMatchObject({ gender: 'neutral' });
  });

  test('have samples, for which the key goes to the vendor alone', async () => {
    simulator = await start(voiceEntries(1));
    const [voice] = await library().list(never);
    const url = voice?.previewUrl ?? '';
    expect(url.startsWith(simulator.url)).toBe(true);
    const sample = await fetch(url, { headers: library().previewHeaders(url) });
    expect([sample.status, sample.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(library().previewHeaders('https://files.example.com/voice.mp3')).toEqual({});
  });

  test('are refused to a wrong key', async () => {
    simulator = await start(voiceEntries(1));
    await expect(library('wrong').list(never)).rejects.toMatchObject({ kind: 'auth', provider: id });
  });

  test('cannot be read when the vendor is down or answers nonsense', async () => {
    simulator = await start(voiceEntries(1));
    simulator.befalls({ refuse: 503 }, 'garbage');
    await expect(library().list(never)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(library().list(never)).rejects.toMatchObject({ kind: 'protocol' });
  });
});

test('a professional voice of ElevenLabs is the account’s own where it says so', async () => {
  const voices = [
    { voice_id: 'a', category: 'professional', is_owner: true },
    { voice_id: 'b', category: 'professional', is_owner: false },
    { voice_id: 'c', category: 'professional' },
    { voice_id: 'd', category: 'cloned' },
  ];
  const fetch = async () => new Response(JSON.stringify({ voices, has_more: false }));
  const list = await vendor('elevenlabs').create({ ELEVENLABS_API_KEY: 'k' }, fetch).list(never);
  expect(list.map(({ id, own }) => [id, own])).toEqual([
    ['a', true],
    ['b', false],
    ['c', false],
    ['d', true],
  ]);
});

test('the local voices need no key', async () => {
  expect(vendor('local').key).toBeNull();
  expect((await vendor('local').create({}).list(never)).map(({ id, gender }) => [id, gender])).toContainEqual(['slt', 'female']);
});

test('a list that never ends is read to a bound', async () => {
  const all = await readPages(async (after) => ({ items: Array(100).fill(after), next: `${Number(after ?? 0) + 1}` }));
  expect(all).toHaveLength(2_000);
  const small = await readPages(async () => ({ items: ['x'], next: 'again' }));
  expect(small).toHaveLength(40);
});

test('languages come in one form', () => {
  expect(languageTags(['en_us', 'EN-us', null, 'no language at all', 'de'])).toEqual(['en-US', 'de']);
});
