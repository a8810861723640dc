import { collect } from '@talkturo/voice/testing';
import { expect, test } from 'vitest';
import { replayable, sentencesOf } from './spoken-text.ts';

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) {
    await new Promise((resolve) => setImmediate(resolve));
    yield text;
  }
}
const all = <T>(values: AsyncIterable<T>) => collect(values, 'the end of the text', 5000);

test('text that comes once is read as often as needed, even while it is still coming', async () => {
  const again = replayable(pieces('One, ', 'two, ', 'three.'));
  const first = again()[Symbol.asyncIterator]();
  expect(await first.next()).toEqual({ value: 'One, ', done: false });
  const [second, third] = await Promise.all([all(again()), all(again())]);
  expect(second).toEqual(['One, ', 'two, ', 'three.']);
  expect(third).toEqual(second);
  expect(await first.next()).toEqual({ value: 'two, ', done: false });
});

test('a text that fails does so for every reader', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield 'One';
    throw new Error('gone');
  }
  const again = replayable(failing());
  await expect(all(again())).rejects.toThrow('gone');
});

test.each([
  [
    ['Good morning. How ', 'are you?'],
    ['Good morning. ', 'How are you?'],
  ],
  [['… ', 'Hello. '], ['… Hello. ']],
  [['Well. ', '— '], ['Well. ']],
  [[' ', '...'], []],
  [[''], []],
])('%j is spoken as %j', async (texts, sentences) => {
  expect(await all(sentencesOf(pieces(...texts)))).toEqual(sentences);
});
