import { type Intent, plainWords } from './small-talk.ts';

/** With whom the caller is to be connected, and what they are told. */
export interface HandOver {
  destination: string;
  summary: string;
}

const CONNECT = /\b(?:speak|talk|connect|transfer|put (?:me )?through|reach|get me|pass me)\b/;
/** Of the caller's words, what somebody is told at most. */
const LONGEST_SUMMARY = 200;

/**
 * Whom a caller asks to be connected with: somebody by name, or anybody. Null where they do not, or nobody may be.
 * @param before what the caller had said before: most likely what it is about.
 */
export function handOverTo(
  destinations: readonly string[],
  heard: string,
  intent: Intent | null,
  before: string | undefined,
): HandOver | null {
  const words = ` ${plainWords(heard)} `;
  const named = destinations.find((name) => words.includes(` ${plainWords(name)} `));
  const wants = intent === 'talk-to-person' || (named !== undefined && CONNECT.test(words));
  const destination = named ?? destinations[0];
  if (!wants || destination === undefined) return null;
  return { destination, summary: before ? `They said: ${before.slice(-LONGEST_SUMMARY)}` : '' };
}
