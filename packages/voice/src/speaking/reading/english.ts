import { toCardinal, toOrdinal } from 'n2words/en-US';
import { anyOf, type Rule } from './rule.ts';
import type { QuantityWords, SpokenLanguage } from './spoken-language.ts';

/** Voices say "twenty one" and "twenty-one" alike, and captions of single words are easier to follow without the hyphen. */
const spaced = (words: string) => words.replaceAll('-', ' ');
const cardinal = (digits: string | number) => spaced(toCardinal(digits));
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
  const said = half !== '' ? meridiem(half) : hour > 12 ? 'P M' : '';
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

const FRACTIONS: Record<string, string> = {
  '1/2': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
};
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED = 'API AI ATM CEO CRM CV DIY DNA DVD EU FAQ FBI GPS HR ID IT PC PDF PM QR SMS TV UK URL USA USB VAT VIP'.split(' ');

const rules = (monthFirst: boolean): readonly Rule[] => [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, say: (_, inYear, month, day) => numericDate(true, month!, day!, inYear!) },
  {
    pattern: /(?<![\d./])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])/g,
    say: (_, a, b, inYear) => numericDate(monthFirst, a!, b!, inYear!),
  },
  {
    pattern: new RegExp(`(?<=\\b(?:${MONTH})\\.? )(\\d{1,2})(?:st|nd|rd|th)?(?![\\w:%]|[.,]\\d|\\s?[ap]\\.?m)`, 'g'),
    say: (_, day) => ordinal(day!),
  },
  {
    pattern: new RegExp(`(?<![\\d.,:/])(the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?=(?:${MONTH})\\b)`, 'g'),
    say: (_, the, day) => `${the === '' ? 'the ' : the}${ordinal(day!)} of `,
  },
  {
    pattern: new RegExp(`\\b(${anyOf(SHORT_MONTHS)})\\b\\.?(?=\\s\\d)`, 'g'),
    say: (_, short) => MONTHS.find((month) => month.startsWith(short!.slice(0, 3)))!,
  },
  { pattern: /(?<=\b(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat)\.?)\s?[–-]\s?(?=(?:Tue|Wed|Thu|Fri|Sat|Sun))/g, say: () => ' to ' },
  { pattern: /\b24\s?\/\s?7\b/g, say: () => 'twenty four seven' },
  {
    pattern: /\b([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?:\s?([ap])(?:\.\s?m\.|m\b))?/gi,
    say: (_, hours, minutes, half) => clockTime(hours!, minutes!, half!),
  },
  { pattern: /\b(1[0-2]|[1-9])\s?([ap])(?:\.\s?m\.|m\b)/gi, say: (_, hours, half) => clockTime(hours!, '0', half!) },
  { pattern: /(?<=[A-Z][a-z]+ )St\.(?=\s[^A-Z]|,|$)/g, say: () => 'Street' },
  { pattern: /\bSt\.(?=\s[A-Z])/g, say: () => 'Saint' },
  { pattern: /\bNo\.\s?(?=\d)/g, say: () => 'number ' },
  { pattern: new RegExp(`\\b(?:${SPELLED.join('|')})\\b`, 'g'), say: (word) => [...word].join(' ') },
  { pattern: /\b(\d{1,9})(?:st|nd|rd|th)\b/g, say: (_, n) => ordinal(n!) },
  { pattern: /(?<![\d/])(\d)\/(\d)(?![\d/])/g, say: (written, a, b) => FRACTIONS[written] ?? `${cardinal(a!)} out of ${cardinal(b!)}` },
  { pattern: /(?<![\p{L}\d]|\d[.,])(?:19|20)\d{2}(?![\p{L}\d%°]|[.,]\d)(?!\s?(?:[$€£%]|(?:dollars|euros|pounds)\b))/gu, say: year },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' and ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'and ' },
];

