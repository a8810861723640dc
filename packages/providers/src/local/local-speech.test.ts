import { ProviderError, type TranscriptEvent } from '@talkturo/voice';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { framesOf, inARow, lineNoise, overTelephone, testSpeech } from '../testing/test-speech.ts';
import { wordErrors } from '../testing/word-errors.ts';
import { type LocalSpeech, startLocalSpeech } from './local-speech.ts';

let speech: LocalSpeech;
beforeAll(async () => {
  speech = await startLocalSpeech();
});
afterAll(() => speech.stop());

const never = new AbortController().signal;
const english = { model: null, language: 'en', sampleRate: 8000, signal: never };
const voice = { model: null, id: null, name: null, language: 'en-US', sampleRate: 8000 };

/** Transcribes whole sound as one turn. */
async function transcribe(pcm: Int16Array): Promise<Extract<TranscriptEvent, { type: 'final' }>> {
  const stream = await speech.speechToText.open(english);
  for (const frame of framesOf(pcm)) stream.write(frame);
  const endMs = pcm.length / 8;
  stream.activity!({ type: 'start', startMs: 0, endMs: 0 });
  stream.activity!({ type: 'end', startMs: 0, endMs });
  for await (const event of stream) {
    if (event.type !== 'final') continue;
    stream.close();
    return event;
  }
  throw new Error('The stream ended without a final.');
}

test('sentences spoken over the telephone are understood, and surely', async () => {
  const said = [
    'What are your opening hours on Saturday?',
    'I would like to book a repair for my bicycle.',
    'Can you tell me your address please?',
    'How much does a new tyre cost?',
  ];
  let errors = 0;
  let words = 0;
  for (const sentence of said) {
    const heard = await transcribe(overTelephone(testSpeech(sentence)));
    const result = wordErrors(sentence, heard.text);
    errors += result.errors;
    words += result.words;
    expect(heard.confidence).toBeGreaterThan(0.7);
  }
  // flite heard by Moonshine over the telephone loses about 8% of the words.
  expect(errors / words).toBeLessThan(0.2);
});

test.each([
  ['silence', new Int16Array(8000)],
  ['a quiet line', lineNoise(1000)],
  ['loud noise', lineNoise(2000, 8000, 12_000)],
  ['a tone', Int16Array.from({ length: 12_000 }, (_, i) => 8000 * Math.sin((2 * Math.PI * 425 * i) / 8000))],
  ['clipped garbage', Int16Array.from({ length: 4000 }, (_, i) => (i % 7 < 3 ? 32767 : -32768))],
  ['a single sample', Int16Array.of(1000)],
])('%s has no words', async (_, pcm) => {
  expect((await transcribe(pcm)).text).toBe('');
});

test('the voice speaks what the transcriber then understands', async () => {
  const pieces: Int16Array[] = [];
  for await (const chunk of speech.textToSpeech.speak('It costs $4.50.', voice, never)) {
    expect(chunk.sampleRate).toBe(8000);
    pieces.push(chunk.pcm);
  }
  const heard = await transcribe(overTelephone(inARow(...pieces)));
  expect(wordErrors('It costs four dollars and fifty cents.', heard.text.replace('$4.50', 'four dollars and fifty cents')).errors).toBe(0);
});

test('other languages are refused with a reason', async () => {
  await expect(speech.speechToText.open({ ...english, language: 'de' })).rejects.toThrow('understands English only');
  const german = speech.textToSpeech.speak('Guten Tag', { ...voice, language: 'de-DE' }, never)[Symbol.asyncIterator]();
  await expect(german.next()).rejects.toThrow('speaks English only');
  await expect(speech.speechToText.open({ ...english, language: 'fr' })).rejects.toBeInstanceOf(ProviderError);
});

test('a voice of another vendor is spoken by the default, a voice of ours by itself', async () => {
  const first = async (id: string | null) => {
    for await (const chunk of speech.textToSpeech.speak('Hello there.', { ...voice, id }, never)) return chunk.pcm;
    return null;
  };
  const standard = await first(null);
  expect(await first('a0e99841-438c-4a64-b679-ae501e7d6091')).toEqual(standard);
  expect(await first('slt')).not.toEqual(standard);
});

test('interrupting the voice ends it at once, without an error', async () => {
  const abort = new AbortController();
  const chunks: Int16Array[] = [];
  for await (const { pcm } of speech.textToSpeech.speak('One sentence. And another one. And a third one.', voice, abort.signal)) {
    chunks.push(pcm);
    abort.abort();
  }
  expect(chunks).toHaveLength(1);
});

test('more than the voice can queue is refused, and the voice works on', async () => {
  const abort = new AbortController();
  const speak = (signal: AbortSignal) =>
    speech.textToSpeech.speak('Very many people speak at once.', voice, signal)[Symbol.asyncIterator]().next();
  const speaking = Array.from({ length: 80 }, () => speak(abort.signal));
  const settled = Promise.allSettled(speaking);
  await speaking[0];
  // The others hang up: what waits for them is dropped unspoken.
  abort.abort();
  const outcomes = await settled;
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(({ reason }) => reason instanceof ProviderError && reason.kind === 'rate-limit')).toBe(true);
  expect((await speak(never)).value?.pcm.length).toBeGreaterThan(8000);
});
