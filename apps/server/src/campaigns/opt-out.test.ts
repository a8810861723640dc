import { expect, test } from 'vitest';
import { saysNeverAgain } from './opt-out.ts';

test.each([
  'Please stop calling me. Take me off your list and never call me again.',
  'Stop calling me!',
  'Don’t call me again.',
  'do not ever contact us again',
  "Don't call here anymore",
  'Never call me.',
  'Could you remove my number from your calling list please?',
  'put me on your do not call list',
  'Take this number off the list',
  // What a screener says when its owner marks a call as unwanted.
  'The number you have called isn’t accepting calls. Please remove this number from your mailing and contact list. Thanks, and goodbye.',
  'Hören Sie auf, mich anzurufen.',
  'Rufen Sie mich nie wieder an!',
  'Rufen Sie hier nicht mehr an.',
  'Ich möchte nicht mehr angerufen werden.',
  'Bitte streichen Sie meine Nummer aus Ihrer Kundenliste.',
])('“%s” is an opt-out', (text) => expect(saysNeverAgain(text)).toBe(true));

test.each([
  "Don't call me now, call me again tomorrow.",
  'Can you call me again?',
  'Nobody ever stops to call me.',
  'You never call me on time.',
  'I never called you.',
  'Stop, I did not get that.',
  'Put me on the list for Tuesday.',
  'Take it off the list of drinks.',
  'Rufen Sie mich morgen wieder an.',
  'Ich rufe nie an.',
  // What screeners and mailboxes say to everybody.
  'Hi, if you record your name and reason for calling, I’ll see if this person is available.',
  'The person you’re calling is using a screening service. Go ahead and say your name, and why you’re calling.',
  'The person you are calling is not available. Please call again later. Goodbye.',
  'Bitte nennen Sie Ihren Namen und den Grund Ihres Anrufs.',
  'Streichen Sie den Termin am Montag.',
])('“%s” is none', (text) => expect(saysNeverAgain(text)).toBe(false));
