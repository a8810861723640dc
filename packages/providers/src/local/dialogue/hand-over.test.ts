import { expect, it } from 'vitest';
import { handOverTo } from './hand-over.ts';
import { intentOf } from './small-talk.ts';

const to = (heard: string, destinations = ['Sales', 'The workshop'], before?: string) =>
  handOverTo(destinations, heard, intentOf(heard), before);

it.each([
  ['Can you connect me with sales, please?', 'Sales'],
  ['I want to talk to the workshop.', 'The workshop'],
  ['Can I speak to a human?', 'Sales'],
  ['Operator, please.', 'Sales'],
])('%s', (heard, destination) => {
  expect(to(heard)?.destination).toBe(destination);
});

it.each(['Do you have sales this week?', 'Where is the workshop?', 'Can I speak French with you?'])('%s: nobody is asked for', (heard) => {
  expect(to(heard)).toBeNull();
});

it('connects with nobody where there is nobody, and tells what was said before', () => {
  expect(to('Can I speak to a human?', [])).toBeNull();
  expect(to('Can I speak to a human?', ['Sales'], 'My bicycle is broken.')).toEqual({
    destination: 'Sales',
    summary: 'They said: My bicycle is broken.',
  });
});
