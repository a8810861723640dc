import { addressRules, MARKS } from './addresses.ts';
import { spokenLanguage } from './languages.ts';
import { longNumberRules } from './long-numbers.ts';
import { createNumberReader, quantityRules } from './quantities.ts';
import { anyOf, type Rule, readBy, type SpokenPiece } from './rule.ts';

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
  // Half of a character.
  /[\ud800-\udbff]$/,
  /\[[^\]]*(?:\](?:\([^)]*)?)?$/,
];
const CAPITALS = /(?<![\p{L}\d])\p{Lu}{1,4}$/u;
/** Besides: a currency sign, the word behind a number, a dash with what follows, letters that may be spelled. */
const OPEN_NUMBER = [
  /(?<![\p{L}\d])(?:[-−$€£+(]+\s?|[-−$€£+(]*\s?\d[\d\s().,:/–—€$£%°ºª-]*(?:[\p{L}.²/][\p{L}\d.²/:]*)?\s?)$/u,
  /[–—-]\s?\S*$/,
  /\s?&\s?$/,
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
  const { words, abbreviations, opening } = numbers;
  const reader = createNumberReader(words);
  const rules: readonly Rule[] = [
    ...addressRules(signs, reader.digits),
    ...MARKS,
    ...numbers.rules,
    ...longNumberRules({ digit: reader.digits, plus: signs.plus, groupMark: words.groupMark }),
    ...quantityRules(words, reader),
    ...abbreviationRules(abbreviations),
  ];
  const before = [...opening, ...Object.keys(words.currencies).filter((name) => /^\p{L}+$/u.test(name))];
  const beginnings = beginningsOf([...Object.keys(abbreviations), ...before, ...before.map((word) => `${word} .`)]);
  const scaled = new RegExp(`(?<![\\p{L}\\d])\\d[\\d.,]*\\s?(?:${anyOf(Object.keys(words.scales))})\\s?[\\p{L}$€£]*$`, 'u');
  const openings = [...OPEN_ALWAYS, ...OPEN_NUMBER, scaled];
  const pointless = Object.keys(abbreviations).filter((short) => !short.endsWith('.'));
  const letters = new RegExp(`\\p{Lu}{2}${pointless.length > 0 ? `|${anyOf(pointless)}` : ''}`, 'u');
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
    concerns: (words) => shortFrom(words) < words.length || CAPITALS.test(words) || WEB_BEGINNING.test(words) || letters.test(words),
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

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** As they stand in the table; those of several words with a capital too, as at the beginning of a sentence. */
function abbreviationRules(table: Readonly<Record<string, string>>): readonly Rule[] {
  const said = new Map<string, string>();
  for (const [short, long] of Object.entries(table)) {
    if (/\..*\./.test(short)) said.set(capital(short), capital(long));
    said.set(short, long);
  }
  const pattern = new RegExp(`(?<![\\p{L}\\d.])(?:${anyOf([...said.keys()])})(?!\\p{L})`, 'gu');
  return [{ pattern, say: (short) => said.get(short)! }];
}

/** Their beginnings up to the end of a word or past it: models write words in one piece mostly. */
function beginningsOf(abbreviations: readonly string[]): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const short of abbreviations) {
    for (let end = 1; end < short.length; end++) {
      if (/\p{L}$/u.test(short.slice(0, end)) && /^\p{L}/u.test(short.slice(end))) continue;
      beginnings.add(short.slice(0, end));
      beginnings.add(capital(short.slice(0, end)));
    }
  }
  return beginnings;
}
