import { toCardinal, toOrdinal } from 'n2words/fr-FR';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

/** Voices read "vingt et un" as well as "vingt-et-un". */
const cardinal = (digits: string | number) => toCardinal(digits);
/** Before a feminine noun: hours, minutes, pounds. */
const feminine = (n: string | number) => cardinal(n).replace(/\bun$/, 'une');

const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const dateOf = (day: string, month: string, inYear: string) => {
  const name = /^\d+$/.test(month) ? MONTHS[Number(month) - 1] : month;
  if (!name || Number(day) < 1 || Number(day) > 31) return null;
  return `${Number(day) === 1 ? 'premier' : cardinal(Number(day))} ${name}${inYear === '' ? '' : ` ${cardinal(inYear)}`}`;
};
function clockTime(hours: string, minutes: string): string {
  const [hour, minute] = [Number(hours), Number(minutes || 0)];
  return `${feminine(hour)} ${hour < 2 ? 'heure' : 'heures'}${minute === 0 ? '' : ` ${feminine(minute)}`}`;
}

const rules: readonly Rule[] = [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, say: (_, inYear, month, day) => dateOf(day!, month!, inYear!) },
  { pattern: /(?<![\d./])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\d/])/g, say: (_, day, month, inYear) => dateOf(day!, month!, inYear!) },
  {
    pattern: new RegExp(`(?<![\\d.,:/])(\\d{1,2})(?:er)? (${anyOf(MONTHS)})(?: (\\d{4}))?(?!\\p{L})`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!),
  },
  {
    pattern: /(?<![\d.,:])([01]?\d|2[0-4])\s?(?:h|heures?)(?:\s?([0-5]\d))?(?![\p{L}\d])/gu,
    say: (_, hours, minutes) => clockTime(hours!, minutes!),
  },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  {
    pattern: /(?<!\d)(\d{1,4})(?:er|ère|re|e|ème|nd|nde)(?!\p{L})/gu,
    say: (written, n) => (/^1(?:ère|re)$/.test(written) ? 'première' : toOrdinal(n!)),
  },
  { pattern: /[nN]°\s?(?=\d)/g, say: () => 'numéro ' },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' et ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'et ' },
];

export const french = (): SpokenLanguage => ({
  code: 'fr',
  signs: { at: 'arobase', dot: 'point', dash: 'tiret', underscore: 'tiret bas', plus: 'plus', slash: 'barre oblique' },
  numbers: {
    words: {
      cardinal,
      groupMark: ' ',
      decimalMark: ',',
      digits: 'zéro un deux trois quatre cinq six sept huit neuf'.split(' '),
      point: 'virgule',
      minus: 'moins',
      percent: 'pour cent',
      to: 'à',
      currencies: {
        '€': { main: ['un euro', 'euros'], small: ['un centime', 'centimes'] },
        EUR: { main: ['un euro', 'euros'], small: ['un centime', 'centimes'] },
        $: { main: ['un dollar', 'dollars'], small: ['un cent', 'cents'] },
        '£': { main: ['une livre', 'livres'], small: ['un penny', 'pence'] },
        CHF: { main: ['un franc suisse', 'francs suisses'], small: ['un centime', 'centimes'] },
      },
      scales: {
        million: ['un million', 'millions'],
        millions: ['un million', 'millions'],
        milliard: ['un milliard', 'milliards'],
        milliards: ['un milliard', 'milliards'],
      },
      amount: (main, { number }) => `${main} ${number}`,
      afterScale: (many) => (/^[aeiou]/.test(many) ? `d’${many}` : `de ${many}`),
      units: {
        km: ['un kilomètre', 'kilomètres'],
        'km/h': ['un kilomètre par heure', 'kilomètres par heure'],
        m: ['un mètre', 'mètres'],
        cm: ['un centimètre', 'centimètres'],
        mm: ['un millimètre', 'millimètres'],
        'm²': ['un mètre carré', 'mètres carrés'],
        kg: ['un kilo', 'kilos'],
        g: ['un gramme', 'grammes'],
        l: ['un litre', 'litres'],
        min: ['une minute', 'minutes'],
        Go: ['un gigaoctet', 'gigaoctets'],
        Mo: ['un mégaoctet', 'mégaoctets'],
        '°': ['un degré', 'degrés'],
        '°C': ['un degré', 'degrés'],
      },
    },
    rules,
    abbreviations: {
      'M.': 'Monsieur',
      Mme: 'Madame',
      Mlle: 'Mademoiselle',
      'Dr.': 'Docteur',
      'etc.': 'et cetera',
      'env.': 'environ',
      'p. ex.': 'par exemple',
      'av.': 'avenue',
      'tél.': 'téléphone',
      'c.-à-d.': 'c’est-à-dire',
    },
    opening: ['n°'],
  },
});
