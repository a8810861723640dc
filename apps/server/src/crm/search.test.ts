import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, searchTextOf, searchWords } from './search.ts';

test.each([
  ['Müller', 'muller'],
  ['  Jean-Élise   Noël ', 'jean-elise noel'],
  ['Weiß Łódź Ørsted', 'weiss lodz orsted'],
])('%s is compared as %s', (text, folded) => expect(fold(text)).toBe(folded));

test.each([
  ['(415) 555-0101', ['4155550101']],
  ['+1 415 555 0101', ['14155550101']],
  ['0151 2345', ['1512345']],
  ['+49 (0)30 1234', ['49301234']],
  ['0049 30', ['4930']],
  ['Ada  LOVELACE', ['ada', 'lovelace']],
  ['  ', []],
  ['000', []],
])('the query %j has the words %j', (query, words) => expect(searchWords(query)).toEqual(words));

test('what is folded is ASCII, and any part of a text is found in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(text)).toMatch(/^[\0-\x7f]*$/);
      for (const word of searchWords(text).filter(() => /\p{L}/u.test(text))) expect(searchTextOf(text)).toContain(word);
    }),
  );
});
