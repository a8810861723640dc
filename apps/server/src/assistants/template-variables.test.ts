import { CRM_VARIABLES } from '@talkturo/contract';
import { expect, test } from 'vitest';
import { fill, variablesIn } from './template-variables.ts';
import { templateSettings } from './templates.ts';

const values = {
  'contact.first_name': 'Ada',
  'company.name': 'Acme',
  'contact.custom.tier': 3,
  'contact.email': null,
  'contact.job_title': ' ',
};

test.each([
  ['Hi {{contact.first_name}}!', 'Hi Ada!', []],
  ['Hi {{ contact.first_name }} of {{company.name}}', 'Hi Ada of Acme', []],
  ['Tier {{contact.custom.tier}}', 'Tier 3', []],
  ['Mail {{contact.email}} now', 'Mail now', ['contact.email']],
  ['A minute, {{contact.last_name}}?', 'A minute?', ['contact.last_name']],
  ['Hello {{contact.last_name}}, hi', 'Hello, hi', ['contact.last_name']],
  ['Role: {{contact.job_title}}\nnext', 'Role:\nnext', ['contact.job_title']],
  ['({{nothing.here}})', '()', ['nothing.here']],
  ['{{a}}{{a}}{{b}}', '', ['a', 'b']],
  ['{{}} end', ' end', ['']],
  ['{{constructor}}{{__proto__}}', '', ['constructor', '__proto__']],
  ['no braces { {x} } here', 'no braces { {x} } here', []],
  ['open {{contact.first_name', 'open {{contact.first_name', []],
])('%j becomes %j', (text, filled, missing) => {
  expect(fill(text, values)).toEqual({ text: filled, missing });
});

test('values are data, never templates', () => {
  const hostile = { 'contact.first_name': '{{company.name}} {{contact.last_name}} $& $1', 'company.name': 'Acme' };
  expect(fill('Hi {{contact.first_name}}', hostile)).toEqual({ text: 'Hi {{company.name}} {{contact.last_name}} $& $1', missing: [] });
});

test('a hostile prompt is filled without delay', () => {
  const text = `${' '.repeat(40_000)}${'{{}}'.repeat(15_000)}`;
  expect(fill(text, {}).text.length).toBeLessThanOrEqual(40_000);
});

test.each(['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const)(
  'template %s names only variables that exist',
  (template) => {
    const { firstMessage, systemPrompt } = templateSettings(template);
    const named = variablesIn(firstMessage + systemPrompt);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(CRM_VARIABLES).toContain(name);
    expect(fill(firstMessage, {}).text).not.toMatch(/[{}]|\s[,.!?]|,[.!?]/);
  },
);
