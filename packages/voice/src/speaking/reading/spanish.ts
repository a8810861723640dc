import { toCardinal, toOrdinal } from 'n2words/es-ES';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

const cardinal = (digits: string | number) => toCardinal(digits);
/** Nouns of these endings are feminine nearly always. */
const FEMININE =
  /^(?!(?:d[ií]as?|problemas?|programas?|temas?|mapas?|idiomas?|sistemas?|planetas?|kilos?)$)\p{L}+(?:as?|ci[oó]n(?:es)?|si[oó]n(?:es)?|[dt]ad(?:es)?|tud(?:es)?)$/u;
/** Before a noun: "veintiún euros", "un día", "doscientas personas". */
function attributive(words: string, noun: string): string {
  if (FEMININE.test(noun))
    return words
      .replace(/uno$/, 'una')
      .replace(/cientos\b/g, 'cientas')
      .replace(/quinientos\b/g, 'quinientas');
  return words.replace(/veintiuno$/, 'veintiún').replace(/\buno$/, 'un');
}
/** Alone, and behind a whole number. */
const FRACTIONS: Readonly<Record<string, readonly [string, string]>> = {
  '1/2': ['medio', 'y medio'],
  '1/3': ['un tercio', 'y un tercio'],
  '2/3': ['dos tercios', 'y dos tercios'],
  '1/4': ['un cuarto', 'y cuarto'],
  '3/4': ['tres cuartos', 'y tres cuartos'],
};
/** Capital letters that are said one by one; other words in capitals are words. */
const SPELLED = 'DNI NIE PDF SMS GPS USB DVD TV QR CV PC CP SL VIP UE'.split(' ');

const MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const dateOf = (day: string, month: string, inYear: string) => {
  const name = /^\d+$/.test(month) ? MONTHS[Number(month) - 1] : month;
  if (!name || Number(day) < 1 || Number(day) > 31) return null;
  return `${Number(day) === 1 ? 'primero' : cardinal(Number(day))} de ${name}${inYear === '' ? '' : ` de ${cardinal(inYear)}`}`;
};
function clockTime(hours: string, minutes: string): string {
  const minute = Number(minutes);
  const hour = cardinal(Number(hours)).replace(/uno$/, 'una');
  if (minute === 0) return hour;
  return `${hour} y ${minute === 15 ? 'cuarto' : minute === 30 ? 'media' : cardinal(minute)}`;
}

const rules: readonly Rule[] = [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, say: (_, inYear, month, day) => dateOf(day!, month!, inYear!) },
  {
    pattern: /(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])/g,
    say: (_, day, _sign, month, inYear) => dateOf(day!, month!, inYear!),
  },
  {
    pattern: /(?<=\b(?:[Ee]l|[Aa]l|[Dd]el) )(\d{1,2})\/(\d{1,2})(?![\d/])/g,
    say: (_, day, month) => dateOf(day!, month!, ''),
  },
  {
    pattern: new RegExp(`(?<![\\d.,:/])(\\d{1,2}) de (${anyOf(MONTHS)})(?: (?:de|del) (\\d{4}))?(?!\\p{L})`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!),
  },
  {
    pattern: /(?<![\d.,:])([01]?\d|2[0-3])(?:[:h]([0-5]\d)(?![\d:])(?:\s?h\b)?)?(?:\s?([ap])\.\s?m\.)/g,
    say: (_, hours, minutes, half) =>
      `${clockTime(hours!, minutes || '0')} ${half === 'a' ? 'de la mañana' : Number(hours) < 8 ? 'de la tarde' : 'de la noche'}`,
  },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-3])[:h]([0-5]\d)(?![\d:])(?:\s?h\b)?/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<=\b[Aa] la )1(?![\d:/]|[.,]\d)/g, say: () => 'una' },
  { pattern: /(?<=\b[Aa] las )21(?![\d:/]|[.,]\d)/g, say: () => 'veintiuna' },
  { pattern: /(?<!\d)([13])\.?º(?=\s(?!de\b)\p{Ll})/gu, say: (_, n) => (n === '1' ? 'primer' : 'tercer') },
  { pattern: /(?<!\d)([13])\.?er\b/g, say: (_, n) => (n === '1' ? 'primer' : 'tercer') },
  { pattern: /\b[nN]\.?º\s?(?=\d)/g, say: () => 'número ' },
  { pattern: /\bC\/\s?(?=\p{Lu})/gu, say: () => 'calle ' },
  { pattern: /(?<!\d)(\d{1,3})\.?º/g, say: (_, n) => toOrdinal(n!) },
  { pattern: /(?<!\d)(\d{1,3})\.?ª/g, say: (_, n) => toOrdinal(n!).replace(/o\b/g, 'a') },
  {
    pattern: /(?<![\p{L}\d]|\d[.,])(\d{1,3})(?= (\p{Ll}{2,}))/gu,
    say: (_, n, noun) =>
      /(?:1|[2-9]\d\d)$/.test(n!) && !/^(?:de|en|a|al|y|o|por|para|con|es|son|más|o|ni)$/.test(noun!)
        ? attributive(cardinal(n!), noun!)
        : null,
  },
  { pattern: new RegExp(`\\b(?:${SPELLED.join('|')})\\b`, 'g'), say: (word) => [...word].join(' ') },
  { pattern: /(?<=[\p{L}\d.]) ?& ?(?=[\p{L}\d])/gu, say: () => ' y ' },
  { pattern: /(?<=[\p{L}\d.] )& ?(?=[\p{L}\d])/gu, say: () => 'y ' },
];

