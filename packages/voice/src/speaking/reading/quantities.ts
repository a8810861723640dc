import { anyOf, escaped, type Rule } from './rule.ts';
import type { Counted, QuantityWords } from './spoken-language.ts';

const LONGEST_CARDINAL = 15;
/** A number without thousands marks that is this long and not round is a code, and read digit by digit. */
const CODE_DIGITS = 5;
const THOUSANDS = /^\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+$/;

/** What writes numbers of a language in words. */
export interface NumberReader {
  /** The pattern of a number as written, without a sign. */
  readonly pattern: string;
  say(written: string): string;
  /** Digit by digit. */
  digits(digits: string): string;
  count(written: string, counted: Counted): string;
  /** Whole part and decimals as digits. */
  parts(written: string): { whole: string; decimals: string };
}

export function createNumberReader(words: QuantityWords): NumberReader {
  const { groupMark, decimalMark } = words;
  const mark = groupMark === ' ' ? '[ \\u00a0\\u202f]' : escaped(groupMark);
  const decimal = escaped(decimalMark);
  // Where a point parts thousands a space does so too (DIN 5008), but it also parts numbers: what is counted behind them tells.
  const counted = anyOf([...Object.keys(words.units), ...Object.keys(words.currencies)]);
  const spaced = `[1-9]\\d{0,2}(?:[ \\u00a0\\u202f]\\d{3})+(?!\\d)(?:${decimal}\\d+)?(?=[ \\u00a0]?(?:${counted})(?!\\p{L}))|`;
  const pattern = `(?:${groupMark === '.' ? spaced : ''}\\d{1,3}(?:${mark}\\d{3})+(?!\\d)(?:${decimal}\\d+)?|\\d+(?:${decimal}\\d+)?)`;
  const digits = (run: string) => [...run.replace(/\D/g, '')].map((digit) => words.digits[Number(digit)]!).join(' ');
  const parts = (written: string) => {
    const [whole = '', decimals = ''] = written.replace(new RegExp(`${mark}|[ \\u00a0\\u202f]`, 'g'), '').split(decimalMark);
    return { whole: whole.replace(/\D/g, ''), decimals };
  };
  const wholeNumber = (whole: string) => (whole.length > LONGEST_CARDINAL || /^0\d/.test(whole) ? digits(whole) : words.cardinal(whole));
  const say = (written: string) => {
    const { whole, decimals } = parts(written);
    return decimals === '' ? wholeNumber(whole) : `${wholeNumber(whole)} ${words.point} ${digits(decimals)}`;
  };
  return {
    pattern,
    say,
    digits,
    parts,
    count: (written, [one, many]) => (written === '1' ? one : `${words.beforeNoun?.(say(written), many) ?? say(written)} ${many}`),
  };
}

/** Money, percentages, units, ranges and plain numbers. */
export function quantityRules(words: QuantityWords, reader: NumberReader): readonly Rule[] {
  const { pattern: number, say, count } = reader;
  const free = '(?<![\\p{L}\\d]|\\d[.,])';
  const currency = anyOf(Object.keys(words.currencies));
  const scale = `(?:[ \\u00a0]?(${anyOf(Object.keys(words.scales))})(?![\\p{L}]))?`;
  const unit = anyOf(Object.keys(words.units));

  function money(written: string, scaled: string, name: string): string {
    const { main, small } = words.currencies[name]!;
    if (scaled !== '') return `${count(written, words.scales[scaled]!)} ${words.afterScale(main[1], scaled)}`;
    // Hundredths and thousands are written with a point and with a comma in every language: two digits at the end are hundredths.
    const cents = /[.,](\d{2})$/.exec(written)?.[1] ?? '';
    const whole = (cents === '' ? written : written.slice(0, -3)).replace(/\D/g, '');
    if (cents === '' && !THOUSANDS.test(written)) return count(written, main);
    if (cents === '' || cents === '00') return count(whole, main);
    const hundredths = String(Number(cents));
    if (whole === '0') return count(hundredths, small);
    return words.amount(count(whole, main), { number: words.cardinal(hundredths), counted: count(hundredths, small) });
  }
  const amount = `(?:\\d{1,3}(?:[.,\\u00a0\\u202f]\\d{3})+(?:[.,]\\d{2})?(?!\\d)|\\d+[.,]\\d{2}(?!\\d)|${number})`;
  const minus = (sign: string) => (sign === '' ? '' : `${words.minus} `);
  const sign = '([-−]?)';

  return [
    {
      pattern: new RegExp(`(?<![\\p{L}\\d])${sign}(${currency})\\s?(${amount})${scale}`, 'gu'),
      say: (_, negative, name, written, scaled) => minus(negative!) + money(written!, scaled!, name!),
    },
    {
      pattern: new RegExp(`${free}${sign}(${amount})${scale}[\\s\\u00a0]?(${currency})(?![\\p{L}])`, 'gu'),
      say: (_, negative, written, scaled, name) => minus(negative!) + money(written!, scaled!, name!),
    },
    {
      pattern: new RegExp(`${free}${sign}(${number})[\\s\\u00a0]?%`, 'gu'),
      say: (_, negative, written) => `${minus(negative!)}${say(written!)} ${words.percent}`,
    },
    {
      pattern: new RegExp(`${free}${sign}(${number})[\\s\\u00a0]?(${unit})(?![\\p{L}\\d])`, 'gu'),
      say: (_, negative, written, name) => minus(negative!) + count(written!, words.units[name!]!),
    },
    { pattern: new RegExp(`(?<=\\d[\\p{L}.%€£ ]{0,5})\\s?[–—-]\\s?(?=[${escaped('$€£')}]?\\d)`, 'gu'), say: () => ` ${words.to} ` },
    {
      pattern: new RegExp(`${free}(\\d{${CODE_DIGITS},})(?![\\p{L}\\d]|[.,]\\d)`, 'gu'),
      say: (_, code) =>
        code!.endsWith('00')
          ? null
          : code!
              .match(/\d{3}(?!\d$)|\d+/g)!
              .map(reader.digits)
              .join(', '),
    },
    {
      pattern: new RegExp(`${free}${sign}(${number})(?![\\p{L}\\d])`, 'gu'),
      say: (_, negative, written) => minus(negative!) + say(written!),
    },
  ];
}
