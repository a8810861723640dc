import { expect, test } from 'vitest';
import { spokenDigits, spokenEmail, spokenName, writtenNumber } from './spoken-values.ts';

test.each([
  ['five five five, zero one nine nine', '5550199'],
  ['555-0199', '5550199'],
  ['It is (555) 010 0199.', '5550100199'],
  ['plus one five five five', '+1555'],
  ['+44 20 7946 0958', '+442079460958'],
  ['double five five, oh one double nine', '5550199'],
  ['triple five', '555'],
  ['eight hundred five five five', '800555'],
  ['twenty five thirty', '2530'],
  ['five five five to four six for one', '55524641'],
  ['My number is five, five, five, zero, one, nine, nine.', '5550199'],
  ['I have to go', ''],
  ['', ''],
])('digits in %j are %j', (said, digits) => {
  expect(spokenDigits(said)).toBe(digits);
});

test.each([
  ['5550199', '555-0199'],
  ['5550100199', '555-010-0199'],
  ['+15550100199', '+1 555-010-0199'],
  ['+442079460958', '+442 079 460 958'],
  ['555', '555'],
])('%s is written %s', (digits, written) => {
  expect(writtenNumber(digits)).toBe(written);
});

test.each([
  ['john dot smith at example dot com', 'john.smith@example.com'],
  ["It's john.smith@example.com.", 'john.smith@example.com'],
  ['My email is maria at gmail.com', 'maria@gmail.com'],
  ['my e-mail address is j o h n at example dot org', 'john@example.org'],
  ['anna underscore b at post dash box dot de', 'anna_b@post-box.de'],
  ['Sure, bob two five at example dot co dot uk', 'bob25@example.co.uk'],
  ['Info@Example.com', 'info@example.com'],
  ['I do not have one', null],
  ['at the moment', null],
  ['', null],
])('the address in %j is %j', (said, address) => {
  expect(spokenEmail(said)).toBe(address);
});

test.each([
  ['My name is Maria Lopez.', 'Maria Lopez'],
  ['maria', 'Maria'],
  ['Uh, yeah, it is John Smith.', 'John Smith'],
  ["I'm Bob", 'Bob'],
  ['This is Anne-Marie speaking.', 'Anne-Marie'],
  ["O'Brien, please", "O'Brien"],
  ['My name is John and I need a repair', 'John'],
  ['What is it for?', null],
  ['I want to know your opening hours', null],
  ['No', null],
  ['five five five', null],
  ['', null],
])('the name in %j is %j', (said, name) => {
  expect(spokenName(said)).toBe(name);
});

test('unasked, only an introduction is a name', () => {
  expect(spokenName('Hello, my name is Maria and I have a question', true)).toBe('Maria');
  expect(spokenName('Opening hours', true)).toBe(null);
});
