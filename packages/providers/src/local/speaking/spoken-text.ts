import { cardinal, digitByDigit, ordinal, spokenNumber, year } from './number-words.ts';

/** One way of writing and how it is said. The order of the rules is the order of their work. */
interface Rule {
  pattern: RegExp;
  say: (match: string, ...groups: string[]) => string;
}

const CURRENCIES: Record<string, readonly [one: string, many: string, smallOne: string, smallMany: string]> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
};

const ABBREVIATIONS: Record<string, string> = {
  'mr.': 'Mister',
  'mrs.': 'Missus',
  'ms.': 'Miz',
  'dr.': 'Doctor',
  'prof.': 'Professor',
  'jr.': 'Junior',
  'sr.': 'Senior',
  'ave.': 'Avenue',
  'blvd.': 'Boulevard',
  'rd.': 'Road',
  'apt.': 'Apartment',
  'dept.': 'department',
  'ext.': 'extension',
  'e.g.': 'for example',
  'i.e.': 'that is',
  'etc.': 'and so on',
  'vs.': 'versus',
  'approx.': 'approximately',
  'inc.': 'Incorporated',
  'ltd.': 'Limited',
  'corp.': 'Corporation',
  'mon.': 'Monday',
  'tue.': 'Tuesday',
  'tues.': 'Tuesday',
  'wed.': 'Wednesday',
  'thu.': 'Thursday',
  'thurs.': 'Thursday',
  'fri.': 'Friday',
  'jan.': 'January',
  'feb.': 'February',
  'aug.': 'August',
  'sept.': 'September',
  'oct.': 'October',
  'nov.': 'November',
  'dec.': 'December',
};

const UNITS: Record<string, string> = {
  km: 'kilometers',
  cm: 'centimeters',
  mm: 'millimeters',
  kg: 'kilograms',
  mph: 'miles per hour',
  lb: 'pounds',
  lbs: 'pounds',
  hrs: 'hours',
  min: 'minutes',
  mins: 'minutes',
  GB: 'gigabytes',
  MB: 'megabytes',
};

/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED = new Set('API AI ATM CEO CRM CV DIY DNA DVD EU FAQ FBI GPS HR ID IT PC PDF PM QR SMS TV UK URL USA USB VAT VIP'.split(' '));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (table: Record<string, string>) => Object.keys(table).map(escaped).join('|');

const meridiem = (half: string) => (half.toLowerCase().startsWith('a') ? 'A M' : 'P M');

function clockTime(hours: string, minutes: string, half: string): string {
  const hour = Number(hours);
  const minute = Number(minutes || 0);
  const said = half ? meridiem(half) : hour > 12 ? 'P M' : '';
  const hour12 = hour > 12 ? hour - 12 : hour === 0 ? 12 : hour;
  const spokenMinute = minute === 0 ? (said ? '' : "o'clock") : minute < 10 ? `oh ${cardinal(minute)}` : cardinal(minute);
  return [cardinal(hour12), spokenMinute, said].filter(Boolean).join(' ');
}

function money(sign: string, amount: string, cents: string, scale: string): string {
  const [one, many, smallOne, smallMany] = CURRENCIES[sign]!;
  const whole = Number(amount.replaceAll(',', ''));
  if (scale) return `${spokenNumber(cents ? `${amount}.${cents}` : amount)} ${scale.toLowerCase()} ${many}`;
  const small = Number((cents || '').padEnd(2, '0').slice(0, 2));
  const parts: string[] = [];
  if (whole > 0 || small === 0) parts.push(`${cardinal(whole)} ${whole === 1 ? one : many}`);
  if (small > 0) parts.push(`${cardinal(small)} ${small === 1 ? smallOne : smallMany}`);
  return parts.join(' and ');
}

/** Ten digits of North America, with the country code or without. */
const NATIONAL = /^(1?)(\d{3})(\d{3})(\d{4})$/;

/** Groups of digits with a short pause between them, as people read out numbers. */
function spelledGroups(written: string): string {
  const groups = written.split(/\D+/).filter(Boolean);
  const split =
    groups.length === 1 ? (groups[0]!.match(NATIONAL)?.slice(1).filter(Boolean) ?? groups[0]!.match(/\d{3}(?!\d$)|\d+/g)!) : groups;
  return `${/^\s*\+/.test(written) ? 'plus ' : ''}${split.map(digitByDigit).join(', ')}`;
}

