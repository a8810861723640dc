import { toOrdinal } from 'n2words/en-US';
import { abbreviations, cardinal, closing, spaced, words } from './english-words.ts';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

const ordinal = (n: string | number) => (Number(n) > 0 ? spaced(toOrdinal(n)) : cardinal(n));

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const SHORT_MONTHS = 'Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec'.split(' ');
const MONTH = anyOf([...MONTHS, ...SHORT_MONTHS]);

/** 1999: "nineteen ninety nine", 2005: "two thousand five", 1900: "nineteen hundred". */
function year(digits: string): string {
  const n = Number(digits);
  const rest = n % 100;
  if (n % 1000 < 10) return cardinal(n);
  const century = cardinal(Math.floor(n / 100));
  if (rest === 0) return `${century} hundred`;
  return rest < 10 ? `${century} oh ${cardinal(rest)}` : `${century} ${cardinal(rest)}`;
}

const meridiem = (half: string) => (half.toLowerCase() === 'a' ? 'A M' : 'P M');
function clockTime(hours: string, minutes: string, half: string): string {
  const hour = Number(hours);
  const minute = Number(minutes);
  const said = half !== '' ? meridiem(half) : hour > 12 ? 'P M' : hour === 0 ? 'A M' : '';
  const hour12 = hour > 12 ? hour - 12 : hour === 0 ? 12 : hour;
  const spokenMinute = minute === 0 ? (said ? '' : "o'clock") : minute < 10 ? `oh ${cardinal(minute)}` : cardinal(minute);
  return [cardinal(hour12), spokenMinute, said].filter(Boolean).join(' ');
}

/** In a date of two numbers the month comes first in the United States, elsewhere the day. */
function numericDate(monthFirst: boolean, first: string, second: string, inYear: string): string | null {
  let [month, day] = monthFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  if (month > 12) [month, day] = [day, month];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const full = inYear.length === 2 ? `20${inYear}` : inYear;
  return `${MONTHS[month - 1]} ${ordinal(day)}${full === '' ? '' : `, ${year(full)}`}`;
}

/** Days, months and time zones go on with the sentence. */
const NEXT_SENTENCE = `(?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|(?:${MONTH})\\b|[A-Z]{2,})\\p{Lu}`;
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED =
  'API AI ATM BMW CEO CIA CRM CV DHL DIY DMV DNA DOB DVD ETA EU FAQ FBI FYI GPS HR ID IRS IT LLC MRI PC PDF PM QR RSVP SMS SSN TV UK UPS URL USA USB USPS VAT VIN VIP'.split(
    ' ',
  );
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY = 'Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun';
const OPEN_DAY = new RegExp(`\\b(?:${DAY})\\.?(?:\\s?[–-]\\s?|,?\\s?)(?:\\p{Lu}\\p{Ll}{0,2}\\s?)?$`, 'u');
const dayOf = (short: string) => DAYS.find((day) => day.startsWith(short.slice(0, 3)))!;
const decade = (n: string) => cardinal(n).replace(/y$/, 'ies').replace(/ten$/, 'tens');

/** "a.m." and "p.m."; the point ends the sentence as well where a word with a capital follows that is no day or month. */
const HALF = `([ap])(?:m\\b|\\.\\s?m(?:\\.(?!\\s+(?-i:${NEXT_SENTENCE}))|(\\.)))`;

