import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSentenceCutter } from './sentences.ts';

function cut(text: string, size = text.length): string[] {
  const cutter = createSentenceCutter();
  const all: string[] = [];
  for (let at = 0; at < text.length; at += size) all.push(...cutter.push(text.slice(at, at + size)));
  const rest = cutter.rest();
  return rest === '' ? all : [...all, rest];
}

describe('sentences', () => {
  it.each<[string, string[]]>([
    ['We are open. Come by!', ['We are open. ', 'Come by!']],
    ['Is it? Yes. Good…', ['Is it? ', 'Yes. ', 'Good…']],
    ['Ask for Dr. Smith or Mrs. Jones. Thanks.', ['Ask for Dr. Smith or Mrs. Jones. ', 'Thanks.']],
    ['It costs 3.50 today. Really.', ['It costs 3.50 today. ', 'Really.']],
    ['He said “stop.” Then he left.', ['He said “stop.” ', 'Then he left.']],
    ['是的。我们八点开门。', ['是的。', '我们八点开门。']],
    ['First\nSecond', ['First\n', 'Second']],
    ['no mark at all', ['no mark at all']],
  ])('%s', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('begins a long first sentence at its first clause', () => {
    const text = 'Yes, of course we have that bread, and we also have rolls, which are baked every morning. Anything else, perhaps?';
    expect(cut(text)).toEqual([
      'Yes, of course we have that bread, ',
      'and we also have rolls, which are baked every morning. ',
      'Anything else, perhaps?',
    ]);
  });

  it('cuts what never ends', () => {
    const pieces = cut('word '.repeat(200));
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(285);
  });

  it('never loses or adds a character, whatever comes in whatever pieces', () => {
    const text = fc
      .array(fc.constantFrom('a', 'Dr.', ' ', '. ', '! ', ', ', '。', '\n', 'wordwordword', '“', '”', '…', '3.5'), { maxLength: 80 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, size) => {
        expect(cut(whole, size).join('')).toBe(whole);
      }),
    );
  });
});
