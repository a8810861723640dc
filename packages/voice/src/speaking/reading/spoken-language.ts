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
  /** The form of a number's words before what is counted, where it differs: "veintiún euros". */
  beforeNoun?: (number: string) => string;
  /** Between the ends of a range. */
  to: string;
  /** By sign, code or word. */
  currencies: Readonly<Record<string, Currency>>;
  /** "million" and the like, between an amount and its currency. */
  scales: Readonly<Record<string, Counted>>;
  /** An amount with hundredths: "twelve dollars and fifty cents", "zwölf Euro fünfzig". */
  amount(main: string, small: { number: string; counted: string }): string;
  /** A currency behind one of those: "euros", "d’euros". */
  afterScale(many: string): string;
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
    /** Words that mean something else before a number or a name, as they are written: "May", "No.", "St.". */
    opening: readonly string[];
  };
}
