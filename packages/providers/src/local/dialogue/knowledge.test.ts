import { describe, expect, test } from 'vitest';
import { readPrompt } from './knowledge.ts';

const facts = (prompt: string) => readPrompt(prompt).facts.map(({ text }) => text);

describe('who it speaks for', () => {
  test.each([
    ['You are Alex, the friendly receptionist of Corner Bikes, a bicycle shop.', 'Alex', 'Corner Bikes'],
    ['You are a patient support assistant named Alex.', 'Alex', null],
    ['You are the assistant for Bright Smile Dental.', null, 'Bright Smile Dental'],
    ['Your name is Sam. You work for Acme Corp.', 'Sam', 'Acme Corp'],
    ['You are Eva from the Hotel of the North Sea.', 'Eva', 'Hotel of the North Sea'],
    ['Be nice.', null, null],
  ])('%s', (prompt, name, organisation) => {
    expect(readPrompt(prompt)).toMatchObject({ name, organisation });
  });
});

describe('what may be told', () => {
  test.each([
    ['We are open from 9 to 5.', ['We are open from 9 to 5.']],
    ['Opening hours: Mon-Fri 9:00-17:00', ['We are open Mon-Fri 9:00-17:00.']],
    ['- **Address:** 12 Main Street', ['Our address is 12 Main Street.']],
    ['Never give discounts. Always be kind. Do not guess. Keep it short.', []],
    ['You must speak slowly. Your goal is to sell.', []],
    ['You are open from 9 to 5.', ['We are open from 9 to 5.']],
    ['You can pay by card. You can transfer the call.', ['You can pay by card.']],
    ['If someone asks about parking, say that there is parking behind the house.', ['There is parking behind the house.']],
    ['Tell callers that the office is closed in August.', ['The office is closed in August.']],
    ['Q: Do you repair e-bikes?\nA: Yes, all brands', ['Yes, all brands.']],
    ['Q: Is it free? A: Yes.', ['Yes.']],
    ['How you talk:\n- This is a phone call.\n- Short sentences are best.', []],
    ['(Add opening hours here.)', []],
    ['Dr. Smith is in at 9 a.m. every day. He speaks Spanish.', ['Dr. Smith is in at 9 a.m. every day.', 'He speaks Spanish.']],
    ['', []],
  ])('%j', (prompt, told) => {
    expect(facts(prompt)).toEqual(told);
  });

  test('a question of a list finds its answer', () => {
    expect(readPrompt('Q: Do you repair e-bikes?\nA: Yes, all brands.').facts[0]).toEqual({
      text: 'Yes, all brands.',
      about: 'Do you repair e-bikes?',
    });
  });

  test('what stands under a heading is about it', () => {
    expect(readPrompt('Prices:\nA haircut is 30 dollars.').facts[0]?.about).toBe('Prices');
  });
});

describe('what callers are asked for', () => {
  test.each([
    ['Ask for the name and phone number of the caller.', ['name', 'phone'], false],
    ['If they want to book, ask for their name and e-mail.', ['name', 'email'], true],
    ['Never ask for their e-mail.', [], false],
    ["If you cannot solve it, take the caller's name, a phone number and a short description.", ['name', 'phone', 'reason'], true],
    ['Collect the preferred date of the appointment.', ['time'], false],
    ['Ask one question at a time.', [], false],
  ])('%s', (prompt, names, onlyWhenBooking) => {
    expect(readPrompt(prompt).details).toEqual(names.map((name) => ({ name, onlyWhenBooking })));
  });
});

test('a prompt of garbage is read without complaint', () => {
  expect(readPrompt('\u0000 ((( [[[ *** ::: ??? \n\n:::\n- \n#'.repeat(500)).facts).toEqual([]);
});

test('endless lines are left out, long paragraphs are not', () => {
  const paragraph = Array.from({ length: 60 }, (_, i) => `Room ${i} has a view of the sea.`).join(' ');
  expect(readPrompt(`${'a'.repeat(90_000)}\n${paragraph}`).facts).toHaveLength(60);
});
