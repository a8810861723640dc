import { anyOf, escaped, type Rule } from './rule.ts';
import type { QuantityWords } from './spoken-language.ts';

const FRACTIONS: Readonly<Record<string, string>> = { '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4' };
const FRACTION = `\\d/\\d|[${Object.keys(FRACTIONS).join('')}]`;

/** Before the marks of formatting are dropped: "#" and "~" mean something before a number. */
export function leadingSignRules(words: QuantityWords): readonly Rule[] {
  return [
    { pattern: /(?<![\p{L}\d#])#(?=\d)/gu, say: () => `${words.number} ` },
    { pattern: /(?<![\p{L}\d~])[~≈]\s?(?=\d)/gu, say: () => `${words.about} ` },
  ];
}

/** Signs between and behind numbers: fractions, sums, ratios, versions, what is counted by what. `dot` is the name of the sign. */
export function signRules(words: QuantityWords, dot: string, digits: (digits: string) => string): readonly Rule[] {
  const { cardinal, decimalMark } = words;
  const units = anyOf(Object.keys(words.units));
  /** Not the stroke of a unit that has a name of its own: "km/h". */
  const alone = Object.keys(words.units)
    .filter((unit) => unit.includes('/'))
    .map((unit) => unit.split('/').map(escaped))
    .map(([of, by]) => `(?!(?<=(?<!\\p{L})${of})/${by}(?!\\p{L}))`)
    .join('');
  return [
    {
      pattern: new RegExp(`(?<![\\p{L}\\d/.,])(?:(\\d+)[ \\u00a0]?)?(${FRACTION})(?![\\p{L}\\d/])`, 'gu'),
      say: (_, whole, fraction) => words.fraction(FRACTIONS[fraction!] ?? fraction!, whole!),
    },
    // "9-1-1"
    { pattern: /(?<![\p{L}\d-])\d(?:-\d){2,}(?![\p{L}\d-])/gu, say: digits },
    // Versions and paragraphs: "3.2.1".
    {
      pattern: /(?<![\p{L}\d.,])\d{1,3}(?:\.\d{1,2}){2,}(?![\p{L}\d]|\.\d)/gu,
      say: (written) => written.split('.').map(cardinal).join(` ${dot} `),
    },
    // Where decimals have a comma, "2.0" is a version or written as in English.
    {
      pattern: /(?<![\p{L}\d.,])(\d+)\.(\d{1,2})(?![\p{L}\d.]|,\d)/gu,
      say: (_, whole, decimals) => (decimalMark === ',' ? `${cardinal(whole!)} ${dot} ${digits(decimals!)}` : null),
    },
    { pattern: /(?<![\p{L}\d.,])(\d{1,3})[x×](?![\p{L}\d])/gu, say: (_, number) => words.times(number!) },
    { pattern: /(?<=\d[^\s\d]{0,3})\s?[x×]\s?(?=\d)/gu, say: () => ` ${words.by} ` },
    { pattern: /(?<=\d)\s?\+\s?(?=\d)/g, say: () => ` ${words.plus} ` },
    { pattern: /(?<=\d)\+(?!\d)/g, say: () => ` ${words.plus}` },
    { pattern: /(?<=\d)\s?=\s?(?=\d)/g, say: () => ` ${words.equals} ` },
    { pattern: /(?<=(?<![\d:])\d{1,2}):(?=\d(?![\d:]))/g, say: () => ` ${words.ratio} ` },
    // "50/50", "2024/123"
    { pattern: /(?<=(?<![\p{L}\d/])\d+)\/(?=\d+(?![\p{L}\d/]))/gu, say: () => ', ' },
    {
      pattern: new RegExp(`(?<=\\d[ \\u00a0]?(?:\\p{L}{1,8}|${units}|[$€£%])?)${alone}/(?:(${units})(?!\\p{L})|(?=\\p{L}{2}))`, 'gu'),
      say: (_, unit) => ` ${words.per} ${unit === '' ? '' : words.units[unit!]![0].replace(/^\S+ /, '')}`,
    },
  ];
}
