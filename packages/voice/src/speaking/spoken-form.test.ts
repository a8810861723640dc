import { describe, expect, it } from 'vitest';
import { createSpokenForm, spokenForm } from './spoken-form.ts';

describe('spokenForm', () => {
  it.each([
    ['Write to jane.doe-2@mail.example.com today.', 'Write to jane dot doe dash 2 at mail dot example dot com today.'],
    ['Call +1 415 555 0101 now', 'Call plus 1, 4 1 5, 5 5 5, 0 1 0 1 now'],
    ['Your order is 12345678.', 'Your order is 1 2 3 4, 5 6 7 8.'],
    ['We have **two** kinds:\n# Bread', 'We have two kinds:\n Bread'],
    ['See https://www.example.com/menu', 'See example dot com slash menu'],
    ['It costs 12.50 and takes 30 minutes, in 2026.', 'It costs 12.50 and takes 30 minutes, in 2026.'],
    ['Sure 👍🏽 fine', 'Sure  fine'],
    ['Plain words, as they come.', 'Plain words, as they come.'],
  ])('%s', (text, expected) => {
    expect(spokenForm(text, 'en')).toBe(expected);
  });

  it('speaks the caller’s language', () => {
    expect(spokenForm('anna@example.de', 'de-DE')).toBe('anna at example Punkt de');
    expect(spokenForm('ana@example.es', 'es')).toBe('ana arroba example punto es');
  });
});

describe('createSpokenForm', () => {
  it('lets words through at once, unchanged', () => {
    const form = createSpokenForm('en');
    for (const piece of ['r0007', ' alpha', ' bravo', ',', ' and', ' so on.']) expect(form.push(piece)).toBe(piece);
    expect(form.rest()).toBe('');
  });

  it('waits for the whole of a number', () => {
    const form = createSpokenForm('en');
    expect(['Call 41', '5 555', ' 0101', ' now', '.'].map((piece) => form.push(piece))).toEqual([
      'Call ',
      '',
      '',
      '4 1 5, 5 5 5, 0 1 0 1 now',
      '.',
    ]);
  });

  it('gives out what is left at the end', () => {
    const form = createSpokenForm('en');
    expect(form.push('at 5')).toBe('at ');
    expect(form.rest()).toBe('5');
  });

  it('reads an address that comes in pieces', () => {
    const form = createSpokenForm('en');
    const said = ['jane', '@', 'example', '.com', ' is', ' it'].map((piece) => form.push(piece)).join('') + form.rest();
    expect(said).toBe('jane at example dot com is it');
  });

  it('holds nothing back for long', () => {
    const form = createSpokenForm('en');
    let held = 0;
    for (let i = 0; i < 500; i++) held += 2 - form.push('1 ').length;
    expect(Math.abs(held)).toBeLessThan(2000);
    expect(form.push('1 '.repeat(100))).not.toBe('');
  });
});
