import { expect, test } from 'vitest';
import { toE164 } from './phone.ts';

test.each([
  ['(415) 555-0101', 'US', '+14155550101'],
  ['415.555.0101', 'US', '+14155550101'],
  ['0151 23456789', 'DE', '+4915123456789'],
  ['030/901820', 'DE', '+4930901820'],
  ['0049 30 901820', 'DE', '+4930901820'],
  ['+44 20 7946 0018', 'US', '+442079460018'],
  ['020 7946 0018', 'GB', '+442079460018'],
  ['+14155550101', 'AQ', '+14155550101'],
])('%s in %s is %s', (input, country, number) => expect(toE164(input, country)).toBe(number));

test.each([
  ['', 'US'],
  ['call me', 'US'],
  ['12345', 'US'],
  ['555-0101', 'US'],
  ['+1415555010199', 'US'],
  ['+999123456789', 'US'],
  ['4155550101', 'AQ'],
])('%s in %s is no number', (input, country) => expect(toE164(input, country)).toBeNull());
