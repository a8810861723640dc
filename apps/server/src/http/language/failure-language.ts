import type { ErrorDetail } from '@talkturo/contract';
import type { FastifyRequest } from 'fastify';
import { GERMAN_FAILURES, GERMAN_WORDS } from './german-failures.ts';
import { GERMAN_FAULTS } from './german-faults.ts';
import { GERMAN_STAGES, GERMAN_TROUBLES } from './german-troubles.ts';

/** What of a failure people read. */
interface Told {
  error: string;
  details?: readonly ErrorDetail[] | undefined;
}

/** Who asks, as far as it says in which language. */
type Asking = Pick<FastifyRequest, 'headers'>;

/**
 * Tells a failure in the language of the person who asks. Programs get the English of the contract, whatever their platform sends as
 * Accept-Language: they are known by the Authorization header, which the dashboard never sends.
 */
export function inLanguageOf(request: Asking, told: Told): Told {
  const { error, details } = told;
  if (!wantsGerman(request)) return details ? told : { error };
  return {
    error: inGerman(error),
    ...(details ? { details: details.map((detail) => ({ ...detail, message: inGerman(detail.message) })) } : {}),
  };
}

/** A sentence that a record holds, in the language of the person who asks; for programs as it is. */
export const sentenceFor = (request: Asking, sentence: string): string => (wantsGerman(request) ? inGerman(sentence) : sentence);

const wantsGerman = ({ headers: { authorization, 'accept-language': languages } }: Asking): boolean =>
  authorization === undefined && prefersGerman(languages);

/** Whether German stands before English in an Accept-Language header (RFC 9110, 12.5.4). */
export function prefersGerman(header: string | undefined): boolean {
  const weightOf = (language: string): number => {
    const found = (header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim().split(/\s*;\s*q\s*=\s*/))
      .find(([tag]) => tag === language || tag?.startsWith(`${language}-`));
    return found ? Number(found[1] ?? 1) || 0 : 0;
  };
  return weightOf('de') > weightOf('en');
}

const ENDING = / \(and (\d+) more\)$/;
/** A field's name before what is wrong with it. */
const FIELD = /^([\w.[\]*-]{1,200}): (.+)$/s;

/** A sentence of the server in German; as it is where nobody translated it. */
export function inGerman(sentence: string): string {
  const whole = translate(sentence);
  if (whole !== null) return whole;
  const more = ENDING.exec(sentence);
  if (more) return `${inGerman(sentence.slice(0, more.index))} (und ${more[1]} weitere)`;
  const field = FIELD.exec(sentence);
  return field ? `${field[1]}: ${inGerman(field[2] ?? '')}` : sentence;
}

interface Pattern {
  pattern: RegExp;
  german: string;
}

/** Refusals first: what carriers and vendors say is put in more general words. */
const SENTENCES: Readonly<Record<string, string>> = { ...GERMAN_TROUBLES, ...GERMAN_FAULTS, ...GERMAN_FAILURES };
const WORDS: Readonly<Record<string, string>> = { ...GERMAN_WORDS, ...GERMAN_STAGES };
/** A sentence within a sentence within a sentence is the end of it. */
const DEEPEST = 3;

/** Sentences that name something, as patterns; made when the first is needed. */
let patterns: readonly Pattern[] | undefined;

function translate(sentence: string, depth = 1): string | null {
  const known = SENTENCES[sentence];
  if (known !== undefined) return known;
  patterns ??= [GERMAN_FAILURES, GERMAN_FAULTS, GERMAN_TROUBLES]
    .flatMap((table) => Object.entries(table))
    .filter(([english]) => english.includes('{'))
    .map(([english, german]) => ({ pattern: patternOf(english), german }));
  for (const { pattern, german } of patterns) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    // What a sentence names may be one itself: why something failed.
    return german.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = found.groups?.[name] ?? '';
      return WORDS[value] ?? (depth < DEEPEST ? translate(value, depth + 1) : null) ?? value;
    });
  }
  return null;
}

const patternOf = (english: string): RegExp =>
  new RegExp(
    `^${english
      .split(/(\{\w+\})/)
      .map((part) => (/^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    's',
  );
