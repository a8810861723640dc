import { toCardinal } from 'n2words/it-IT';
import type { QuantityWords } from './spoken-language.ts';

/** Thousands and hundreds are one word in Italian, which the library parts. */
export const cardinal = (digits: string | number): string => toCardinal(digits).replace('mila e ', 'mila').replace('mille e ', 'mille');

const FIRST = 'primo secondo terzo quarto quinto sesto settimo ottavo nono decimo'.split(' ');
/** "ventunesimo", "ventitreesimo", "ventiseiesimo" (Treccani, “Numerali ordinali”): only "tre" and "sei" keep their vowel. */
export function ordinal(digits: string | number): string {
  const n = Number(digits);
  const words = cardinal(n);
  if (n <= FIRST.length) return FIRST[n - 1] ?? words;
  const stem = words.endsWith('mila')
    ? words.replace(/mila$/, 'mill')
    : /(?:tré|tre|sei)$/.test(words)
      ? words.replace(/é$/, 'e')
      : words.slice(0, -1);
  return `${stem}esimo`;
}
export const feminine = (ordinal: string): string => ordinal.replace(/o$/, 'a');

/** Nouns of these endings are feminine nearly always. */
const FEMININE =
  /^(?!(?:problema|sistema|programma|tema|clima|panorama|cinema|poeta|giornalista|autista|cliente)$)\p{L}+(?:a|zione|sione|gione|tà|tù|trice)$|^(?:notte|mano|parte|voce|e-mail|email|mail)$/u;
/** Before these "un" is "uno": s with a consonant, z, gn, ps, x, y. */
const NEEDS_O = /^(?:s[^aeiouàèéìòù]|z|gn|ps|pn|x|y)/;
const VOWEL = /^[aeiouàèéìòùh]/;

/** "1" before a noun, with what stands between: "un giorno", "uno studio", "una persona", "un’ora". */
export function oneOf(noun: string): string {
  if (FEMININE.test(noun)) return VOWEL.test(noun) ? 'un’' : 'una ';
  return NEEDS_O.test(noun) ? 'uno ' : 'un ';
}
/** "ventun euro", "trentun giorni". */
const attributive = (words: string): string => words.replace(/(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)uno$/, '$1un');

/** Alone, and behind a whole number. */
const FRACTIONS: Readonly<Record<string, readonly [string, string]>> = {
  '1/2': ['mezzo', 'e mezzo'],
  '1/3': ['un terzo', 'e un terzo'],
  '2/3': ['due terzi', 'e due terzi'],
  '1/4': ['un quarto', 'e un quarto'],
  '3/4': ['tre quarti', 'e tre quarti'],
};

export const words: QuantityWords = {
  cardinal,
  groupMark: '.',
  decimalMark: ',',
  digits: 'zero uno due tre quattro cinque sei sette otto nove'.split(' '),
  point: 'virgola',
  minus: 'meno',
  percent: 'per cento',
  to: 'a',
  ratio: 'a',
  plus: 'più',
  equals: 'uguale a',
  by: 'per',
  times: (number) => (number === '1' ? 'una volta' : `${cardinal(number)} volte`),
  per: 'per',
  about: 'circa',
  number: 'numero',
  fraction(written, whole) {
    const [alone, behind] = FRACTIONS[written] ?? [];
    if (alone === undefined) return null;
    return whole === '' ? alone : `${cardinal(whole)} ${behind}`;
  },
  beforeNoun: attributive,
  currencies: {
    '€': { main: ['un euro', 'euro'], small: ['un centesimo', 'centesimi'] },
    EUR: { main: ['un euro', 'euro'], small: ['un centesimo', 'centesimi'] },
    euro: { main: ['un euro', 'euro'], small: ['un centesimo', 'centesimi'] },
    $: { main: ['un dollaro', 'dollari'], small: ['un centesimo', 'centesimi'] },
    USD: { main: ['un dollaro', 'dollari'], small: ['un centesimo', 'centesimi'] },
    '£': { main: ['una sterlina', 'sterline'], small: ['un penny', 'pence'] },
    CHF: { main: ['un franco svizzero', 'franchi svizzeri'], small: ['un centesimo', 'centesimi'] },
  },
  scales: {
    milione: ['un milione', 'milioni'],
    milioni: ['un milione', 'milioni'],
    mln: ['un milione', 'milioni'],
    M: ['un milione', 'milioni'],
    miliardo: ['un miliardo', 'miliardi'],
    miliardi: ['un miliardo', 'miliardi'],
    mila: ['mille', 'mila'],
    k: ['mille', 'mila'],
  },
  amount: (main, { number }) => `${main} e ${number}`,
  afterScale: (many, scale) => (/^(?:k|mila)$/.test(scale) ? many : `di ${many}`),
  units: {
    km: ['un chilometro', 'chilometri'],
    'km/h': ['un chilometro all’ora', 'chilometri all’ora'],
    m: ['un metro', 'metri'],
    cm: ['un centimetro', 'centimetri'],
    mm: ['un millimetro', 'millimetri'],
    'm²': ['un metro quadrato', 'metri quadrati'],
    mq: ['un metro quadrato', 'metri quadrati'],
    kg: ['un chilo', 'chili'],
    g: ['un grammo', 'grammi'],
    mg: ['un milligrammo', 'milligrammi'],
    l: ['un litro', 'litri'],
    ml: ['un millilitro', 'millilitri'],
    h: ['un’ora', 'ore'],
    min: ['un minuto', 'minuti'],
    s: ['un secondo', 'secondi'],
    GB: ['un gigabyte', 'gigabyte'],
    MB: ['un megabyte', 'megabyte'],
    '°': ['un grado', 'gradi'],
    '°C': ['un grado', 'gradi'],
  },
};

export const abbreviations: Readonly<Record<string, string>> = {
  'Sig.': 'signor',
  'Sig.ra': 'signora',
  'Sig.na': 'signorina',
  'Sigg.': 'signori',
  'Dott.': 'dottor',
  'Dott.ssa': 'dottoressa',
  'Dr.': 'dottor',
  'Prof.': 'professor',
  'Prof.ssa': 'professoressa',
  'Avv.': 'avvocato',
  'Ing.': 'ingegner',
  'Geom.': 'geometra',
  'ad es.': 'ad esempio',
  'p. es.': 'per esempio',
  'p.es.': 'per esempio',
  'ecc.': 'eccetera',
  'tel.': 'telefono',
  'Tel.': 'telefono',
  'cell.': 'cellulare',
  'Cell.': 'cellulare',
  'int.': 'interno',
  'art.': 'articolo',
  'pag.': 'pagina',
  'prov.': 'provincia',
  'P.zza': 'piazza',
  'p.zza': 'piazza',
  'V.le': 'viale',
  'v.le': 'viale',
  'C.so': 'corso',
  'c.so': 'corso',
  'S.r.l.': 'S R L',
  'S.p.A.': 'S P A',
};
