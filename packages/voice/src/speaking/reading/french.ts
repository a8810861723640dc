import { toCardinal, toOrdinal } from 'n2words/fr-FR';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

/** Voices read "vingt et un" as well as "vingt-et-un". */
const cardinal = (digits: string | number) => toCardinal(digits);
/** Before a feminine noun: hours, minutes, pounds. */
const feminine = (n: string | number) => cardinal(n).replace(/\bun$/, 'une');
/** Nouns of these endings are feminine nearly always. */
const FEMININE =
  '(?:\\p{L}+(?:ion|té|ette|ance|ence|ie|ure|ade|ée)s?|(?:table|personne|minute|seconde|semaine|nuit|fois|place|chambre|heure|page|pièce|bouteille|carte|commande|livraison|ligne|adresse|question|demande|facture|couleur|taille|porte|rue|part|tranche)s?)(?!\\p{L})';
/** Alone, and behind a whole number. */
const FRACTIONS: Readonly<Record<string, readonly [string, string]>> = {
  '1/2': ['un demi', 'et demi'],
  '1/3': ['un tiers', 'un tiers'],
  '2/3': ['deux tiers', 'deux tiers'],
  '1/4': ['un quart', 'un quart'],
  '3/4': ['trois quarts', 'trois quarts'],
};
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED = 'SNCF TVA PDF SMS GPS USB DVD TV QR HLM RER TGV BNP CB CV PC PME RIB SARL SAV UE USA VIP'.split(' ');

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
  {
    pattern: /(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])/g,
    say: (_, day, _sign, month, inYear) => dateOf(day!, month!, inYear!),
  },
  {
    pattern: /(?<=\b(?:[Ll]e|[Aa]u|[Dd]u|[Jj]usqu['’]au|[Aa]vant le|[Dd]ès le) )(\d{1,2})\/(\d{1,2})(?![\d/])/g,
    say: (_, day, month) => dateOf(day!, month!, ''),
  },
  { pattern: /(?<![\d\p{L}])24\s?h(?:eures)?\s?(?:\/|sur)\s?24(?!\d)/gu, say: () => 'vingt-quatre heures sur vingt-quatre' },
  { pattern: /(?<![\d\p{L}])7\s?j(?:ours)?\s?(?:\/|sur)\s?7(?!\d)/gu, say: () => 'sept jours sur sept' },
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
    say: (written, n) =>
      /^1(?:ère|re)$/.test(written) ? 'première' : /^2nde?$/.test(written) ? written.replace('2', 'seco') : toOrdinal(n!),
  },
  { pattern: /[nN]°\s?(?=\d)/g, say: () => 'numéro ' },
  {
    pattern: new RegExp(`(?<![\\p{L}\\d]|\\d[.,\\s])(\\d{0,2}1)(?= ${FEMININE})`, 'gu'),
    say: (_, n) => (n!.endsWith('11') ? null : feminine(n!)),
  },
  { pattern: /\bRDV\b/g, say: () => 'rendez-vous' },
  { pattern: new RegExp(`\\b(?:${SPELLED.join('|')})\\b`, 'g'), say: (word) => [...word].join(' ') },
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
      ratio: 'à',
      plus: 'plus',
      equals: 'égale',
      by: 'fois',
      times: (number) => `${cardinal(number)} fois`,
      per: 'par',
      about: 'environ',
      number: 'numéro',
      fraction: (written, whole) => {
        const [alone, behind] = FRACTIONS[written] ?? [];
        if (alone === undefined) return null;
        return whole === '' ? alone : `${cardinal(whole)} ${behind}`;
      },
      currencies: {
        '€': { main: ['un euro', 'euros'], small: ['un centime', 'centimes'] },
        EUR: { main: ['un euro', 'euros'], small: ['un centime', 'centimes'] },
        $: { main: ['un dollar', 'dollars'], small: ['un cent', 'cents'] },
        '£': { main: ['une livre', 'livres'], small: ['un penny', 'pence'] },
        CHF: { main: ['un franc suisse', 'francs suisses'], small: ['un centime', 'centimes'] },
      },
      scales: {
        million: ['un million', 'millions'],
        M: ['un million', 'millions'],
        k: ['mille', 'mille'],
        millions: ['un million', 'millions'],
        milliard: ['un milliard', 'milliards'],
        milliards: ['un milliard', 'milliards'],
      },
      amount: (main, { number }) => `${main} ${number}`,
      afterScale: (many, scale) => (scale === 'k' ? many : /^[aeiou]/.test(many) ? `d’${many}` : `de ${many}`),
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
        h: ['une heure', 'heures'],
        min: ['une minute', 'minutes'],
        s: ['une seconde', 'secondes'],
        j: ['un jour', 'jours'],
        ml: ['un millilitre', 'millilitres'],
        mg: ['un milligramme', 'milligrammes'],
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
      'MM.': 'Messieurs',
      'Dr.': 'Docteur',
      Dr: 'Docteur',
      Pr: 'Professeur',
      'Pr.': 'Professeur',
      'art.': 'article',
      'réf.': 'référence',
      bd: 'boulevard',
      '§': 'paragraphe',
      'etc.': 'et cetera',
      'env.': 'environ',
      'p. ex.': 'par exemple',
      'av.': 'avenue',
      'tél.': 'téléphone',
      'c.-à-d.': 'c’est-à-dire',
    },
    closing: { abbreviations: ['etc.'], nextWord: '\\p{Lu}' },
    codeWords: '(?:PIN|[Cc]ode|[Pp]oste)(?: est)?(?: le)?|[Ss]e terminant par',
    opening: ['n°'],
    open: [/(?<!\d)\d{1,2}\s?h(?:eures?)?\s?\d?$/, /(?<!\d)(?:24\s?h\s?\/?\s?2?|7\s?j\s?\/?)$/],
  },
});
