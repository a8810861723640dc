import { expect, test } from 'vitest';
import { guessTargets, headerLine } from './columns.ts';
import { decodeText, delimiterOf, readRecords } from './csv.ts';

test('cells in quotes keep delimiters, quotes and line ends', () => {
  const text = 'name;note\r\n"Meier; Söhne";"sagt ""ja""\nund mehr"\n\nMüller;\n';
  expect(delimiterOf(text)).toBe(';');
  const records = readRecords(text, ';', 10);
  expect(records.map((record) => record.cells)).toEqual([
    ['name', 'note'],
    ['Meier; Söhne', 'sagt "ja"\nund mehr'],
    ['Müller', ''],
  ]);
  expect(text.slice(records[0]?.end)).toMatch(/^"Meier/);
});

test('a file that ends without a line end has its last row; no more rows are read than asked for', () => {
  expect(readRecords('a,b\n1,2', ',', 5)).toHaveLength(2);
  expect(readRecords('a,b\n1,2\n3,4\n', ',', 2)).toHaveLength(2);
});

test('delimiters inside a quoted name do not count', () => {
  expect(delimiterOf('"a,b,c";d\n')).toBe(';');
});

test('what is not UTF-8 is read as Windows-1252, UTF-16 by its mark', () => {
  expect(decodeText(Uint8Array.from([0x4d, 0xfc, 0x6c]))).toBe('Mül');
  expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x41, 0x00]))).toBe('A');
  expect(decodeText(new TextEncoder().encode('\uFEFFMül'))).toBe('Mül');
});

test('columns are guessed by their names in English and German, each field once', () => {
  const custom = { key: 'plan', name: 'Tarif' } as Parameters<typeof guessTargets>[1][number];
  expect(guessTargets(['Vorname', 'Nachname', 'Telefon', 'Phone', 'Firma', 'Tarif', 'Lieblingsfarbe'], [custom])).toEqual([
    'first_name',
    'last_name',
    'phone',
    '',
    'company_name',
    'custom.plan',
    '',
  ]);
  expect(headerLine(['first_name', '', 'custom.plan'], ';')).toBe('first_name;;custom.plan\n');
});
