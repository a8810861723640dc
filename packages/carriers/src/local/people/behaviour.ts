import type { Line, Message } from '../line.ts';
import { greetingOf, MONOLOGUE, type Script, scriptOf } from './scripts.ts';
import type { PersonKind } from './who.ts';

/** What else a person does, for those who watch the network. */
export interface Notes {
  /** The greeting of a voicemail is over: its beep has just sounded. */
  greetingEnded(): void;
  messageLeft(message: Message): void;
}

/** How somebody behaves once the line is open. Returning is hanging up. */
export type Behaviour = (line: Line, variant: number, notes: Notes) => Promise<void>;

/** A voicemail's greeting lasts 3 to 8 s: a quick speaker is followed by silence, a slow one is cut off by the beep. */
const GREETING_AT_LEAST_MS = 3000;
const GREETING_AT_MOST_MS = 8000;
const VOICEMAIL_QUIET_MS = 5000;
const VOICEMAIL_MAX_MS = 60_000;
/** Waiting for the other side's goodbye. */
const LAST_WORDS = { beginMs: 3000, quietMs: 700, atMostMs: 10_000 };

/** Asks one thing after the other. False when the other side has stopped answering. */
const converse = async (line: Line, questions: readonly string[]): Promise<boolean> => {
  for (const question of questions) {
    if (!(await line.listen())) {
      await line.say('Are you still there?');
      if (!(await line.listen())) return false;
    }
    await line.say(question);
  }
  return true;
};

const talk = async (line: Line, script: Script): Promise<void> => {
  if (!(await converse(line, script.questions)) || !(await line.listen())) {
    await line.say('I can not hear you. Goodbye.');
    return;
  }
  await line.say(script.goodbye);
  await line.listen(LAST_WORDS);
};

/** Picks up and says hello, unless somebody is already speaking. */
const pickUp = async (line: Line): Promise<void> => {
  await line.pause(400);
  if (!line.hears) await line.say('Yes, hello?');
};

const talker: Behaviour = async (line, variant) => {
  await pickUp(line);
  await talk(line, scriptOf(variant));
};

const voicemail: Behaviour = async (line, variant, notes) => {
  const spokenMs = await line.say(greetingOf(variant), { atMostMs: GREETING_AT_MOST_MS });
  if (spokenMs < GREETING_AT_LEAST_MS) await line.rest(GREETING_AT_LEAST_MS - spokenMs);
  await line.beep();
  notes.greetingEnded();
  notes.messageLeft(await line.record({ quietMs: VOICEMAIL_QUIET_MS, atMostMs: VOICEMAIL_MAX_MS }));
};

const optOut: Behaviour = async (line) => {
  await pickUp(line);
  await line.listen();
  await line.say('Please stop calling me. Take me off your list and never call me again.');
  await line.listen();
  await line.say('Goodbye.');
};

const cutOff: Behaviour = async (line) => {
  await pickUp(line);
  await line.listen();
  await line.say('Yes, that sounds interesting, and I would like to know a little more about it.', { share: 0.6 });
};

/** Longer than any call: somebody else ends it. */
const FOREVER_MS = 24 * 3_600_000;

const silent: Behaviour = (line) => line.rest(FOREVER_MS);

const screening: Behaviour = async (line, variant) => {
  await line.say('Hi. The person you are calling is using call screening. Please say your name and why you are calling.');
  if (!(await line.listen())) {
    await line.say('The person you are calling is not available. Goodbye.');
    return;
  }
  await line.say('Thank you. Please stay on the line.');
  await line.pause(4000);
  await talker(line, variant, NO_NOTES);
};

const NO_NOTES: Notes = { greetingEnded: () => {}, messageLeft: () => {} };

const endless: Behaviour = async (line) => {
  for (let i = 0; ; i++) await line.say(MONOLOGUE[i % MONOLOGUE.length]!);
};

/** Those who answer, and how they go on. The others never come to a conversation. */
export const BEHAVIOURS: Partial<Record<PersonKind, Behaviour>> = {
  talker,
  voicemail,
  'opt-out': optOut,
  'cut-off': cutOff,
  silent,
  screening,
  endless,
};

/** A caller: waits to be greeted, then talks. */
export const callerWith =
  (script: Script): Behaviour =>
  (line) =>
    talk(line, script);
