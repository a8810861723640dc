import { dateRules, ordinalRules, year } from './german-dates.ts';
import { abbreviations, attributive, cardinal, closing, words } from './german-words.ts';
import type { Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

const hourOf = (hours: string) => attributive(Number(hours));
function clockTime(hours: string, minutes: string): string {
  const minute = Number(minutes || 0);
  return `${hourOf(hours)} Uhr${minute === 0 ? '' : ` ${cardinal(minute)}`}`;
}

/** After these "1" is in the dative. */
const DATIVE_BEFORE = '(?<=\\b(?:[Ii]n|[Nn]ach|[Vv]or|[Ss]eit|[Mm]it|[Vv]on|[Bb]ei|[Aa]us|[Zz]u|[Aa]b) )';
const NO_UNIT = '(?!(?:Std|Min|Sek|Mio|Mrd|Nr)\\b|Euro\\b|Cent\\b|Uhr\\b|Prozent\\b|Grad\\b|Komma\\b)';
/** Nouns of these endings are feminine nearly always. */
const FEMININE =
  '(?:\\p{L}+(?:ung|heit|keit|ion|tät|schaft|ie|ik|ur)|Stunde|Minute|Sekunde|Woche|Person|Frage|Nacht|Straße|Seite|Stelle|Etage|Rechnung|Nummer|Karte|Tasse|Flasche|Hälfte)\\b';

const MASCULINE_IN_E = 'Kunde|Kollege|Name|Junge|Neffe|Experte|Gebäude|Gemüse|Getränke|Ende|Auge|Erbe|Käse|Interesse|Café';
/** "1" before a noun: by its gender, and by what asks for the dative. */
const ONES = [
  [DATIVE_BEFORE, `(?:${FEMININE}|(?!(?:${MASCULINE_IN_E})\\b)\\p{Lu}\\p{Ll}+e\\b)`, 'einer'],
  [DATIVE_BEFORE, `${NO_UNIT}\\p{Lu}\\p{Ll}`, 'einem'],
  ['', `(?:${FEMININE}|(?!(?:${MASCULINE_IN_E})\\b)\\p{Lu}\\p{Ll}+e\\b)`, 'eine'],
  ['', `${NO_UNIT}\\p{Lu}\\p{Ll}`, 'ein'],
] as const;
const DAYS: Readonly<Record<string, string>> = {
  Mo: 'Montag',
  Di: 'Dienstag',
  Mi: 'Mittwoch',
  Do: 'Donnerstag',
  Fr: 'Freitag',
  Sa: 'Samstag',
  So: 'Sonntag',
};
const NUMBERS: Readonly<Record<string, string>> = { Kd: 'Kunden', Art: 'Artikel', Tel: 'Telefon', Best: 'Bestell' };
const DAY = Object.keys(DAYS).join('|');
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED =
  'ADAC AG AGB AOK BGB BKK BLZ CD DHL DPD DVD EC EDV EKG EU GPS HNO ID IP IT KG LKW MRT NRW PC PDF PKW PLZ QR SMS TV UPS USA USB WC'.split(
    ' ',
  );

const rules: readonly Rule[] = [
  ...dateRules,
  ...ordinalRules,
  { pattern: /(?<=\b(?:Mo|Di|Mi|Do|Fr|Sa)\.?)\s?[–-]\s?(?=(?:Di|Mi|Do|Fr|Sa|So)\b)/g, say: () => ' bis ' },
  // Beside another day, a day needs no point; "So." is one only there.
  { pattern: new RegExp(`\\b(${DAY})\\b\\.?(?=\\s?[–-]\\s?(?:${DAY})\\b|, (?:${DAY})\\b)`, 'g'), say: (_, day) => DAYS[day!]! },
  {
    pattern: new RegExp(
      `(?<=\\b(?:${DAY})\\.?(?:\\s?[–-]\\s?|,? (?:und |oder |bis )?))(${DAY})\\b(?:\\.(?=\\s[\\p{Ll}\\d]|,|\\s?[–-]))?`,
      'gu',
    ),
    say: (_, day) => DAYS[day!]!,
  },
  { pattern: /\b24\s?\/\s?7\b/g, say: () => 'rund um die Uhr' },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-4])[:.]([0-5]\d)\s?(?:Uhr|h\b)/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-4])\s?Uhr(?:\s([0-5]?\d)(?![\d:.,]))?/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /\bFr\.(?=\s\p{Lu})/gu, say: () => 'Frau' },
  { pattern: /\bFr\.(?=\s?[,–-]|\s(?:\d|um|ab|von|bis))/g, say: () => 'Freitag' },
  { pattern: /(?<=\b(?:um|ab|bis|gegen|von)\s)([01]?\d|2[0-4])\s?h\b/g, say: (_, hours) => clockTime(hours!, '') },
  { pattern: /\b(Kd|Art|Tel|Best)\.-Nr\./g, say: (_, of) => `${NUMBERS[of!]}nummer` },
  { pattern: /\bNr\.\s?(?=\d)/g, say: () => 'Nummer ' },
  { pattern: /(?<=\p{Ll}str)\.(?=\s|,|$)/gu, say: () => 'aße' },
  { pattern: /\bStr\.(?=\s|,|$)/g, say: () => 'Straße' },
  { pattern: /(?<=\p{Ll})nr\.(?=\s\d)/gu, say: () => 'nummer' },
  { pattern: /(?<![\p{L}\d.,/])(?:1\/2|½)(?= (?:Stunde|Flasche|Seite|Portion|Packung|Tasse)\b)/gu, say: () => 'eine halbe' },
  {
    pattern: /(?<![\p{L}\d.,])(\d{1,3}(?:\.\d{3})*),[-–—]{1,2}(?:\s?(?:€|EUR\b|Euro\b))?/gu,
    say: (_, n) => `${attributive(n!.replaceAll('.', ''))} Euro`,
  },
  { pattern: /(?<![p{L}\d.,])(\d{1,3})-?mal\b/g, say: (_, n) => words.times(n!) },
  { pattern: /(?<![\p{L}\d.,])(\d{1,3})er(?![\p{L}\d])/gu, say: (_, n) => `${cardinal(n!)}er` },
  { pattern: new RegExp(`(?<![\\p{L}\\d])(?:${SPELLED.join('|')})(?![\\p{L}\\d])`, 'gu'), say: (word) => [...word].join(' ') },
  { pattern: /(?<![\p{L}\d]|\d[.,])1[1-9]\d{2}(?![\p{L}\d%°€$£]|[.,]\d|\s?(?:€|%|Euro|EUR|Stück|Meter|km|kg|m\b))/gu, say: year },
  ...ONES.map(
    ([before, noun, one]): Rule => ({ pattern: new RegExp(`${before}(?<![\\p{L}\\d]|\\d[.,])1(?= ${noun})`, 'gu'), say: () => one }),
  ),
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' und ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'und ' },
];

export const german = (): SpokenLanguage => ({
  code: 'de',
  signs: { at: 'at', dot: 'Punkt', dash: 'Bindestrich', underscore: 'Unterstrich', plus: 'plus', slash: 'Schrägstrich' },
  numbers: {
    words,
    rules,
    abbreviations,
    closing,
    codeWords: '(?:PIN|[Cc]ode|Durchwahl|Notruf|\\p{L}*nummer|[\\p{L}.-]*(?<=-|Kunden|Auftrags)[Nn]r\\.)(?: (?:lautet|ist))?',
    opening: ['Nr.', 'Str.', 'Fr.', ...Object.keys(NUMBERS).map((of) => `${of}.-Nr.`)],
    open: [/(?<=\p{Ll})nr\.?\s?$/u, new RegExp(`\\b(?:${DAY})\\.?(?:,?\\s?(?:\\p{Lu}\\p{Ll}?)?)$`, 'u')],
  },
});
