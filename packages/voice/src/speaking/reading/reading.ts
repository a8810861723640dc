import { abbreviationRules, beginningsOf } from './abbreviations.ts';
import { addressRules, MARKS } from './addresses.ts';
import { codeRules, OPEN_CODES } from './codes.ts';
import { spokenLanguage } from './languages.ts';
import { longNumberRules } from './long-numbers.ts';
import { createNumberReader, quantityRules } from './quantities.ts';
import { anyOf, type Rule, readBy, type SpokenPiece } from './rule.ts';
import { leadingSignRules, signRules } from './signs.ts';

export interface ReadingOptions {
  /** BCP-47. */
  language: string;
  /** The voice says numbers, money, dates and abbreviations well by itself: they stay as written. */
  readsNumbers: boolean;
}

/** How text of one language is read aloud by one kind of voice. */
export interface Reading {
  /** Reads `text` from `from` on; what stands before only tells what it means. */
  read(text: string, from: number): SpokenPiece[];
  /** From where on the end of `text` may become something else with what follows; its length where it may not. */
  openFrom(text: string): number;
  /** Quickly, of letters without figures and signs: whether there is something to read in them, or their end may become it. */
  concerns(words: string): boolean;
}

/** What may become "https" or "www". */
const WEB_BEGINNING = /(?<!\S)(?:ht{0,2}|https?|w{1,3})$/;
/** A number that goes on, addresses, a link. */
const OPEN_ALWAYS = [
  /(?:\S*@\S*|(?<![\p{L}\d])[+(]?(?:\d[\d\s().-]*)?)$/u,
  /(?<!\S)(?:https?:\S*|www\S*)$/,
  WEB_BEGINNING,
  /(?<=[\p{L}\d])\.(?:[\w-][\w.-]*(?:\/\S*)?)?$/u,
  /(?:^|\n)[ \t]*(?:[-•*]\s?)?$/,
  /(?<=[\p{L}\d])_[\w.+-]*$/u,
  // Half of a character.
  /[\ud800-\udbff]$/,
  /\[[^\]]*(?:\](?:\([^)]*)?)?$/,
];
const CAPITALS = /(?<![\p{L}\d])\p{Lu}{1,4}$/u;
/** Besides: a currency sign, the word behind a number, a dash with what follows, letters that may be spelled. */
const OPEN_NUMBER = [
  /(?<![\p{L}\d])(?:[-−$€£¥+(#~≈]+\s?|[-−$€£¥+(#~≈]*\s?\d[\d\s().,:/–—€$£¥%°ºª+=x×½⅓⅔¼¾'’′-]*(?:[\p{L}.²/][\p{L}\d.²/:]*)?\s?)$/u,
  /[–—-]\s?\S*$/,
  /\s?&\s?$/,
  /[½⅓⅔¼¾§]\s?$/,
  CAPITALS,
];

const known = new Map<string, Reading>();

/** The reading of a language; built once. */
export function readingOf({ language, readsNumbers }: ReadingOptions): Reading {
  const key = `${language.toLowerCase()} ${readsNumbers}`;
  const reading = known.get(key) ?? build(language, readsNumbers);
  known.set(key, reading);
  return reading;
}

function build(language: string, readsNumbers: boolean): Reading {
  const { signs, numbers } = spokenLanguage(language);
  if (!numbers || readsNumbers) {
    const groupMark = numbers?.words.groupMark ?? ',';
    const rules = [
      ...addressRules(signs, (digits) => digits),
      ...longNumberRules({ digit: (digit) => digit, plus: signs.plus, groupMark }),
      ...MARKS,
    ];
    return {
      read: (text, from) => readBy(rules, text, from),
      openFrom: (text) => openFrom(text, OPEN_ALWAYS),
      concerns: (words) => WEB_BEGINNING.test(words),
    };
  }
  const { words, abbreviations, closing, opening } = numbers;
  const reader = createNumberReader(words);
  const rules: readonly Rule[] = [
    ...addressRules(signs, reader.digits),
    ...leadingSignRules(words),
    ...MARKS,
    ...codeRules(reader.digits, numbers.codeWords),
    ...numbers.rules,
    ...longNumberRules({ digit: reader.digits, plus: signs.plus, groupMark: words.groupMark }),
    ...signRules(words, signs.dot, reader.digits),
    ...quantityRules(words, reader),
    ...abbreviationRules(abbreviations, closing),
  ];
  const before = [...opening, ...Object.keys(words.currencies).filter((name) => /^\p{L}/u.test(name))];
  const beginnings = beginningsOf([
    ...Object.keys(abbreviations),
    ...closing.abbreviations.map((short) => `${short} .`),
    ...before,
    ...before.map((word) => `${word} .`),
  ]);
  const scaled = new RegExp(`(?<![\\p{L}\\d])\\d[\\d.,]*\\s?(?:${anyOf(Object.keys(words.scales))})\\s?[\\p{L}$€£]*$`, 'u');
  /** Units of two words. */
  const halves = Object.keys(words.units).flatMap((unit) => (unit.includes(' ') ? [...unit].map((_, end) => unit.slice(0, end + 1)) : []));
  const measured = new RegExp(`(?<![\\p{L}\\d])\\d[\\d.,]*\\s?(?:${anyOf(halves)})$`, 'u');
  const ownOpenings = numbers.open ?? [];
  const openings = [...OPEN_ALWAYS, ...OPEN_NUMBER, ...OPEN_CODES, scaled, ...(halves.length > 0 ? [measured] : []), ...ownOpenings];
  const pointless = Object.keys(abbreviations).filter((short) => !short.endsWith('.'));
  const letters = new RegExp(`\\p{Lu}{2}${pointless.length > 0 ? `|${anyOf(pointless)}` : ''}`, 'u');
  const concerning = [CAPITALS, WEB_BEGINNING, letters, ...ownOpenings];
  /** Where the beginning of an abbreviation stands at the end of the text. */
  function shortFrom(text: string): number {
    const tail = text.slice(-LONGEST_ABBREVIATION);
    for (const start of tail.matchAll(/(?<![\p{L}\d.])\p{L}/gu)) {
      if (beginnings.has(tail.slice(start.index))) return text.length - tail.length + start.index;
    }
    return text.length;
  }
  return {
    read: (text, from) => readBy(rules, text, from),
    openFrom: (text) => Math.min(openFrom(text, openings), shortFrom(text)),
    concerns: (words) => shortFrom(words) < words.length || concerning.some((pattern) => pattern.test(words)),
  };
}

const LONGEST_ABBREVIATION = 14;

function openFrom(text: string, openings: readonly RegExp[]): number {
  let from = text.length;
  for (const opening of openings) {
    const match = opening.exec(text);
    if (match && match[0] !== '') from = Math.min(from, match.index);
  }
  return from;
}
