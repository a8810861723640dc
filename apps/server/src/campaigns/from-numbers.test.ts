import { expect, test } from 'vitest';
import { chooseFromNumber, type FromNumber } from './from-numbers.ts';

const number = (id: string, phoneNumber: string): FromNumber => ({ id, phoneNumber, connection: 'local' });
const boston = [number('a', '+16175550101'), number('b', '+16175550102')];
const berlin = number('c', '+493012345678');
const munich = number('d', '+498912345678');
const chosen = (numbers: FromNumber[], phone: string, fromNumberId: string | null = null, id = 'cont_1') =>
  chooseFromNumber(numbers, { id, phone, fromNumberId })?.id;

test('a contact keeps its number while that is active', () => {
  expect(chosen([...boston, berlin], '+16175559999', 'c')).toBe('c');
  expect(chosen(boston, '+16175559999', 'c')).not.toBe('c');
});
test('a number of the same area code is preferred', () => {
  expect(chosen([number('x', '+12125550101'), number('y', '+13105550101')], '+13105559999')).toBe('y');
});
test('else one of the same country', () => {
  expect(chosen([...boston, berlin], '+4915112345678')).toBe('c');
  expect(['a', 'b']).toContain(chosen([...boston, berlin], '+13105559999'));
});
test('outside North America the nearest prefix counts', () => {
  expect(chosen([...boston, berlin, munich], '+498955555555')).toBe('d');
});
test('contacts are spread over the numbers, each always the same', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `cont_${i}`);
  const counts = { a: 0, b: 0 };
  for (const id of ids) {
    const first = chosen(boston, '+13105559999', null, id) as 'a' | 'b';
    expect(chosen(boston, '+13105559999', null, id)).toBe(first);
    counts[first]++;
  }
  expect(Math.min(counts.a, counts.b)).toBeGreaterThan(400);
});
test('with no number there is none', () => expect(chosen([], '+13105559999')).toBeUndefined());