const address = (written: string): string =>
  written
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .replace(/@/g, ' at ')
    .replace(/\./g, ' dot ')
    .replace(/-/g, ' dash ')
    .replace(/_/g, ' underscore ')
    .replace(/\+/g, ' plus ')
    .replace(/\//g, ' slash ')
    .replace(/\d+/g, (digits) => ` ${digitByDigit(digits)} `);

const RULES: readonly Rule[] = [
  // Marks of writing that nobody says.
  { pattern: /[*_`#]{2,}|(?<=^|\s)[*_`#>]+(?=\s|\w)|(?<=\w|[.!?])[*`]+(?=\s|$|[.,!?])/gm, say: () => '' },
  { pattern: /\[([^\]]+)\]\([^)]*\)/g, say: (_, label) => label! },
  { pattern: /^\s*[-•]\s+/gm, say: () => '' },
  { pattern: /\p{Extended_Pictographic}\uFE0F?/gu, say: () => ' ' },
  { pattern: /[“”«»"]/g, say: () => '' },
  { pattern: /[‘’]/g, say: () => "'" },
  // Addresses.
  { pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, say: address },
  { pattern: /\b(?:https?:\/\/|www\.)[^\s,;!?]*[^\s,;!?.]/gi, say: address },
  { pattern: /\b[a-z][\w-]*\.(?:com|org|net|io|ai|shop|dev|co\.uk|de|app)\b/gi, say: address },
  // Telephone numbers, and every other long row of digits.
  { pattern: /(?<![\w.,])\+?\(?\d{1,4}\)?(?:[\s.-]\(?\d{2,4}\)?){1,3}[\s.-]\d{3,4}(?![\w%]|[.,:]\d)/g, say: spelledGroups },
  { pattern: /(?<![\w.,-])\d{3}-\d{4}(?![\w-])/g, say: spelledGroups },
  { pattern: /(?<![\w.,])\+?\d{5,}(?![\w%]|[.,:]\d)/g, say: spelledGroups },
  // Money.
  {
    pattern: /([$€£])\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?:\s(thousand|million|billion))?(?!\d)/gi,
    say: (_, sign, amount, cents, scale) => money(sign!, amount!, cents!, scale!),
  },
  { pattern: /\b(\d+)(?:[.,](\d{2}))?\s?([€£])/g, say: (_, amount, cents, sign) => money(sign!, amount!, cents!, '') },
  // Times of day and ranges of them.
  { pattern: /\b24\s?\/\s?7\b/g, say: () => 'twenty four seven' },
  { pattern: /(\d(?:\s?[ap]\.?m\.?)?)\s?[–—-]\s?(?=\d{1,2}(?::\d{2})?(?:\s?[ap]\.?m\b|\b))/gi, say: (_, before) => `${before} to ` },
  {
    pattern: /\b([01]?\d|2[0-3]):([0-5]\d)(?:\s?([ap])(?:\.\s?m\.|m\b))?/gi,
    say: (_, hours, minutes, half) => clockTime(hours!, minutes!, half ?? ''),
  },
  { pattern: /\b(1[0-2]|[1-9])\s?([ap])(?:\.\s?m\.|m\b)/gi, say: (_, hours, half) => clockTime(hours!, '', half!) },
  // Shortened words.
  { pattern: /(?<=[A-Z][a-z]+\s)St\.(?=\s|,|$)/g, say: () => 'Street' },
  { pattern: /\bSt\.(?=\s[A-Z])/g, say: () => 'Saint' },
  { pattern: /\bNo\.\s?(?=\d)/g, say: () => 'number ' },
  { pattern: new RegExp(`(?<![\\w.])(?:${anyOf(ABBREVIATIONS)})`, 'gi'), say: (short) => ABBREVIATIONS[short.toLowerCase()]! },
  { pattern: new RegExp(`(\\d)\\s?(${anyOf(UNITS)})\\b`, 'g'), say: (_, digit, unit) => `${digit} ${UNITS[unit!]}` },
  { pattern: /\b[A-Z]{2,4}\b/g, say: (word) => (SPELLED.has(word) ? [...word].join(' ') : word) },
  // Numbers.
  { pattern: /\b(\d{1,4})(?:st|nd|rd|th)\b/g, say: (_, digits) => ordinal(Number(digits)) },
  { pattern: /(\d)\s?%/g, say: (_, digit) => `${digit} percent` },
  {
    pattern: /(\d)\s?°\s?([CF])?\b/g,
    say: (_, digit, scale) => `${digit} degrees${scale === 'C' ? ' Celsius' : scale === 'F' ? ' Fahrenheit' : ''}`,
  },
  { pattern: /\b(?:19|20)\d{2}\b(?![.,]\d)/g, say: (digits) => year(Number(digits)) },
  { pattern: /(?<![\w])-(?=\d)/g, say: () => 'minus ' },
  { pattern: /\b(\d)\/(\d)\b/g, say: (_, a, b) => `${a} out of ${b}` },
  { pattern: /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g, say: (digits) => spokenNumber(digits) },
  // Signs.
  { pattern: /\s?&\s?/g, say: () => ' and ' },
  { pattern: /\s?\+\s?/g, say: () => ' plus ' },
  { pattern: /\s?=\s?/g, say: () => ' equals ' },
  { pattern: /\s?@\s?/g, say: () => ' at ' },
  { pattern: /\s*[–—]\s*|\s-\s/g, say: () => ', ' },
  { pattern: /…|\.{3,}/g, say: () => '.' },
  { pattern: /[<>{}[\]|\\^~_*#`/]/g, say: () => ' ' },
];

/**
 * English text as it is said: numbers, money, times, telephone numbers (digit by digit), e-mail and web addresses and common
 * abbreviations in words, marks of writing taken out. Idempotent on plain words.
 */
export function spokenText(text: string): string {
  let said = text.normalize('NFC');
  for (const { pattern, say } of RULES) said = said.replace(pattern, (match, ...groups) => say(match, ...(groups as string[])));
  return said
    .replace(/[^\p{L}\p{N}\s.,!?;:'()-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,!?;:])/g, '$1')
    .replace(/([.,!?;:])(?:[.,;:]\s?)+(?=\s|$)/g, '$1')
    .trim();
}
