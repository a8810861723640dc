import { toCardinal, toOrdinal } from 'n2words/de-DE';
import { anyOf, type Rule } from './rule.ts';
import type { QuantityWords, SpokenLanguage } from './spoken-language.ts';

const cardinal = (digits: string | number) => toCardinal(digits);
/** Before a noun or a unit that is masculine or neuter. */
const attributive = (n: string | number) => cardinal(n).replace(/(^|und)eins$/, '$1ein');

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

/** 1999: "neunzehnhundertneunundneunzig"; from 2000 on like every number. */
function year(digits: string): string {
  const n = Number(digits);
  if (n < 1100 || n >= 2000) return cardinal(n);
  const rest = n % 100;
  return `${cardinal(Math.floor(n / 100))}hundert${rest === 0 ? '' : cardinal(rest)}`;
}

const ordinal = (n: string, ending: 'e' | 'en' | 'er') => (Number(n) === 0 ? cardinal(n) : toOrdinal(n).replace(/e$/, ending));
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

const dateOf = (day: string, month: string, inYear: string, ending: 'e' | 'en' | 'er') => {
  const name = /^\d+$/.test(month) ? MONTHS[Number(month) - 1] : (SHORT[month] ?? month);
  if (!name || Number(day) < 1 || Number(day) > 31) return null;
  const full = inYear.length === 2 ? `20${inYear}` : inYear;
  return `${ordinal(day, ending)} ${name}${full === '' ? '' : ` ${year(full)}`}`;
};
const datesWith = (before: string, ending: 'e' | 'en' | 'er'): readonly Rule[] => [
  {
    pattern: new RegExp(`${before}(?<![\\d.,])(\\d{1,2})\\.\\s?(${MONTH})(?:\\s(\\d{4}))?(?![\\p{L}\\d])`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!, ending),
  },
  {
    pattern: new RegExp(`${before}(?<![\\d.,])(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?(\\d{4}|\\d{2})(?!\\d|[.,:]\\d|\\sUhr))?`, 'g'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!, ending),
  },
];

const hourOf = (hours: string) => attributive(Number(hours));
function clockTime(hours: string, minutes: string): string {
  const minute = Number(minutes || 0);
  return `${hourOf(hours)} Uhr${minute === 0 ? '' : ` ${cardinal(minute)}`}`;
}

/** Nouns of these endings are feminine nearly always. */
const FEMININE =
  '(?:\\p{L}+(?:ung|heit|keit|ion|tät|schaft|ie|ik|ur)|Stunde|Minute|Sekunde|Woche|Person|Frage|Nacht|Straße|Seite|Stelle|Etage|Rechnung|Nummer|Karte|Tasse|Flasche|Hälfte)\\b';

const rules: readonly Rule[] = [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, say: (_, inYear, month, day) => dateOf(day!, month!, inYear!, 'er') },
  ...DATE_ENDINGS.flatMap(([before, ending]) => datesWith(before, ending)),
  ...ENDINGS.map(
    ([before, ending]): Rule => ({
      pattern: new RegExp(`${before}(\\d{1,3})\\.(?=\\s\\p{L})`, 'gu'),
      say: (_, n) => ordinal(n!, ending),
    }),
  ),
  { pattern: /(?<=\b(?:Mo|Di|Mi|Do|Fr|Sa)\.?)\s?[–-]\s?(?=(?:Di|Mi|Do|Fr|Sa|So)\b)/g, say: () => ' bis ' },
  { pattern: /\b24\s?\/\s?7\b/g, say: () => 'rund um die Uhr' },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-4])[:.]([0-5]\d)\s?(?:Uhr|h\b)/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-4])\s?Uhr(?:\s([0-5]?\d)(?![\d:.,]))?/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /\bFr\.(?=\s\p{Lu})/gu, say: () => 'Frau' },
  { pattern: /\bFr\.(?=\s?[,–-]|\s(?:\d|um|ab|von|bis))/g, say: () => 'Freitag' },
  { pattern: /(?<=[–-]\s?|\bbis )(So|Fr)\b\.?/g, say: (_, day) => (day === 'So' ? 'Sonntag' : 'Freitag') },
  { pattern: /\bNr\.\s?(?=\d)/g, say: () => 'Nummer ' },
  { pattern: /(?<=\p{Ll}str)\.(?=\s|,|$)/gu, say: () => 'aße' },
  { pattern: /\bStr\.(?=\s|,|$)/g, say: () => 'Straße' },
  { pattern: /(?<![\d/])1\/2(?![\d/])/g, say: () => 'ein halb' },
  { pattern: /(?<![\p{L}\d]|\d[.,])1[1-9]\d{2}(?![\p{L}\d%°€$£]|[.,]\d|\s?(?:€|%|Euro|EUR|Stück|Meter|km|kg|m\b))/gu, say: year },
  { pattern: new RegExp(`(?<![\\p{L}\\d]|\\d[.,])1(?= ${FEMININE})`, 'gu'), say: () => 'eine' },
  { pattern: /(?<![\p{L}\d]|\d[.,])1(?= \p{Lu}\p{Ll})/gu, say: () => 'ein' },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' und ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'und ' },
];