const words: QuantityWords = {
  cardinal,
  groupMark: ',',
  decimalMark: '.',
  digits: 'zero one two three four five six seven eight nine'.split(' '),
  point: 'point',
  minus: 'minus',
  percent: 'percent',
  to: 'to',
  currencies: {
    $: { main: ['one dollar', 'dollars'], small: ['one cent', 'cents'] },
    USD: { main: ['one US dollar', 'US dollars'], small: ['one cent', 'cents'] },
    '€': { main: ['one euro', 'euros'], small: ['one cent', 'cents'] },
    EUR: { main: ['one euro', 'euros'], small: ['one cent', 'cents'] },
    '£': { main: ['one pound', 'pounds'], small: ['one penny', 'pence'] },
    GBP: { main: ['one pound', 'pounds'], small: ['one penny', 'pence'] },
    CHF: { main: ['one Swiss franc', 'Swiss francs'], small: ['one centime', 'centimes'] },
  },
  scales: { thousand: ['one thousand', 'thousand'], million: ['one million', 'million'], billion: ['one billion', 'billion'] },
  amount: (main, { counted }) => `${main} and ${counted}`,
  afterScale: (many) => many,
  units: {
    km: ['one kilometer', 'kilometers'],
    'km/h': ['one kilometer per hour', 'kilometers per hour'],
    m: ['one meter', 'meters'],
    cm: ['one centimeter', 'centimeters'],
    mm: ['one millimeter', 'millimeters'],
    'm²': ['one square meter', 'square meters'],
    'sq ft': ['one square foot', 'square feet'],
    ft: ['one foot', 'feet'],
    mi: ['one mile', 'miles'],
    mph: ['one mile per hour', 'miles per hour'],
    kg: ['one kilogram', 'kilograms'],
    g: ['one gram', 'grams'],
    lb: ['one pound', 'pounds'],
    lbs: ['one pound', 'pounds'],
    oz: ['one ounce', 'ounces'],
    l: ['one liter', 'liters'],
    L: ['one liter', 'liters'],
    ml: ['one milliliter', 'milliliters'],
    hr: ['one hour', 'hours'],
    hrs: ['one hour', 'hours'],
    min: ['one minute', 'minutes'],
    mins: ['one minute', 'minutes'],
    sec: ['one second', 'seconds'],
    kW: ['one kilowatt', 'kilowatts'],
    kWh: ['one kilowatt hour', 'kilowatt hours'],
    GB: ['one gigabyte', 'gigabytes'],
    MB: ['one megabyte', 'megabytes'],
    TB: ['one terabyte', 'terabytes'],
    '°': ['one degree', 'degrees'],
    '°C': ['one degree Celsius', 'degrees Celsius'],
    '° C': ['one degree Celsius', 'degrees Celsius'],
    '°F': ['one degree Fahrenheit', 'degrees Fahrenheit'],
  },
};

const abbreviations = {
  'Mr.': 'Mister',
  'Mrs.': 'Missus',
  'Ms.': 'Miz',
  'Dr.': 'Doctor',
  'Prof.': 'Professor',
  'Jr.': 'Junior',
  'Sr.': 'Senior',
  'Ave.': 'Avenue',
  'Blvd.': 'Boulevard',
  'Rd.': 'Road',
  'Apt.': 'Apartment',
  'Dept.': 'department',
  'Ext.': 'extension',
  'ext.': 'extension',
  'e.g.': 'for example',
  'i.e.': 'that is',
  'etc.': 'and so on',
  'vs.': 'versus',
  'approx.': 'approximately',
  'Inc.': 'Incorporated',
  'Ltd.': 'Limited',
  'Corp.': 'Corporation',
  'Mon.': 'Monday',
  'Tue.': 'Tuesday',
  'Tues.': 'Tuesday',
  'Wed.': 'Wednesday',
  'Thu.': 'Thursday',
  'Thurs.': 'Thursday',
  'Fri.': 'Friday',
  'Jan.': 'January',
  'Feb.': 'February',
  'Aug.': 'August',
  'Sept.': 'September',
  'Oct.': 'October',
  'Nov.': 'November',
  'Dec.': 'December',
};

/** English; of the United States unless the tag names another country. */
export const english = (tag: string): SpokenLanguage => ({
  code: 'en',
  signs: { at: 'at', dot: 'dot', dash: 'dash', underscore: 'underscore', plus: 'plus', slash: 'slash' },
  numbers: {
    words,
    rules: rules(!/-(?!us\b)[a-z]{2}\b/i.test(tag)),
    abbreviations,
    opening: [...MONTHS, ...SHORT_MONTHS.map((month) => `${month}.`), 'No.', 'St.'],
  },
});
