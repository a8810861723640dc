import { expect, test } from 'vitest';
import { fillIn, unknownVariables, valuesOf, variableNames } from './variables.ts';

const contact = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: null,
  company_name: 'Engines',
  custom_fields: { contract: 'C-17' },
} as unknown as Parameters<typeof valuesOf>[0];

test('a preview shows what a call would say and what it would have nothing for', () => {
  const pieces = fillIn('Hi {{ contact.first_name }} of {{company.name}}: {{contact.email}}!', valuesOf(contact, null));
  expect(pieces).toEqual([
    { text: 'Hi ' },
    { text: 'Ada', variable: 'contact.first_name', filled: true },
    { text: ' of ' },
    { text: 'Engines', variable: 'company.name', filled: true },
    { text: ': ' },
    { text: 'contact.email', variable: 'contact.email', filled: false },
    { text: '!' },
  ]);
});

test('values are data: braces in a name are not read again', () => {
  const values = { 'contact.first_name': '{{contact.email}}' };
  expect(fillIn('{{contact.first_name}}', values)).toEqual([{ text: '{{contact.email}}', variable: 'contact.first_name', filled: true }]);
});

test('custom fields are variables; misspelt names are found', () => {
  const known = variableNames([{ entity: 'contact', key: 'contract' } as Parameters<typeof variableNames>[0][number]]);
  expect(known).toContain('contact.custom.contract');
  expect(unknownVariables('{{contact.custom.contract}} {{contact.firstname}} {{toString}}', known)).toEqual([
    'contact.firstname',
    'toString',
  ]);
  expect(valuesOf(contact, null)['contact.custom.contract']).toBe('C-17');
});
