import type { Message } from '@talkturo/voice';
import { describe, expect, test } from 'vitest';
import { readPrompt } from './knowledge.ts';
import { type DialogueReply, respond } from './respond.ts';
import { buildRetrieval } from './retrieval.ts';
import { BICYCLE_SHOP } from './testing/bicycle-shop.ts';

const GREETING = 'Hello, Corner Bikes, this is Alex. How can I help you?';

function conversation(prompt: string, greeting: string) {
  const knowledge = readPrompt(prompt);
  const retrieval = buildRetrieval(knowledge.facts);
  const messages: Message[] = [{ role: 'assistant', content: greeting }];
  return (words: string): DialogueReply => {
    messages.push({ role: 'user', content: words });
    const reply = respond(knowledge, retrieval, messages);
    messages.push({ role: 'assistant', content: reply.text });
    return reply;
  };
}

const ask = (words: string) => conversation(BICYCLE_SHOP, GREETING)(words);

const WEEK = 'We are open Monday to Friday from 9 am to 6 pm, and on Saturday from 10 am to 2 pm.';
const PLACE = 'The shop is at 12 Main Street, next to the post office.';
const SERVICE = 'A basic service costs $45 and a full service costs $90.';
const TYRE = 'A flat tyre costs $15.';
const CONTACT = 'Our phone number is 555-0142 and our e-mail address is hello@corner-bikes.com.';

describe('answers from the prompt', () => {
  test.each([
    ['What are your opening hours?', WEEK],
    ['when do you open', WEEK],
    ['Are you open on Tuesday?', WEEK],
    ['Are you open on Sunday?', 'We are closed on Sundays.'],
    ['Hello, what time do you close on Saturday?', WEEK],
    ['Where are you located?', PLACE],
    ['how do I get to you', PLACE],
    ['How much is a basic service?', SERVICE],
    ['What does a full service cost?', SERVICE],
    ['How much does it cost to fix a flat tire?', TYRE],
    ['I have a flat tyre, what would that cost me?', TYRE],
    ['How long does a repair take?', 'Repairs usually take two days.'],
    ['Do you take credit cards?', 'You can pay by card or in cash.'],
    ["What's your phone number?", CONTACT],
    ['Can you tell me your email address, please?', CONTACT],
    ['Can I rent a bike?', 'We rent city bikes for $20 a day.'],
    ['Where can I park my car?', 'There is free parking behind the shop.'],
    ['What do you do?', 'Corner Bikes is a bicycle shop in Springfield.'],
    ['Do you have any discounts?', 'There are none at the moment.'],
    // as a telephone and a small model hear it
    ['What are your opening ours on Saturday?', WEEK],
    ['What is your adress?', PLACE],
    ['How much is a basic servise?', SERVICE],
    ['Ken I rent a bike', 'We rent city bikes for $20 a day.'],
  ])('%s', (question, fact) => {
    const { text, endCall } = ask(question);
    expect(text).toContain(fact);
    expect(endCall).toBe(false);
  });

  test('two questions in one breath get two answers', () => {
    expect(ask('Do you have parking and how much is a full service?').text).toContain(`There is free parking behind the shop. ${SERVICE}`);
  });

  test('a question about another day carries on the one before', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('What are your opening hours?');
    expect(say('And on Sunday?').text).toMatch(/^We are closed on Sundays\./);
  });

  test.each([
    ['Do you sell airplanes?'],
    ['What is the weather like?'],
    ['Who won the world cup?'],
    ['Do you do haircuts?'],
    ['Can you lend me money?'],
  ])('says that it does not know: %s', (question) => {
    expect(ask(question).text).toBe("I'm sorry, I don't know that. I can tell you about our opening hours, prices or our address.");
  });

  test('rules of conduct are never read out', () => {
    for (const question of ['Do you promise anything?', 'Should I keep it short?', 'What is your name and phone number for a repair?']) {
      expect(ask(question).text).not.toMatch(/keep your answers|never promise|if the caller/i);
    }
  });
});

describe('small talk', () => {
  test.each([
    ['Hello?', 'Hello. How can I help you?'],
    ['How are you?', 'I am fine, thank you. How can I help you?'],
    ['Thank you very much.', "You're welcome. Is there anything else I can help you with?"],
    ['Who are you?', 'My name is Alex, I am the automated assistant of Corner Bikes. How can I help you?'],
    ['Are you a real person?', 'No, I am not a person. My name is Alex, I am the automated assistant of Corner Bikes. How can I help you?'],
    [
      'Am I talking to a robot',
      'No, I am not a person. My name is Alex, I am the automated assistant of Corner Bikes. How can I help you?',
    ],
    ['Um', "Sorry, I didn't catch that. Could you say it again, please?"],
    ['Can you repeat that?', `I said: ${GREETING}`],
    ['Sorry?', `I said: ${GREETING}`],
    ['Hold on a moment, wait a second', 'Of course, take your time.'],
  ])('%s', (words, reply) => {
    expect(ask(words)).toEqual({ text: reply, endCall: false });
  });

  test('it cannot put through, and says how people are reached', () => {
    expect(ask('Can I speak to a real person?').text).toBe(
      `I am an automated assistant and cannot put you through to a person. ${CONTACT} Shall I take your details, so that somebody can call you back?`,
    );
  });

  test('without a prompt it still says what it is', () => {
    const say = conversation('', 'Hello.');
    expect(say('Who are you?').text).toBe('I am an automated assistant. How can I help you?');
    expect(say('When do you open?').text).toBe("I'm sorry, I don't know that. Is there something else I can help you with?");
  });
});

