import { escaped, type Rule } from './rule.ts';

/** Seven digits and more, with the usual separators: telephone, order and account numbers. */
const LONG_NUMBER = /(?<![\p{L}\d.,:/])\+?\(?\d[\d\s().\u00a0/-]{5,}\d(?![\p{L}\d%°€$£]|[.,:]\d)/gu;
const SHORT_LOCAL = /(?<![\w.,-])\d{3}-\d{4}(?![\w-])/g;
/** Ten digits of North America, with the country code or without. */
const NATIONAL = /^(1?)(\d{3})(\d{3})(\d{4})$/;
const DATE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d{2}))$/;
const YEARS = /^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$/;
const FEWEST_DIGITS = 7;
/** A group that is longer than this is said in several. */
const LONGEST_GROUP = 4;
/** The zero that is dialled only where there is no country code: "+49 (0)30". */
const TRUNK_ZERO = /\(0\)/;

/** Digits in threes; none is left alone at the end. */
export const inGroups = (digits: string): readonly string[] =>
  digits.length <= LONGEST_GROUP ? [digits] : digits.match(/\d{3}(?!\d$)|\d+/g)!;

/** Numbers that are read digit by digit, in groups with a short pause between them, as people read them out. */
export function longNumberRules(say: { digit(digit: string): string; plus: string; groupMark: string }): readonly Rule[] {
  const grouped = new RegExp(`^[1-9]\\d{0,2}(?:${say.groupMark === ' ' ? '[ \\u00a0\\u202f]' : escaped(say.groupMark)}\\d{3})+$`);
  const spell = (written: string): string => {
    const abroad = written.startsWith('+');
    const groups = (abroad ? written.replace(TRUNK_ZERO, '') : written).split(/\D+/).filter(Boolean);
    const national = groups.length > 1 ? null : NATIONAL.exec(groups[0] ?? '');
    const parts = national?.slice(1).filter(Boolean) ?? groups.flatMap(inGroups);
    const said = parts.map((part) => [...part].map(say.digit).join(' ')).join(', ');
    return abroad ? `${say.plus} ${said}` : said;
  };
  const long = (written: string): string | null => {
    if (written.replace(/\D/g, '').length < FEWEST_DIGITS) return null;
    return DATE.test(written) || YEARS.test(written) || grouped.test(written) ? null : spell(written);
  };
  return [
    { pattern: LONG_NUMBER, say: long },
    { pattern: SHORT_LOCAL, say: spell },
  ];
}
