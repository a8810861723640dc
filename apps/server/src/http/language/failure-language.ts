import type { ErrorDetail } from '@talkturo/contract';
import type { FastifyRequest } from 'fastify';
import { GERMAN_FAILURES, GERMAN_WORDS } from './german-failures.ts';
import { GERMAN_FAULTS } from './german-faults.ts';

/** What of a failure people read. */
interface Told {
  error: string;
  details?: readonly ErrorDetail[] | undefined;
}

/**
 * Tells a failure in the language of the person who asks. Programs get the English of the contract, whatever their platform sends as
 * Accept-Language: they are known by the Authorization header, which the dashboard never sends.
 */
export function inLanguageOf(request: Pick<FastifyRequest, 'headers'>, told: Told): Told {
  const { authorization, 'accept-language': languages } = request.headers;
  const { error, details } = told;
  if (authorization !== undefined || !prefersGerman(languages)) return details ? told : { error };
  return {
    error: inGerman(error),
    ...(details ? { details: details.map((detail) => ({ ...detail, message: inGerman(detail.message) })) } : {}),
  };
}

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

/** Sentences that name something, as patterns; made when the first is needed. */
let patterns: readonly Pattern[] | undefined;

function translate(sentence: string): string | null {
  const known = GERMAN_FAILURES[sentence] ?? GERMAN_FAULTS[sentence];
  if (known !== undefined) return known;
  patterns ??= Object.entries({ ...GERMAN_FAILURES, ...GERMAN_FAULTS })
    .filter(([english]) => english.includes('{'))
    .map(([english, german]) => ({ pattern: patternOf(english), german }));
  for (const { pattern, german } of patterns) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    return german.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = found.groups?.[name] ?? '';
      return GERMAN_WORDS[value] ?? value;
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