const rules = (monthFirst: boolean): readonly Rule[] => [
  {
    pattern: /\b(\d{4})-(\d{2})-(\d{2})(T(?=\d)|\b)/g,
    say: (_, inYear, month, day, time) => {
      const date = numericDate(true, month!, day!, inYear!);
      return date && (time === '' ? date : `${date}, `);
    },
  },
  {
    pattern: /(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])/g,
    say: (_, a, _sign, b, inYear) => numericDate(monthFirst, a!, b!, inYear!),
  },
  {
    pattern: /(?<=\b(?:on|by|until|till|from|since|before|after|to) )(\d{1,2})\/(\d{1,2})(?![\d/])/gi,
    say: (_, a, b) => numericDate(monthFirst, a!, b!, ''),
  },
  {
    pattern: new RegExp(`(?<=\\b(?:${MONTH})\\.? )(\\d{1,2})(?:st|nd|rd|th)?(?![\\w:%]|[.,]\\d|\\s?[ap]\\.?m)`, 'g'),
    say: (_, day) => ordinal(day!),
  },
  {
    pattern: new RegExp(`(?<![\\d.,:/])([Tt]he )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?=(?:${MONTH})\\b)`, 'g'),
    say: (_, the, day) => `${the === '' ? 'the ' : the}${ordinal(day!)} of `,
  },
  {
    pattern: new RegExp(`\\b(${anyOf(SHORT_MONTHS)})\\b\\.?(?=\\s\\d)`, 'g'),
    say: (_, short) => MONTHS.find((month) => month.startsWith(short!.slice(0, 3)))!,
  },
  { pattern: /(?<=\b(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat)\.?)\s?[–-]\s?(?=(?:Tue|Wed|Thu|Fri|Sat|Sun))/g, say: () => ' to ' },
  // "Sat" and "Sun" are words as well: beside another day or a date they are days.
  { pattern: new RegExp(`\\b(${DAY})\\b\\.?(?=\\s?[–-]\\s?(?:${DAY})|,? (?:\\d|${MONTH}))`, 'g'), say: (_, day) => dayOf(day!) },
  { pattern: new RegExp(`(?<=\\b(?:${DAY})\\.?\\s?[–-]\\s?)(${DAY})\\b\\.?`, 'g'), say: (_, day) => dayOf(day!) },
  { pattern: /\b(1[89]|20)(\d0)s\b/g, say: (_, century, tens) => `${cardinal(century!)} ${tens === '00' ? 'hundreds' : decade(tens!)}` },
  { pattern: /(?<![\d\p{L}])'?([2-9]0)s\b/gu, say: (_, tens) => decade(tens!) },
  { pattern: /\b911\b/g, say: () => 'nine one one' },
  // A flight, as it is called out.
  { pattern: /(?<=\b(?:[Ff]light|[Tt]rain) [A-Z]{2,3} )(\d{2,4})\b/g, say: (_, n) => [...n!].map(cardinal).join(' ') },
  { pattern: /\b24\s?\/\s?7\b/g, say: () => 'twenty four seven' },
  {
    pattern: new RegExp(`(?:\\b|(?<=\\dT))([01]?\\d|2[0-3]):([0-5]\\d)(?![\\d:])(?:\\s?${HALF})?`, 'giu'),
    say: (_, hours, minutes, half, end) => clockTime(hours!, minutes!, half!) + end,
  },
  { pattern: new RegExp(`\\b(1[0-2]|[1-9])\\s?${HALF}`, 'giu'), say: (_, hours, half, end) => clockTime(hours!, '0', half!) + end },
  {
    pattern: /(?<![\p{L}\d])(\d)['’′](\d{1,2})(?:["”″]|(?!\d))/gu,
    say: (_, feet, inches) => `${cardinal(feet!)} foot ${cardinal(inches!)}`,
  },
  { pattern: /(?<=[A-Z][a-z]+ )St\.(?=\s[^A-Z]|,|$)/g, say: () => 'Street' },
  { pattern: /\bSt\.(?=\s[A-Z])/g, say: () => 'Saint' },
  { pattern: /\bNo\.\s?(?=\d)/g, say: () => 'number ' },
  { pattern: new RegExp(`\\b(${SPELLED.join('|')})(s?)\\b`, 'g'), say: (_, word, many) => [...word!].join(' ') + many },
  { pattern: /\b(\d{1,9})(?:st|nd|rd|th)\b/g, say: (_, n) => ordinal(n!) },
  { pattern: /(?<![\p{L}\d]|\d[.,])(?:19|20)\d{2}(?![\p{L}\d%°]|[.,]\d)(?!\s?(?:[$€£%]|(?:dollars|euros|pounds)\b))/gu, say: year },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' and ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'and ' },
];

/** English; of the United States unless the tag names another country. */
export const english = (tag: string): SpokenLanguage => ({
  code: 'en',
  signs: { at: 'at', dot: 'dot', dash: 'dash', underscore: 'underscore', plus: 'plus', slash: 'slash' },
  numbers: {
    words,
    rules: rules(!/-(?!us\b)[a-z]{2}\b/i.test(tag)),
    abbreviations,
    closing,
    codeWords: '(?:PIN|[Cc]ode|[Pp]asscode|[Ee]xtension|[Ee]xt\\.|[a-z]{4,} number)(?: is)?|(?:[Ee]nding|[Ee]nds) (?:in|with)',
    opening: [...MONTHS, ...SHORT_MONTHS, ...SHORT_MONTHS.map((month) => `${month}.`), 'No.', 'St.'],
    open: [OPEN_DAY],
  },
});
