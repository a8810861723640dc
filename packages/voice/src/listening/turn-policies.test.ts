import { describe, expect, it } from 'vitest';
import { endsUnfinished, isAcknowledgement, isEcho } from './language-cues.ts';
import { defaultTurnPolicies, type ExpectedAnswer, expectedAnswer, silenceNeeded } from './turn-policies.ts';

const needed = (text: string, expected: ExpectedAnswer = 'anything', language = 'en') =>
  silenceNeeded(defaultTurnPolicies, { text, expected, language, baseMs: 480, verdict: 'unknown' });

describe('the silence that ends a turn', () => {
  it.each<[string, ExpectedAnswer, number]>([
    ['', 'anything', 480],
    ['I would like a table for four tomorrow.', 'anything', 480],
    ['Are you open today', 'anything', 480],
    ['I would like to', 'anything', 1380],
    ['I need, um', 'anything', 1380],
    ['First the bread,', 'anything', 1380],
    ['It is about my', 'anything', 1380],
    ['', 'number', 1680],
    ['415 555', 'number', 1680],
    ['four one five five five five', 'number', 1680],
    ['415 555 0101', 'number', 480],
    ['four one five five five five oh one oh one', 'number', 480],
    ['jane dot doe at', 'email', 1680],
    ['jane.doe@example.com', 'email', 480],
    ['jane dot doe at example dot com', 'email', 480],
    ['B as in Bravo', 'spelling', 1680],
  ])('“%s” when the answer is %s: %i ms', (text, expected, ms) => {
    expect(needed(text, expected)).toBe(ms);
  });

  it('knows other languages, and makes no guesses in those it does not', () => {
    expect(needed('ich hätte gern ein', 'anything', 'de-DE')).toBe(1380);
    expect(needed('quiero una', 'anything', 'es')).toBe(1380);
    expect(needed('to', 'anything', 'fi')).toBe(480);
  });
});

it('a voice that sounds unfinished is waited for', () => {
  const context = { text: 'I want bread', expected: 'anything', language: 'en', baseMs: 480 } as const;
  expect(silenceNeeded(defaultTurnPolicies, { ...context, verdict: 'goes-on' })).toBe(1980);
  expect(silenceNeeded(defaultTurnPolicies, { ...context, verdict: 'over' })).toBe(480);
});

describe('the answer expected', () => {
  it.each<[string, ExpectedAnswer]>([
    ['How can I help you?', 'anything'],
    ['What is your phone number?', 'number'],
    ['Please tell me your order number.', 'number'],
    ['Great. What number can we reach you at? Take your time.', 'number'],
    ['Could you give me your e-mail address?', 'email'],
    ['Can you spell your last name, please?', 'spelling'],
    ['Wie ist Ihre Telefonnummer?', 'number'],
    ['Our phone number is 555 0101.', 'anything'],
    ['Your e-mail has arrived. Anything else? Just say so.', 'anything'],
  ])('after “%s”: %s', (text, expected) => {
    expect(expectedAnswer(text)).toBe(expected);
  });
});

describe('cues', () => {
  it.each([
    ['Mm-hm.', true],
    ['uh-huh', true],
    ['Okay, yeah.', true],
    ['I see', true],
    ['Right.', true],
    ['right now', false],
    ['no', false],
    ['okay but when', false],
    ['yeah yeah okay right', false],
    ['', false],
  ])('“%s” acknowledges: %s', (text, expected) => {
    expect(isAcknowledgement(text, 'en')).toBe(expected);
  });

  it('acknowledges by language', () => {
    expect(isAcknowledgement('genau', 'de')).toBe(true);
    expect(isAcknowledgement('genau', 'en')).toBe(false);
    expect(isAcknowledgement('vale', 'es-ES')).toBe(true);
  });

  it.each([
    ['so', true],
    ['also', false],
    ['I want…', true],
    ['Done.', false],
  ])('“%s” goes on: %s', (text, expected) => {
    expect(endsUnfinished(text, 'en')).toBe(expected);
  });

  it('tells an echo from an answer', () => {
    const spoken = 'Hello, this is the bakery on the corner. How can I help you?';
    expect(isEcho('hello this is the bakery', spoken)).toBe(true);
    expect(isEcho('this is a bakery on corner', spoken)).toBe(true);
    expect(isEcho('I need a cake for tomorrow', spoken)).toBe(false);
    expect(isEcho('hello', '')).toBe(false);
    expect(isEcho('', spoken)).toBe(false);
  });
});
