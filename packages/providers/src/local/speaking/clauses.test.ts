import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clauses } from './clauses.ts';

test('sentences are pieces of their own', () => {
  expect(clauses('We are open. Come in!  Anything else?')).toEqual(['We are open.', 'Come in!', 'Anything else?']);
});

test('a long first sentence starts with a short clause', () => {
  expect(clauses('On weekdays we are open from nine to five, on Saturday from ten to two, and on Sunday we are closed all day.')).toEqual([
    'On weekdays we are open from nine to five,',
    'on Saturday from ten to two, and on Sunday we are closed all day.',
  ]);
});

test('without a comma it is cut before a joining word', () => {
  const pieces = clauses(
    'You can bring your bicycle to our workshop at any time during the opening hours and our mechanics will look at it while you wait for it',
  );
  expect(pieces[0]).toBe('You can bring your bicycle to our workshop at any time during the');
  expect(pieces.length).toBeGreaterThan(1);
});

test('nothing gives nothing', () => {
  expect(clauses('   ')).toEqual([]);
});

test('no word is lost and no piece is long, whatever the text', () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', ',', '.', '?', "'") });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 80 }), (words) => {
      const text = words.join(' ');
      const pieces = clauses(text);
      expect(pieces.join(' ').split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean));
      expect(pieces.every((piece) => piece.length <= 122)).toBe(true);
    }),
  );
});
