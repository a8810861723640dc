import { abbreviations, cardinal, feminine, oneOf, ordinal, words } from './italian-words.ts';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

const MONTHS = 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' ');
const MONTH = anyOf(MONTHS);
const dateOf = (day: string, month: string, inYear: string) => {
  const name = /^\d+$/.test(month) ? MONTHS[Number(month) - 1] : month;
  if (!name || Number(day) < 1 || Number(day) > 31) return null;
  return `${Number(day) === 1 ? 'primo' : cardinal(Number(day))} ${name}${inYear === '' ? '' : ` ${cardinal(inYear)}`}`;
};
/** "una e trenta": on the telephone times are read out as they stand. */
function clockTime(hours: string, minutes: string): string {
  const hour = Number(hours) === 0 ? 'mezzanotte' : Number(hours) === 1 ? 'una' : cardinal(Number(hours));
  return Number(minutes) === 0 ? hour : `${hour} e ${cardinal(Number(minutes))}`;
}

/** Articles that are shortened before "1" as a figure, and as they are before "primo". */
const BEFORE_FIRST: Readonly<Record<string, string>> = { l: 'il', all: 'al', dall: 'dal', dell: 'del', nell: 'nel' };
const SHORTENED = '(?<!\\p{L})([Ll]|[Aa]ll|[Dd]all|[Dd]ell|[Nn]ell)';
const MARK = "['’]";
const beforeFirst = (short: string): string => {
  const long = BEFORE_FIRST[short.toLowerCase()]!;
  return /^\p{Lu}/u.test(short) ? long[0]!.toUpperCase() + long.slice(1) : long;
};
/** Before these words, or behind an article, "3°" is an ordinal; elsewhere it is degrees. */
const COUNTED = 'piano|posto|giorno|anno|livello|turno|capitolo|trimestre|semestre|secolo|tentativo|punto|passo';
const ARTICLE = '(?<=(?<!\\p{L})(?:[Ii]l|[Aa]l|[Dd]al|[Dd]el|[Nn]el|[Ss]ul) )';
/** How prices are told by what they are for; others are told with "per". */
const BY_THE: Readonly<Record<string, string>> = {
  mese: 'al mese',
  giorno: 'al giorno',
  anno: 'all’anno',
  ora: 'all’ora',
  h: 'all’ora',
  settimana: 'a settimana',
  notte: 'a notte',
  persona: 'a persona',
};
/** What may stand behind a number that counts nothing: "opzione 1 oppure 2". */
const NO_NOUN =
  /^(?:di|d[aeio]l?l?[aeoi]?|a[dil]?l?l?[aeoi]?|su|sul|in|nel|per|con|tra|fra|e|ed|o|od|oppure|ma|se|che|non|poi|come|quando|invece|sono|è|era|va|si|ha)$/u;
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED = 'PDF SMS GPS USB DVD TV QR CV PC CF SRL UE ID'.split(' ');

const rules: readonly Rule[] = [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, say: (_, inYear, month, day) => dateOf(day!, month!, inYear!) },
  {
    pattern: /(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])/g,
    say: (_, day, _sign, month, inYear) => dateOf(day!, month!, inYear!),
  },
  {
    pattern: /(?<=(?<!\p{L})(?:[Ii]l|[Aa]l|[Dd]al|[Dd]el) )(\d{1,2})\/(\d{1,2})(?![\d/])/gu,
    say: (_, day, month) => dateOf(day!, month!, ''),
  },
  { pattern: new RegExp(`${SHORTENED}${MARK}1[°º]? (?=${MONTH})`, 'gu'), say: (_, short) => `${beforeFirst(short!)} primo ` },
  {
    pattern: new RegExp(`(?<![\\d.,:/])(\\d{1,2})[°º]? (${MONTH})(?: (\\d{4}))?(?!\\p{L})`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!),
  },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  {
    pattern: /(?<=(?<!\p{L})(?:[Aa]lle|[Dd]alle|[Oo]re) )([01]?\d|2[0-4])[.,]([0-5]\d)(?!\d|[.,]\d)/gu,
    say: (_, hours, minutes) => clockTime(hours!, minutes!),
  },
  { pattern: /(?<=(?<!\p{L})(?:[Aa]ll|[Dd]all)['’])1(?![\d:/]|[.,]\d)/gu, say: () => 'una' },
  { pattern: /(?<!\d)(\d{1,3})º/g, say: (_, n) => ordinal(n!) },
  { pattern: /(?<!\d)(\d{1,3})ª/g, say: (_, n) => feminine(ordinal(n!)) },
  { pattern: new RegExp(`${ARTICLE}(\\d{1,3})°(?= \\p{Ll})`, 'gu'), say: (_, n) => ordinal(n!) },
  { pattern: new RegExp(`(?<!\\d)(\\d{1,3})°(?= (?:${COUNTED})(?!\\p{L}))`, 'gu'), say: (_, n) => ordinal(n!) },
  { pattern: /(?<!\p{L})[nN](?:\.|°|º|\.º|r\.)\s?(?=\d)/gu, say: () => 'numero ' },
  { pattern: /(?<![\p{L}\d]|\d[.,\s])1 (?=(\p{Ll}{2,}))/gu, say: (_, noun) => (NO_NOUN.test(noun!) ? null : oneOf(noun!)) },
  {
    pattern: new RegExp(`(?<=\\d[ \\u00a0]?(?:€|euro)?)/(${anyOf(Object.keys(BY_THE))})(?!\\p{L})`, 'gu'),
    say: (_, unit) => ` ${BY_THE[unit!]!}`,
  },
  { pattern: /\b24\s?(?:h\s?)?(?:\/|su)\s?24(?!\d)/g, say: () => 'ventiquattro ore su ventiquattro' },
  { pattern: /\b7\s?(?:giorni\s)?(?:\/|su)\s?7(?!\d)/g, say: () => 'sette giorni su sette' },
  { pattern: new RegExp(`\\b(?:${SPELLED.join('|')})\\b`, 'g'), say: (word) => [...word].join(' ') },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' e ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'e ' },
];

export const italian = (): SpokenLanguage => ({
  code: 'it',
  signs: { at: 'chiocciola', dot: 'punto', dash: 'trattino', underscore: 'trattino basso', plus: 'più', slash: 'barra' },
  numbers: {
    words,
    rules,
    abbreviations,
    closing: { abbreviations: ['ecc.'], nextWord: '\\p{Lu}' },
    codeWords: '(?:PIN|[Cc]odice|[Ii]nterno)(?: è)?(?: il)?|[Tt]ermina(?:nte)? (?:con|in|per)',
    opening: ['n.', 'N.', 'n°', 'nr.'],
    open: [
      new RegExp(`${SHORTENED}(?:${MARK}(?:1[°º]?(?: \\p{Ll}*)?)?)?$`, 'u'),
      /(?<!\d)1 \p{Ll}*$/u,
      /(?<!\d)(?:24\s?(?:h\s?)?(?:\/|s?u?)\s?2?|7\s?(?:g\p{Ll}*\s?)?(?:\/|s?u?)\s?)$/u,
      /(?<!\d)\d{1,3}[°ºª]?(?: \p{Ll}*)?$/u,
    ],
  },
});
