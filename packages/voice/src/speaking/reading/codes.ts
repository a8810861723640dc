import { inGroups } from './long-numbers.ts';
import type { Rule } from './rule.ts';

/** Account numbers as ISO 13616 has them, in fours or in one. */
const IBAN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z\d]{4}){2,7}(?:[ \u00a0]?[A-Z\d]{1,3})?(?![\p{L}\d])/gu;
/** Capitals and digits without a space: order and booking numbers. */
const CODE = /(?<![\p{L}\d@.-])(?!\d{4}-\d\d-\d\dT)(?=[A-Z\d-]*[A-Z])(?=[A-Z\d-]*\d)[A-Z\d]+(?:-[A-Z\d]+)*(?![\p{L}\d@]|-\p{L})/gu;
/** Groups of digits of which one begins with zeros: no span, no date. */
const NUMBERED = /(?<![\p{L}\d.,-]|[\d)][\s/]|\+)(?=[\d-]*(?<!\d)0\d{2})\d{2,}(?:-\d{2,})+(?![\p{L}\d]|-\p{L}|[\s/]\d)/gu;
/** With fewer digits it is a name ("A4", "B12", "COVID-19"), which voices know. */
const FEWEST_DIGITS = 3;
const FEWEST_SIGNS = 5;

/** What may become one of these with what follows. */
export const OPEN_CODES: readonly RegExp[] = [
  /(?<![\p{L}\d])[A-Z]{2}\d{2}[A-Z\d \u00a0]*$/u,
  /(?<![\p{L}\d])(?:[A-Z]+(?=[\d-])|\d+(?=[A-Z-]))[A-Z\d-]*$/u,
];

/**
 * Codes are spelled: letters one by one, digits in groups with a pause between them. `codeWords` is a pattern of what stands
 * before a number that is one, however short it is.
 */
export function codeRules(digits: (digits: string) => string, codeWords: string): readonly Rule[] {
  const spell = (written: string, groups: (run: string) => readonly string[]): string =>
    written
      .split(/[ \u00a0-]+/)
      .map((part) =>
        (part.match(/[A-Z]+|\d+/g) ?? [])
          .map((run) => (/\d/.test(run) ? groups(run).map(digits).join(', ') : [...run].join(' ')))
          .join(' '),
      )
      .join(', ');
  const inFours = (run: string) => run.match(/\d{1,4}/g) ?? [];
  return [
    { pattern: IBAN, say: (iban) => spell(iban, inFours) },
    { pattern: NUMBERED, say: (code) => spell(code, inGroups) },
    {
      pattern: CODE,
      say: (code) => (code.length >= FEWEST_SIGNS && code.replace(/\D/g, '').length >= FEWEST_DIGITS ? spell(code, inGroups) : null),
    },
    {
      pattern: new RegExp(`(?<=(?<!\\p{L})(?:${codeWords}):?\\s)\\d{3,6}(?![\\p{L}\\d]|[.,:]\\d)`, 'gu'),
      say: (code) => inGroups(code).map(digits).join(', '),
    },
  ];
}
