import { expect, test } from 'vitest';
import { parseClientMessage } from './web-message.ts';

const parse = (text: string) => parseClientMessage(Buffer.from(text));

test('a message of the protocol', () => {
  expect(parse('{"type": "ping", "id": "a"}')).toEqual({ message: { type: 'ping', id: 'a' } });
});

test.each([
  ['what is not JSON', '{', /not JSON/],
  ['a version that is none', '{"type": "hello", "version": "2"}', /version: .*1/],
  ['a number where a text belongs', '{"type": "ping", "id": 7}', /id: .*string/],
  ['keys that are none', '{"type": "digits", "digits": "12x"}', /digits: /],
  ['an unknown type', '{"type": "dance"}', /type: /],
  ['no object', '7', /object/],
])('of %s it says what is wrong', (_what, text, sentence) => {
  expect(parse(text)).toEqual({ problem: expect.stringMatching(sentence) });
});

test('a hello of another version names it', () => {
  expect(parse('{"type": "hello", "version": 2}')).toEqual({ version: 2 });
});
