import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { LOGGED_TYPES } from '../../apps/server/src/calls/logged-event.ts';

function namesOf(part: object, under = ''): string[] {
  return Object.entries(part).flatMap(([name, value]) => (typeof value === 'string' ? under + name : namesOf(value, `${under}${name}.`)));
}

test('every text a page asks for by its name is there', () => {
  const src = path.join(import.meta.dirname, '../../apps/dashboard/src');
  // What depends on a number has a text for each of the two.
  const known = new Set(namesOf(en).map((name) => name.replace(/_other$/, '')));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'));
  const asked = files.flatMap((file) => {
    const text = readFileSync(path.join(src, file), 'utf8');
    return [...text.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((found) => `${file}: ${found[1]}`);
  });
  expect(asked.length).toBeGreaterThan(300);
  expect(asked.filter((one) => !known.has(one.split(': ')[1] ?? ''))).toEqual([]);
});

test('every event of a call has a name', () => {
  const passing = ['partial', 'assistant_partial'];
  for (const type of Object.values(LOGGED_TYPES))
    if (!passing.includes(type)) expect(Object.keys(en.calls.eventNames), type).toContain(type);
  // Those that the server itself notes.
  const calls = path.join(import.meta.dirname, '../../apps/server/src/calls');
  const noted = ['held-call.ts', 'call-transfer.ts'].flatMap((file) =>
    [...readFileSync(path.join(calls, file), 'utf8').matchAll(/\bnote\('(\w+)'/g)].map((found) => found[1]),
  );
  expect(noted.length).toBeGreaterThan(9);
  expect(noted.filter((type) => !Object.keys(en.calls.eventNames).includes(type ?? ''))).toEqual([]);
});