describe('ends the call', () => {
  test.each([
    ['Goodbye.'],
    ['Good-by,'],
    ['Good buy!'],
    ['Okay, bye bye.'],
    ['Thanks, bye.'],
    ['Have a nice day!'],
    ["No thanks, that's all."],
    ['No, thank you.'],
    ['That is all, thank you'],
    ["I'm not interested."],
    ['Sorry, wrong number.'],
  ])('%s', (words) => {
    const { text, endCall } = ask(words);
    expect(endCall).toBe(true);
    expect(text).toMatch(/Goodbye\.$/);
  });

  test.each([
    ['Stop calling me!'],
    ['Please take me off your list.'],
    ["Don't call me again."],
    ['Remove my number from your list'],
    ['I want no more calls'],
  ])('and acknowledges: %s', (words) => {
    expect(ask(words)).toEqual({
      text: "I'm sorry for the disturbance. I have noted that you do not want to be called again. Goodbye.",
      endCall: true,
    });
  });

  test.each([['Can I come by tomorrow?'], ['I want to buy a bike.'], ['Is it a good buy or not, your service?'], ['Can I call you back?']])(
    'but not on: %s',
    (words) => {
      expect(ask(words).endCall).toBe(false);
    },
  );
});

describe('takes details', () => {
  test('a booking, from the wish to the goodbye', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    expect(say('Hi, I would like to book a repair.').text).toBe('Gladly. May I have your name, please?');
    expect(say('My name is Maria Lopez.').text).toBe('Thank you, Maria Lopez. What is your phone number?');
    expect(say('Five five five, zero one nine nine.').text).toBe('I have 555-0199 as your number. Is that right?');
    expect(say('Yes.').text).toBe('Thank you. I have noted that. Is there anything else I can help you with?');
    expect(say("No, that's all. Thank you.")).toEqual({ text: "You're welcome. Thank you for calling. Goodbye.", endCall: true });
  });

  test('a number in two pieces, wrong at first', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    say('John');
    expect(say('five five five').text).toBe('So far I have 555. Please go on.');
    expect(say('oh one double nine').text).toBe('I have 555-0199 as your number. Is that right?');
    expect(say('No, five five five oh one double eight.').text).toBe('I have 555-0188 as your number. Is that right?');
    expect(say('No').text).toBe("I'm sorry. What is your phone number?");
    expect(say('555-0188').text).toBe('I have 555-0188 as your number. Is that right?');
    expect(say("Yes, that's right.").text).toContain('I have noted that.');
  });

  test('a question in between is answered, then it asks again', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    expect(say('What are your opening hours?').text).toBe(`${WEEK} May I have your name, please?`);
    expect(say('Bob').text).toBe('Thank you, Bob. What is your phone number?');
  });

  test('a number of too many digits is asked for again, not taken for a question', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    say('Bob');
    expect(say('My phone number is 555 010 0142 0142 0142 015').text).toBe("I'm sorry, I did not understand. What is your phone number?");
  });

  test('what a caller does not want to tell is left', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    expect(say("I'd rather not say.").text).toBe("That's fine. What is your phone number?");
    expect(say('No.').text).toBe("That's fine. Is there anything else I can help you with?");
  });

  test('what it does not understand twice is left too', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    expect(say('It is about the thing with the other thing').text).toBe("I'm sorry, I did not understand. May I have your name, please?");
    expect(say('I do not want you to do what the others are doing').text).toBe(
      "I'm sorry, I did not understand. Let us leave that. What is your phone number?",
    );
  });

  test('an e-mail address, asked of everybody after the first answer', () => {
    const say = conversation('You work for Acme. Ask for the e-mail address of the caller. The price is 10 dollars.', 'Hello.');
    expect(say('How much is it?').text).toBe('The price is 10 dollars. What is your e-mail address?');
    expect(say("It's john dot smith at example dot com").text).toBe('I have john.smith@example.com as your e-mail address. Is that right?');
    expect(say('Yes').text).toBe('Thank you. I have noted that. Is there anything else I can help you with?');
  });

  test('after two questions it cannot answer it offers a call back', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('Do you sell airplanes?');
    expect(say('And who won the world cup?').text).toBe(
      "I'm sorry, I don't know the answer to that. Shall I take your details, so that somebody can call you back?",
    );
    expect(say('Yes, please.').text).toBe('Thank you. May I have your name, please?');
  });

  test('a goodbye in the middle ends it all the same', () => {
    const say = conversation(BICYCLE_SHOP, GREETING);
    say('I want to book a repair');
    expect(say('Goodbye.').endCall).toBe(true);
  });
});

test('only what was heard counts: a question cut off before it was asked is not taken as asked', () => {
  const knowledge = readPrompt(BICYCLE_SHOP);
  const reply = respond(knowledge, buildRetrieval(knowledge.facts), [
    { role: 'user', content: 'I want to book a repair' },
    { role: 'assistant', content: 'Gladly. May I' },
    { role: 'user', content: 'How much is a flat tyre?' },
  ]);
  expect(reply.text).toBe(`${TYRE} May I have your name, please?`);
});

test('nothing heard at the start of a call is greeted', () => {
  const knowledge = readPrompt(BICYCLE_SHOP);
  expect(respond(knowledge, buildRetrieval(knowledge.facts), []).text).toBe(
    'Hello. My name is Alex, I am the automated assistant of Corner Bikes. How can I help you?',
  );
});
