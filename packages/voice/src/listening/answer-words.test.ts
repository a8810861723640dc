import { describe, expect, it } from 'vitest';
import { meaningOf } from './answer-words.ts';

describe('a mailbox', () => {
  it.each([
    'Hello, you have reached the voicemail of Anna Smith.',
    'Hi, this is David. Sorry I missed your call. Leave your name and your number after the beep.',
    'Please record your message after the tone.',
    'Hey, it is Lisa. You know what to do after the beep.',
    'Please leave a message and I’ll get back to you.',
    'Your call has been forwarded to an automatic voice message system. At the tone, please record your message.',
    'Leave us a short message',
    'The mailbox is full and cannot accept any messages at this time.',
    'leave your name, number and the reason for your call after the beep',
    'Sie sind verbunden mit der Mailbox von Thomas Müller.',
    'Bitte sprechen Sie nach dem Signalton.',
    'Hier ist der Anrufbeantworter der Familie Schmidt.',
    'Hinterlassen Sie uns bitte eine kurze Nachricht.',
    'Hinterlasst mir einfach eine Nachricht!',
    'Deje su mensaje después de la señal.',
    'Vous êtes sur la messagerie de Marie, laissez-moi un message après le bip.',
    'Lasciate un messaggio dopo il segnale acustico.',
    'Spreek een bericht in na de piep.',
  ])('%s', (text) => expect(meaningOf(text)).toBe('mailbox'));
});

describe('a recording', () => {
  it.each([
    'I can not take your call right now.',
    'Sorry, I missed your call.',
    'The person you are calling is not available. Goodbye.',
    'The number you have dialed is not in service.',
    'You have reached Brown and Sons. Our office is closed at the moment.',
    'Der gewünschte Gesprächspartner ist zurzeit nicht erreichbar.',
    'Wir sind im Moment leider nicht erreichbar.',
    'Ich kann Ihren Anruf gerade nicht entgegennehmen.',
    'Unser Büro ist zurzeit nicht besetzt.',
  ])('%s', (text) => expect(meaningOf(text)).toBe('recording'));
});

describe('a call screener', () => {
  it.each([
    'Hi, if you record your name and reason for calling, I’ll see if this person is available.',
    'Hi. The person you are calling is using call screening. Please say your name and why you are calling.',
    'The person you’re calling is using a screening service from Google, and will get a copy of this conversation.',
    'Go ahead and say your name, and why you’re calling.',
    'Please state your name and the reason for your call.',
    'Before I try to connect you, can I ask why you’re calling?',
    'Please state your name after the tone, and Google Voice will try to connect you.',
    'Hallo, wenn du deinen Namen und den Grund deines Anrufs nennst, schaue ich, ob diese Person verfügbar ist.',
    'Bitte nennen Sie Ihren Namen und den Grund Ihres Anrufs.',
    'Bitte sagen Sie Ihren Namen und warum Sie anrufen.',
    'Dites votre nom et la raison de votre appel.',
  ])('%s', (text) => expect(meaningOf(text)).toBe('screening'));
});

describe('somebody who puts us off', () => {
  it.each([
    'Thank you. Please stay on the line.',
    'One moment please.',
    'Okay, hold on.',
    'Bitte bleiben Sie dran.',
    'Einen Moment bitte, ich verbinde.',
  ])('%s', (text) => expect(meaningOf(text)).toBe('hold'));
});

describe('a person', () => {
  it.each([
    'Hello?',
    'Yes, hello?',
    'Hello, who is this?',
    'Hey, I’m here! Don’t hang up.',
    'Good morning. How can I help you?',
    'Ja, hallo?',
    'Wer ist da, bitte?',
    'Guten Tag',
    'Pronto?',
    'You have reached Smith and Sons, how can I help you?',
  ])('%s', (text) => expect(meaningOf(text)).toBe('person'));
});

describe('neither', () => {
  it.each([
    '',
    'Anna Smith.',
    'This is Mary speaking from accounting',
    'He is out for lunch. Would you like to leave a message?',
    'Can I leave a message for him?',
    'Möchten Sie eine Nachricht hinterlassen?',
    'Did you get my voicemail?',
    'So I was in the garden this morning, and you would not believe what the neighbours have done again.',
    'Ich bin gleich da.',
  ])('%s', (text) => expect(meaningOf(text)).toBe('unclear'));
});
