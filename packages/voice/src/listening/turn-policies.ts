import { endsUnfinished } from './language-cues.ts';
import type { Verdict } from './turn-judge.ts';

/** What the assistant's last words make likely as an answer. */
export type ExpectedAnswer = 'anything' | 'number' | 'email' | 'spelling';

/** What is known when the caller has fallen silent. */
export interface TurnContext {
  /** The caller's words so far in this turn; empty where the transcriber has not spoken yet. */
  text: string;
  expected: ExpectedAnswer;
  /** BCP-47. */
  language: string;
  /** The silence that ends an ordinary turn, ms. */
  baseMs: number;
  /** What the turn-end model thinks, where there is one. */
  verdict: Verdict;
}

/** How much silence should end this turn, ms; null: no opinion. The longest opinion counts. */
export type TurnPolicy = (context: TurnContext) => number | null;

/** The silence that was configured. */
export const silencePolicy: TurnPolicy = ({ baseMs }) => baseMs;

/** A turn that stops at a filler, a function word or a comma goes on: people pause there to think. */
const THINKING_PAUSE_MS = 900;
export const unfinishedPolicy: TurnPolicy = ({ text, language, baseMs }) =>
  endsUnfinished(text, language) ? baseMs + THINKING_PAUSE_MS : null;

/**
 * Numbers, addresses and spelled names are dictated in groups with pauses of up to a second and a half;
 * a complete one needs no more patience.
 */
const DICTATION_PAUSE_MS = 1200;
const COMPLETE_NUMBER_DIGITS = 10;
const COMPLETE_EMAIL = /\S+(@| at )\S+(\.| dot )[a-z]{2,}\W*$/i;
const SPOKEN_DIGIT = /\d|\b(zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/gi;

export const dictationPolicy: TurnPolicy = ({ text, expected, baseMs }) => {
  if (expected === 'anything') return null;
  if (expected === 'number' && (text.match(SPOKEN_DIGIT)?.length ?? 0) >= COMPLETE_NUMBER_DIGITS) return null;
  if (expected === 'email' && COMPLETE_EMAIL.test(text)) return null;
  return baseMs + DICTATION_PAUSE_MS;
};

/** Who sounds as if he goes on gets this much longer: Smart Turn is wrong in one of twenty such verdicts, so not for ever. */
const SOUNDS_UNFINISHED_MS = 1500;
export const soundPolicy: TurnPolicy = ({ verdict, baseMs }) => (verdict === 'goes-on' ? baseMs + SOUNDS_UNFINISHED_MS : null);

/** What a call uses unless told otherwise. */
export const defaultTurnPolicies: readonly TurnPolicy[] = [silencePolicy, unfinishedPolicy, dictationPolicy, soundPolicy];

/** The silence (ms) that ends the turn by the longest opinion of the policies. */
export function silenceNeeded(policies: readonly TurnPolicy[], context: TurnContext): number {
  let needed = 0;
  for (const policy of policies) needed = Math.max(needed, policy(context) ?? 0);
  return needed;
}

const ASKS_FOR: readonly [ExpectedAnswer, RegExp][] = [
  ['email', /\be-?mail\b|\bmail address\b|\be-?mail-?adresse\b|\bcorreo\b|\badresse e-?mail\b/i],
  ['spelling', /\bspell\b|\bbuchstabier|\bdeletre|\bépel/i],
  [
    'number',
    /\b(phone|telephone|mobile|cell|order|account|card|reference|customer|tracking|policy|contact)( \w+)? number\b|\bnumber .*\b(reach|call)\b|\b(zip|post)\s?code\b|\b\w*nummer\b|\bn[úu]mero\b/i,
  ],
];

/** What answer the assistant's last words ask for; only a question or a request in its last two sentences counts. */
export function expectedAnswer(assistantText: string): ExpectedAnswer {
  const sentences = assistantText.split(/(?<=[.!?])\s+/).slice(-2);
  const asking = sentences.filter((sentence) => /\?|\b(please|tell|give|bitte|spell)\b/i.test(sentence)).join(' ');
  return ASKS_FOR.find(([, pattern]) => pattern.test(asking))?.[0] ?? 'anything';
}
