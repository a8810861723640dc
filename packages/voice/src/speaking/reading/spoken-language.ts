import type { Rule } from './rule.ts';

/** A currency, a unit: with its number where there is one of it ("ein Euro"), and behind any other number ("Euro"). */
export type Counted = readonly [one: string, many: string];

export interface Currency {
  main: Counted;
  /** Hundredths. */
  small: Counted;
}

/** How a language names the signs in addresses. */
export interface SignNames {
  at: string;
  dot: string;
  dash: string;
  underscore: string;
  plus: string;
  slash: string;
}

/** What one language needs so that numbers and all that is written with them are said; the rest is the same for all. */
export interface QuantityWords {
  /** The words of a whole number of up to 15 digits. */
  cardinal(digits: string): string;
  /** Between thousands, and before decimals. */
  groupMark: string;
  decimalMark: ',' | '.';
  /** The words for 0 to 9. */
  digits: readonly string[];
  point: string;
  minus: string;
  percent: string;
  /** The form of a number's words before what is counted, where it differs: "veintiún euros", "veintiuna horas". */
  beforeNoun?: (number: string, noun: string) => string;
  /** Between the ends of a range. */
  to: string;
  /** Between the parts of a ratio: "3:2". */
  ratio: string;
  plus: string;
  equals: string;
  /** Between the sides of a size or a product: "3 x 4". */
  by: string;
  /** How often, as "3x" is said. */
  times(number: string): string;
  /** Before what something is counted by: "€/month". */
  per: string;
  /** For "~" before a number. */
  about: string;
  /** For "#" before a number. */
  number: string;
  /** A fraction like "1/2", alone or behind a whole number ('' where there is none). Null: it has no name of its own. */
  fraction(written: string, whole: string): string | null;
  /** By sign, code or word. */
  currencies: Readonly<Record<string, Currency>>;
  /** "million" and the like, between an amount and its currency. */
  scales: Readonly<Record<string, Counted>>;
  /** An amount with hundredths: "twelve dollars and fifty cents", "zwölf Euro fünfzig". */
  amount(main: string, small: { number: string; counted: string }): string;
  /** A currency behind one of those, as it is written: "euros", "d’euros". */
  afterScale(many: string, scale: string): string;
  units: Readonly<Record<string, Counted>>;
}

/** How a language is read aloud: one file a language, one line in `languages.ts`. */
export interface SpokenLanguage {
  /** Primary language, as in BCP-47. */
  code: string;
  signs: SignNames;
  /** Left out: numbers stay as they are written, and the voice reads them. */
  numbers?: {
    words: QuantityWords;
    /** Dates, times, ordinals and what else the language writes in its own way: they come before all that is common. */
    rules: readonly Rule[];
    /** With the point that ends them; what they stand for. */
    abbreviations: Readonly<Record<string, string>>;
    /** Abbreviations at which sentences end as well: a word of this pattern behind one begins the next sentence. */
    closing: { abbreviations: readonly string[]; nextWord: string };
    /** A pattern of what stands before a number that is a code: "PIN is", "ending in". */
    codeWords: string;
    /** Words that mean something else before a number or a name, as they are written: "May", "No.", "St.". */
    opening: readonly string[];
    /** What else may become something different with what follows, at the end of a text. */
    open?: readonly RegExp[];
  };
}
