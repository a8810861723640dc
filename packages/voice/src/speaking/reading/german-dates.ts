import { toOrdinal } from 'n2words/de-DE';
import { cardinal } from './german-words.ts';
import { anyOf, type Rule } from './rule.ts';

const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const SHORT: Record<string, string> = {
  'Jan.': 'Januar',
  'Feb.': 'Februar',
  'Apr.': 'April',
  'Aug.': 'August',
  'Sept.': 'September',
  'Sep.': 'September',
  'Okt.': 'Oktober',
  'Nov.': 'November',
  'Dez.': 'Dezember',
};
const MONTH = anyOf([...MONTHS, 'Jänner', ...Object.keys(SHORT)]);

/** Words that begin a sentence and are no nouns: a point before one of them is its end, too. */
const SENTENCE_START =
  'Aber|Also|Am|Bis|Bitte|Da|Danach|Dann|Darf|Das|Der|Die|Dort|Er|Es|Gerne?|Gut|Haben|Ich|Ihre?|Im|In|Ist|Ja|Können|Kann|Möchten|Nein|Okay|Oder|Passt|Sie|Soll|Um|Und|Vielen|Wann|War|Was|Wie|Wir|Wird';

/** 1999: "neunzehnhundertneunundneunzig"; from 2000 on like every number. */
export function year(digits: string): string {
  const n = Number(digits);
  if (n < 1100 || n >= 2000) return cardinal(n);
  const rest = n % 100;
  return `${cardinal(Math.floor(n / 100))}hundert${rest === 0 ? '' : cardinal(rest)}`;
}

type Ending = 'e' | 'en' | 'er' | 'es';
const ordinal = (n: string, ending: Ending) => (Number(n) === 0 ? cardinal(n) : toOrdinal(n).replace(/e$/, ending));
const eitherCase = (words: string) =>
  words
    .split(' ')
    .map((word) => `[${word[0]!.toUpperCase()}${word[0]}]${word.slice(1)}`)
    .join('|');
const DATIVE = `\\b(?:${eitherCase('am im vom zum zur beim dem den des einem einen jedem jeden diesem diesen letzten')}|(?:${eitherCase('in an auf bei mit von zu nach aus')}) der) `;
const DEFINITE = `\\b(?:${eitherCase('der die das diese dieser dieses jede jeder jedes meine deine seine ihre unsere')}) `;
/** What stands before an ordinal decides its ending. */
const ENDINGS = [
  [`(?<=${DATIVE})`, 'en'],
  [`(?<=${DEFINITE})`, 'e'],
] as const;
const DATE_ENDINGS = [
  [`(?<=${DATIVE}|\\b(?:${eitherCase('ab bis seit vor nach')}) )`, 'en'],
  [`(?<=${DEFINITE})`, 'e'],
  ['', 'er'],
] as const;

const dateOf = (day: string, month: string, inYear: string, ending: Ending) => {
  const name = /^\d+$/.test(month) ? MONTHS[Number(month) - 1] : (SHORT[month] ?? month);
  if (!name || Number(day) < 1 || Number(day) > 31) return null;
  const full = inYear.length === 2 ? `20${inYear}` : inYear;
  return `${ordinal(day, ending)} ${name}${full === '' ? '' : ` ${year(full)}`}`;
};

const DAY = '(?<![\\d.,])(\\d{1,2})';
const datesWith = (before: string, ending: Ending): readonly Rule[] => [
  {
    pattern: new RegExp(
      `${before}${DAY}\\.?\\s?[–-]\\s?(\\d{1,2})\\.\\s?(?:(${MONTH})|(\\d{1,2})\\.)(?:\\s?(\\d{4})(?!\\d))?(?![\\p{L}\\d])`,
      'gu',
    ),
    say: (_, from, to, named, numbered, inYear) => {
      const end = dateOf(to!, named || numbered!, inYear!, ending);
      return end && `${ordinal(from!, ending)} bis ${end}`;
    },
  },
  {
    pattern: new RegExp(`${before}${DAY}\\.\\s?(${MONTH})(?:\\s(\\d{4}))?(?![\\p{L}\\d])`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!, ending),
  },
  {
    pattern: new RegExp(`${before}${DAY}\\.\\s?(\\d{1,2})\\.\\s?(\\d{4}|\\d{2})(?!\\d|[.,:]\\d|\\sUhr)`, 'g'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!, ending),
  },
  {
    pattern: new RegExp(`${before}${DAY}\\.\\s?(\\d{1,2})\\.(?!\\d)(?!\\s(?:${SENTENCE_START})\\b)`, 'g'),
    say: (_, day, month) => dateOf(day!, month!, '', ending),
  },
  {
    pattern: new RegExp(`${before}${DAY}\\.\\s?(\\d{1,2})(?=\\.\\s(?:${SENTENCE_START})\\b)`, 'g'),
    say: (_, day, month) => dateOf(day!, month!, '', ending),
  },
];

/** Dates in words and figures, alone and as a span; before the ordinals, which they hold. */
export const dateRules: readonly Rule[] = [
  {
    pattern: /\b(\d{4})-(\d{2})-(\d{2})(T(?=\d)|\b)/g,
    say: (_, inYear, month, day, time) => {
      const date = dateOf(day!, month!, inYear!, 'er');
      return date && (time === '' ? date : `${date}, `);
    },
  },
  ...DATE_ENDINGS.flatMap(([before, ending]) => datesWith(before, ending)),
];

/** Nouns whose ordinal stands alone ("1. Stock"), by the ending their gender gives it. */
const ALONE: readonly (readonly [Ending, string])[] = [
  ['er', 'Stock|Platz|Preis|Termin|Versuch|Schritt|Monat|Tag|Teil|Advent|Weihnachtstag|Vorsitzender?'],
  ['e', 'Etage|Klasse|Mahnung|Rate|Reihe|Woche|Stunde|Liga|Person|Ebene|Stufe|Hilfe|Wahl|Runde|Ausfahrt'],
  ['es', 'OG|UG|Obergeschoss|Untergeschoss|Quartal|Halbjahr|Semester|Lehrjahr|Mal|Kapitel'],
];

/** "der 21. Kunde", "im 2. Stock", "1., 2. und 3.". */
export const ordinalRules: readonly Rule[] = [
  ...ENDINGS.map(
    ([before, ending]): Rule => ({
      pattern: new RegExp(`${before}(\\d{1,3})\\.(?=\\s\\p{L}|,\\s\\d{1,3}\\.)`, 'gu'),
      say: (_, n) => ordinal(n!, ending),
    }),
  ),
  ...ALONE.map(
    ([ending, nouns]): Rule => ({
      pattern: new RegExp(`(?<![\\d.,])(\\d{1,3})\\.(?=\\s(?:${nouns})(?!\\p{L}))`, 'gu'),
      say: (_, n) => ordinal(n!, ending),
    }),
  ),
  { pattern: /(?<![\d.,])(\d{1,2})\.(?=,\s\d{1,2}\.|\s(?:und|oder|bis)\s\d{1,2}\.)/g, say: (_, n) => ordinal(n!, 'e') },
  { pattern: /(?<=(?<![\d.,])\d{1,2}\.,?\s(?:und\s|oder\s|bis\s)?)(\d{1,2})\.(?=\s\p{L}|,\s\d|$)/gu, say: (_, n) => ordinal(n!, 'e') },
];
