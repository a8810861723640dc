import { AUDIT_ACTIONS, eventTypes, SET_UP_CODES, SET_UP_STATES, SET_UP_STEPS } from '@talkturo/contract';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../webhooks/event-types.ts';
import { de } from './de.ts';
import { en } from './en.ts';

/** Every text by its dotted name. */
function textsOf(part: object, under = ''): Map<string, string> {
  return new Map(
    Object.entries(part).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[under + name, value]] : [...textsOf(value, `${under}${name}.`)],
    ),
  );
}

const english = textsOf(en);
const german = textsOf(de);
const placeholdersOf = (text: string) => [...new Set(text.match(/\{\{.*?\}\}/g))].sort();

test('both languages have the same texts', () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
});

test.each([...english])('%s names the same values in both languages', (name, text) => {
  expect(placeholdersOf(german.get(name) ?? '')).toEqual(placeholdersOf(text));
});

test('no text is empty', () => {
  for (const [name, text] of [...english, ...german]) expect(text.trim(), name).not.toBe('');
});

test('German is written as people write it: real umlauts, German quotation marks', () => {
  for (const [name, text] of german) expect(text, name).not.toMatch(/\b(fuer|ueber|koennen|muessen|waehlen|loeschen|aendern)\b|"/i);
});

test('everything the server tells of has a name: actions of the audit log, events of webhooks, findings of a set-up', () => {
  for (const action of AUDIT_ACTIONS) expect(english.has(`audit.actions.${action}`), action).toBe(true);
  for (const type of eventTypes) expect(english.has(`webhooks.types.${type}`), type).toBe(true);
  const setUp = { findings: SET_UP_CODES, states: SET_UP_STATES, steps: SET_UP_STEPS };
  for (const [kind, names] of Object.entries(setUp)) {
    for (const name of names) expect(english.has(`integrations.setUp.${kind}.${name}`), name).toBe(true);
  }
});

test('a webhook can be made for every event but the test', () => {
  expect([...EVENT_TYPES, 'webhook.test'].sort()).toEqual([...eventTypes].sort());
});