const words: QuantityWords = {
  cardinal,
  groupMark: '.',
  decimalMark: ',',
  digits: 'null eins zwei drei vier fünf sechs sieben acht neun'.split(' '),
  point: 'Komma',
  minus: 'minus',
  percent: 'Prozent',
  beforeNoun: (number) => number.replace(/eins$/, 'ein'),
  to: 'bis',
  currencies: {
    '€': { main: ['ein Euro', 'Euro'], small: ['ein Cent', 'Cent'] },
    EUR: { main: ['ein Euro', 'Euro'], small: ['ein Cent', 'Cent'] },
    Euro: { main: ['ein Euro', 'Euro'], small: ['ein Cent', 'Cent'] },
    $: { main: ['ein Dollar', 'Dollar'], small: ['ein Cent', 'Cent'] },
    USD: { main: ['ein US-Dollar', 'US-Dollar'], small: ['ein Cent', 'Cent'] },
    '£': { main: ['ein Pfund', 'Pfund'], small: ['ein Penny', 'Pence'] },
    CHF: { main: ['ein Franken', 'Franken'], small: ['ein Rappen', 'Rappen'] },
    Fr: { main: ['ein Franken', 'Franken'], small: ['ein Rappen', 'Rappen'] },
  },
  scales: {
    Million: ['eine Million', 'Millionen'],
    Millionen: ['eine Million', 'Millionen'],
    'Mio.': ['eine Million', 'Millionen'],
    Milliarde: ['eine Milliarde', 'Milliarden'],
    Milliarden: ['eine Milliarde', 'Milliarden'],
    'Mrd.': ['eine Milliarde', 'Milliarden'],
  },
  amount: (main, { number }) => `${main} ${number}`,
  afterScale: (many) => many,
  units: {
    km: ['ein Kilometer', 'Kilometer'],
    'km/h': ['ein Kilometer pro Stunde', 'Kilometer pro Stunde'],
    m: ['ein Meter', 'Meter'],
    cm: ['ein Zentimeter', 'Zentimeter'],
    mm: ['ein Millimeter', 'Millimeter'],
    'm²': ['ein Quadratmeter', 'Quadratmeter'],
    qm: ['ein Quadratmeter', 'Quadratmeter'],
    kg: ['ein Kilogramm', 'Kilogramm'],
    g: ['ein Gramm', 'Gramm'],
    l: ['ein Liter', 'Liter'],
    ml: ['ein Milliliter', 'Milliliter'],
    Std: ['eine Stunde', 'Stunden'],
    'Std.': ['eine Stunde', 'Stunden'],
    'Min.': ['eine Minute', 'Minuten'],
    min: ['eine Minute', 'Minuten'],
    'Sek.': ['eine Sekunde', 'Sekunden'],
    kW: ['ein Kilowatt', 'Kilowatt'],
    kWh: ['eine Kilowattstunde', 'Kilowattstunden'],
    GB: ['ein Gigabyte', 'Gigabyte'],
    MB: ['ein Megabyte', 'Megabyte'],
    TB: ['ein Terabyte', 'Terabyte'],
    '°': ['ein Grad', 'Grad'],
    '°C': ['ein Grad', 'Grad'],
    '° C': ['ein Grad', 'Grad'],
  },
};

const abbreviations = {
  'z. B.': 'zum Beispiel',
  'z.B.': 'zum Beispiel',
  'd. h.': 'das heißt',
  'd.h.': 'das heißt',
  'u. a.': 'unter anderem',
  'u.a.': 'unter anderem',
  'u. U.': 'unter Umständen',
  'u.U.': 'unter Umständen',
  'o. Ä.': 'oder Ähnliches',
  'o.Ä.': 'oder Ähnliches',
  'i. d. R.': 'in der Regel',
  'i.d.R.': 'in der Regel',
  'bzw.': 'beziehungsweise',
  'ca.': 'circa',
  'usw.': 'und so weiter',
  'etc.': 'et cetera',
  'evtl.': 'eventuell',
  'ggf.': 'gegebenenfalls',
  'inkl.': 'inklusive',
  'exkl.': 'exklusive',
  'zzgl.': 'zuzüglich',
  'max.': 'maximal',
  'mind.': 'mindestens',
  'tgl.': 'täglich',
  'vgl.': 'vergleiche',
  'Dr.': 'Doktor',
  'Prof.': 'Professor',
  'Hr.': 'Herr',
  'Tel.': 'Telefon',
  'St.': 'Sankt',
  'Mo.': 'Montag',
  'Di.': 'Dienstag',
  'Mi.': 'Mittwoch',
  'Do.': 'Donnerstag',
  'Sa.': 'Samstag',
  'Mio.': 'Millionen',
  'Mrd.': 'Milliarden',
  GmbH: 'G m b H',
  'MwSt.': 'Mehrwertsteuer',
};

export const german = (): SpokenLanguage => ({
  code: 'de',
  signs: { at: 'at', dot: 'Punkt', dash: 'Bindestrich', underscore: 'Unterstrich', plus: 'plus', slash: 'Schrägstrich' },
  numbers: { words, rules, abbreviations, opening: ['Nr.', 'Str.', 'Fr.'] },
});
