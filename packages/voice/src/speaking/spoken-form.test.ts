import { performance } from 'node:perf_hooks';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutEvery, piecewise, tokensOf } from './reading/testing/piecewise.ts';
import { createSpokenForm, saidOf, spokenForm } from './spoken-form.ts';

const itself = { language: 'en', readsNumbers: true };
const written = { language: 'en', readsNumbers: false };

describe('a voice that reads numbers itself', () => {
  it.each([
    ['Write to jane.doe-2@mail.example.com today.', 'Write to jane dot doe dash 2 at mail dot example dot com today.'],
    ['Call +1 415 555 0101 now', 'Call plus 1, 4 1 5, 5 5 5, 0 1 0 1 now'],
    ['Your order is 12345678.', 'Your order is 1 2 3, 4 5 6, 7 8.'],
    ['We have **two** kinds:\n# Bread', 'We have two kinds:\n Bread'],
    ['- one\n- two', 'one\ntwo'],
    ['See https://www.example.com/menu', 'See example dot com slash menu'],
    ['It costs 12.50 and takes 30 minutes, in 2026, on 2026-01-15.', 'It costs 12.50 and takes 30 minutes, in 2026, on 2026-01-15.'],
    ['Dr. Smith pays $5, e.g. today.', 'Dr. Smith pays $5, e.g. today.'],
    ['Sure 👍🏽 fine', 'Sure  fine'],
    ['Plain words, as they come.', 'Plain words, as they come.'],
    ['', ''],
  ])('gets %j as %j', (text, expected) => {
    expect(spokenForm(text, itself)).toBe(expected);
    for (const parts of [tokensOf(text), cutEvery(3, text), cutEvery(7, text)])
      expect(piecewise(parts, itself)).toEqual({ said: expected, written: text });
  });

  it('gets addresses in the caller’s language', () => {
    expect(spokenForm('anna@example.de', { ...itself, language: 'de-DE' })).toBe('anna at example Punkt de');
    expect(spokenForm('ana@example.es', { ...itself, language: 'es' })).toBe('ana arroba example punto es');
    expect(spokenForm('ana@example.it', { ...itself, language: 'it' })).toBe('ana chiocciola example punto it');
    expect(spokenForm('a@b.com, 5 km', { ...written, language: 'sw' })).toBe('a at b dot com, 5 km');
  });
});

describe('countries of one language', () => {
  it.each([
    ['en-US', 'April fifth'],
    ['en', 'April fifth'],
    ['en-GB', 'May fourth'],
  ])('%s reads 04/05/2026 as %s', (language, date) => {
    expect(spokenForm('04/05/2026', { ...written, language })).toBe(`${date}, twenty twenty six`);
  });
});

describe('text that comes in pieces', () => {
  it('passes at once where it is words', () => {
    const form = createSpokenForm(written);
    for (const piece of ['r0007', ' alpha', ' bravo', ',', ' and', ' so it is']) expect(saidOf(form.push(piece))).toBe(piece);
    expect(form.rest()).toEqual([]);
  });

  it('waits for the whole of a number and what belongs to it', () => {
    const form = createSpokenForm(written);
    const pieces = ['It costs $', '4', '.5', '0', ' today', ', on', ' May', ' 5', ' at', ' 9', ' am', ' or so'];
    const said = pieces.map((piece) => saidOf(form.push(piece)));
    expect(said.slice(0, 4)).toEqual(['It costs ', '', '', '']);
    expect(said.join('')).toBe('It costs four dollars and fifty cents today, on May fifth at nine A M or so');
    expect(form.rest()).toEqual([]);
  });

  it('gives out what is left at the end', () => {
    const form = createSpokenForm(written);
    expect(saidOf(form.push('at 5'))).toBe('at ');
    expect(form.rest()).toEqual([{ written: '5', said: 'five' }]);
    expect(form.rest()).toEqual([]);
  });

  it('holds nothing back for long', () => {
    const form = createSpokenForm(written);
    const out = Array.from({ length: 500 }, () => form.push('1 ')).flat();
    expect(out.reduce((sum, piece) => sum + piece.written.length, 0)).toBeGreaterThan(900);
  });

  it('is all said, whatever it is and however it is cut', () => {
    const languages = ['en', 'de', 'fr', 'es', 'it', 'ja'];
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        fc.constantFrom(' ', '. ', '$', '5', '1.000,5', ' 12:30', 'z.B.', 'Dr. ', '@', '.com', ' May ', '–', '€'),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...languages),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (parts, language, readsNumbers, size) => {
          const text = parts.join('');
          expect(piecewise(cutEvery(size, text), { language, readsNumbers }).written).toBe(text);
        },
      ),
    );
  });

  it('costs little, however the text is', () => {
    for (const text of [
      '1'.repeat(4000),
      '-'.repeat(4000),
      'a.'.repeat(2000),
      '('.repeat(4000),
      '1 000 '.repeat(600),
      'A'.repeat(4000),
      '['.repeat(4000),
    ]) {
      const before = performance.now();
      const cpu = process.cpuUsage();
      spokenForm(text.slice(0, 2000), written);
      piecewise(cutEvery(4, text), written);
      expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(3000);
      expect(performance.now()).toBeGreaterThan(before);
    }
  });
});
