import type { Message } from '@talkturo/voice';
import { DETAILS, type DetailName, detailAskedIn } from './details.ts';
import { intentOf, verdict } from './small-talk.ts';
import { spokenDigits, spokenEmail, spokenName, writtenNumber } from './spoken-values.ts';

/** What came of the caller's last words, as far as they answered what the assistant had asked for. */
export type Outcome =
  /** Understood and settled. */
  | { type: 'taken'; name: DetailName }
  /** Understood; to be read back. */
  | { type: 'to-confirm'; name: 'phone' | 'email'; value: string }
  /** Some digits of a number, more must come. */
  | { type: 'partial'; digits: string }
  /** The read-back was wrong; to be asked again. */
  | { type: 'wrong'; name: DetailName }
  | { type: 'declined'; name: DetailName }
  /** It was asked for, and what was said is no such thing. */
  | { type: 'not-understood'; name: DetailName; attempts: number };

/** What a caller has told so far, worked out anew from the messages each time. */
export interface DetailsTaken {
  values: Partial<Record<DetailName, string>>;
  declined: Set<DetailName>;
  /** Whether anything was asked for yet. */
  begun: boolean;
  outcome: Outcome | null;
}

/** After this many answers that were none, the assistant goes on without. */
export const MOST_ATTEMPTS = 2;
/** The shortest number anybody has; what is shorter is the beginning of one. */
const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;

const NOUNS: Record<'phone' | 'email', string> = { phone: 'number', email: 'e-mail address' };

export const readBack = (name: 'phone' | 'email', value: string): string =>
  `I have ${name === 'phone' ? writtenNumber(value) : value} as your ${NOUNS[name]}. Is that right?`;

export const readBackSoFar = (digits: string): string => `So far I have ${writtenNumber(digits)}. Please go on.`;

const READ_BACK = /\bI have (\S.*?) as your (number|e-mail address)\. Is that right/;
const SO_FAR = /\bSo far I have (\S.*?)\. Please go on/;

export function detailsTaken(messages: readonly Message[]): DetailsTaken {
  const taken: DetailsTaken = { values: {}, declined: new Set(), begun: false, outcome: null };
  const attempts = new Map<DetailName, number>();
  let said = '';
  for (const message of messages) {
    if (message.role === 'assistant') said = `${said} ${message.content}`.trim();
    if (message.role !== 'user') continue;
    taken.outcome = answerTo(said, message.content, taken, attempts);
    said = '';
  }
  return taken;
}

function answerTo(said: string, answer: string, taken: DetailsTaken, attempts: Map<DetailName, number>): Outcome | null {
  const readBackOf = said.match(READ_BACK);
  const soFar = said.match(SO_FAR);
  const asked = readBackOf || soFar ? null : detailAskedIn(said);
  if (readBackOf || soFar || asked) taken.begun = true;
  if (readBackOf) return confirmation(readBackOf[2] === 'number' ? 'phone' : 'email', readBackOf[1]!, answer, taken);
  if (soFar) return dictated(spokenDigits(soFar[1]!) + spokenDigits(answer).replace('+', ''), 'phone', taken, attempts);
  volunteered(answer, asked, taken);
  if (!asked) return null;
  if (asked === 'phone') return dictated(spokenDigits(answer), asked, taken, attempts, answer);
  if (asked === 'email') return candidate(spokenEmail(answer), asked, answer, taken, attempts);
  return candidate(asked === 'name' ? spokenName(answer) : freeText(answer), asked, answer, taken, attempts);
}

function confirmation(name: 'phone' | 'email', value: string, answer: string, taken: DetailsTaken): Outcome | null {
  const decided = verdict(answer);
  const digits = spokenDigits(answer);
  const corrected = name === 'email' ? spokenEmail(answer) : digits.replace('+', '').length >= LEAST_DIGITS ? digits : null;
  if (corrected && decided !== 'yes') return { type: 'to-confirm', name, value: corrected };
  if (decided === 'no') return { type: 'wrong', name };
  if (decided !== 'yes') return null;
  taken.values[name] = value;
  return { type: 'taken', name };
}

function dictated(digits: string, name: 'phone', taken: DetailsTaken, attempts: Map<DetailName, number>, answer = digits): Outcome | null {
  const count = digits.replace('+', '').length;
  if (count >= LEAST_DIGITS && count <= MOST_DIGITS) return { type: 'to-confirm', name, value: digits };
  // One digit in a sentence is a word ("one moment"); two or more in a row begin a number.
  if (count >= 2 && count < LEAST_DIGITS) return { type: 'partial', digits };
  return candidate(null, name, answer, taken, attempts);
}

function candidate(
  value: string | null,
  name: DetailName,
  answer: string,
  taken: DetailsTaken,
  attempts: Map<DetailName, number>,
): Outcome | null {
  if (value !== null) {
    if (name === 'email') return { type: 'to-confirm', name, value };
    taken.values[name] = value;
    return { type: 'taken', name };
  }
  const intent = intentOf(answer);
  if (verdict(answer) === 'no' || intent === 'nothing-else' || /\b(?:rather not|don't want to|no thanks|why do you)\b/i.test(answer)) {
    taken.declined.add(name);
    return { type: 'declined', name };
  }
  const tries = (attempts.get(name) ?? 0) + 1;
  attempts.set(name, tries);
  if (tries >= MOST_ATTEMPTS) taken.declined.add(name);
  return { type: 'not-understood', name, attempts: tries };
}

/** What a caller says of himself without being asked. */
function volunteered(answer: string, asked: DetailName | null, taken: DetailsTaken): void {
  const name = asked === 'name' ? null : spokenName(answer, true);
  if (name) taken.values.name ??= name;
}

function freeText(answer: string): string | null {
  const intent = intentOf(answer);
  return intent === null || intent === 'yes' ? (intent === null && answer.trim().length > 1 ? answer.trim() : null) : null;
}

/** The question for a detail, as the assistant asks it. */
export const questionFor = (name: DetailName): string => DETAILS[name].question;