export const spanish = (): SpokenLanguage => ({
  code: 'es',
  signs: { at: 'arroba', dot: 'punto', dash: 'guion', underscore: 'guion bajo', plus: 'más', slash: 'barra' },
  numbers: {
    words: {
      cardinal,
      groupMark: '.',
      decimalMark: ',',
      digits: 'cero uno dos tres cuatro cinco seis siete ocho nueve'.split(' '),
      point: 'coma',
      minus: 'menos',
      percent: 'por ciento',
      to: 'a',
      ratio: 'a',
      plus: 'más',
      equals: 'igual a',
      by: 'por',
      times: (number) => `${attributive(cardinal(number), 'veces')} ${number === '1' ? 'vez' : 'veces'}`,
      per: 'por',
      about: 'unos',
      number: 'número',
      fraction: (written, whole) => {
        const [alone, behind] = FRACTIONS[written] ?? [];
        if (alone === undefined) return null;
        return whole === '' ? alone : `${cardinal(whole)} ${behind}`;
      },
      currencies: {
        '€': { main: ['un euro', 'euros'], small: ['un céntimo', 'céntimos'] },
        EUR: { main: ['un euro', 'euros'], small: ['un céntimo', 'céntimos'] },
        $: { main: ['un dólar', 'dólares'], small: ['un centavo', 'centavos'] },
        USD: { main: ['un dólar', 'dólares'], small: ['un centavo', 'centavos'] },
        MXN: { main: ['un peso mexicano', 'pesos mexicanos'], small: ['un centavo', 'centavos'] },
        '£': { main: ['una libra', 'libras'], small: ['un penique', 'peniques'] },
      },
      scales: {
        millón: ['un millón', 'millones'],
        millones: ['un millón', 'millones'],
        M: ['un millón', 'millones'],
        k: ['mil', 'mil'],
      },
      beforeNoun: attributive,
      amount: (main, { number }) => `${main} con ${number}`,
      afterScale: (many, scale) => (scale === 'k' ? many : `de ${many}`),
      units: {
        km: ['un kilómetro', 'kilómetros'],
        'km/h': ['un kilómetro por hora', 'kilómetros por hora'],
        m: ['un metro', 'metros'],
        cm: ['un centímetro', 'centímetros'],
        'm²': ['un metro cuadrado', 'metros cuadrados'],
        kg: ['un kilo', 'kilos'],
        g: ['un gramo', 'gramos'],
        l: ['un litro', 'litros'],
        h: ['una hora', 'horas'],
        min: ['un minuto', 'minutos'],
        s: ['un segundo', 'segundos'],
        ml: ['un mililitro', 'mililitros'],
        mg: ['un miligramo', 'miligramos'],
        GB: ['un gigabyte', 'gigabytes'],
        '°': ['un grado', 'grados'],
        '°C': ['un grado', 'grados'],
      },
    },
    rules,
    abbreviations: {
      'Sr.': 'señor',
      'Sra.': 'señora',
      'Srta.': 'señorita',
      'Dr.': 'doctor',
      'Dra.': 'doctora',
      'Ud.': 'usted',
      'Uds.': 'ustedes',
      'etc.': 'etcétera',
      'p. ej.': 'por ejemplo',
      'p.ej.': 'por ejemplo',
      'Sres.': 'señores',
      'Dña.': 'doña',
      'EE. UU.': 'Estados Unidos',
      'EE.UU.': 'Estados Unidos',
      'Núm.': 'número',
      'Avda.': 'avenida',
      'Av.': 'avenida',
      'av.': 'avenida',
      'Pza.': 'plaza',
      'pza.': 'plaza',
      'art.': 'artículo',
      'pág.': 'página',
      'Tel.': 'teléfono',
      'aprox.': 'aproximadamente',
      'tel.': 'teléfono',
      'núm.': 'número',
      'avda.': 'avenida',
    },
    closing: { abbreviations: ['etc.'], nextWord: '\\p{Lu}' },
    codeWords: '(?:PIN|[Cc]ódigo|[Ee]xtensión)(?: es)?(?: el)?|[Tt]ermina(?:da)? en',
    opening: ['n.º', 'nº', 'C/'],
    open: [/(?<!\d)\d{1,2} de(?: \p{Ll}*)?$/u, /(?<!\d)\d{1,3} \p{Ll}*$/u, /(?<!\d)\d{1,2}(?:[:h]\d{0,2})?\s?[ap]\.?\s?m?$/],
  },
});
