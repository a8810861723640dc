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
    ['Kommen Sie z. B. am 3. Mai um 9 Uhr. Passt das?', ['Kommen Sie z. B. am 3. Mai um 9 Uhr. ', 'Passt das?']],
    ['Am 24.12. haben wir zu. Danach nicht.', ['Am 24.12. haben wir zu. ', 'Danach nicht.']],
    ['Prof. Dr. med. Öz ist da. Ja.', ['Prof. Dr. med. Öz ist da. ', 'Ja.']],
    ['Der 2. Termin, Hauptstr. 5. Gut.', ['Der 2. Termin, Hauptstr. 5. Gut.']],
    ['Brot, Kuchen usw. Und Tee.', ['Brot, Kuchen usw. ', 'Und Tee.']],
    ['Das geht am Mo. oder Di. auch. Gut.', ['Das geht am Mo. oder Di. auch. ', 'Gut.']],
    ['Schreiben Sie an a.b@shop.de. Danke.', ['Schreiben Sie an a.b@shop.de. ', 'Danke.']],
    ['We close at 5 p.m. on Monday. Ok.', ['We close at 5 p.m. on Monday. ', 'Ok.']],
    ['We close at 5 p.m. We open again.', ['We close at 5 p.m. ', 'We open again.']],
    ['The U.S. office. J. R. Smith.', ['The U.S. office. ', 'J. R. Smith.']],
    ['No. I do not. See No. 5 there.', ['No. ', 'I do not. ', 'See No. 5 there.']],
    ['El Sr. García, p. ej. mañana. Vale.', ['El Sr. García, p. ej. mañana. ', 'Vale.']],
    ['M. Dupont et Mme. Roux, etc. Ensuite.', ['M. Dupont et Mme. Roux, etc. ', 'Ensuite.']],
    ['1. Bread\n2. Rolls\n', ['1. Bread\n', '2. Rolls\n']],
    ['Yes... maybe. Really?! Ok.', ['Yes... maybe. ', 'Really?! ', 'Ok.']],
    ['कैसे हैं। ठीक।', ['कैसे हैं। ', 'ठीक।']],
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

  it('begins it before the sentence has come to its end', () => {
    const cutter = createSentenceCutter();
    const pieces = ['Gerne,', ' ich', ' schaue', ' kurz', ' nach,', ' ob', ' wir', ' am', ' Freitag', ' noch', ' einen'];
    expect(pieces.flatMap((piece) => cutter.push(piece))).toEqual(['Gerne, ich schaue kurz nach, ']);
  });

  it('begins at a short clause where there is no longer one, and sooner in dense scripts', () => {
    const long = 'Sure, let me look that up for you in the book that lies behind the counter of our shop in the old town';
    expect(cut(long, 5)).toEqual(['Sure, ', long.slice(6)]);
    expect(cut('好的，我现在就来帮您查一下我们星期五是否还有空位，请您稍等', 1)).toEqual([
      '好的，我现在就来帮您查一下我们星期五是否还有空位，',
      '请您稍等',
    ]);
  });

  it('cuts the same however the text comes in pieces', () => {
    const text = 'Am 3. Mai, z. B. um 9 Uhr. Passt das? Wir haben bis 5 p.m. We do. No. 5 is it. Ja.';
    for (let size = 1; size < 9; size++) expect(cut(text, size)).toEqual(cut(text));
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
