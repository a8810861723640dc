import { toCardinal, toOrdinal } from 'n2words/es-ES';
import { anyOf, type Rule } from './rule.ts';
import type { SpokenLanguage } from './spoken-language.ts';

const cardinal = (digits: string | number) => toCardinal(digits);
/** Before a noun: "veintiún euros", "un día". */
const attributive = (words: string) => words.replace(/veintiuno$/, 'veintiún').replace(/\buno$/, 'un');

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
  { pattern: /(?<![\d./])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\d/])/g, say: (_, day, month, inYear) => dateOf(day!, month!, inYear!) },
  {
    pattern: new RegExp(`(?<![\\d.,:/])(\\d{1,2}) de (${anyOf(MONTHS)})(?: (?:de|del) (\\d{4}))?(?!\\p{L})`, 'gu'),
    say: (_, day, month, inYear) => dateOf(day!, month!, inYear!),
  },
  { pattern: /(?<![\d.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?:\s?h\b)?/g, say: (_, hours, minutes) => clockTime(hours!, minutes!) },
  { pattern: /(?<!\d)([13])\.?º(?=\s\p{Ll})/gu, say: (_, n) => (n === '1' ? 'primer' : 'tercer') },
  { pattern: /(?<!\d)(\d{1,3})\.?º/g, say: (_, n) => toOrdinal(n!) },
  { pattern: /(?<!\d)(\d{1,3})\.?ª/g, say: (_, n) => toOrdinal(n!).replace(/o\b/g, 'a') },
  { pattern: /(?<![\p{L}\d]|\d[.,])1(?= \p{Ll})/gu, say: () => 'un' },
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
      currencies: {
        '€': { main: ['un euro', 'euros'], small: ['un céntimo', 'céntimos'] },
        EUR: { main: ['un euro', 'euros'], small: ['un céntimo', 'céntimos'] },
        $: { main: ['un dólar', 'dólares'], small: ['un centavo', 'centavos'] },
        '£': { main: ['una libra', 'libras'], small: ['un penique', 'peniques'] },
      },
      scales: { millón: ['un millón', 'millones'], millones: ['un millón', 'millones'] },
      beforeNoun: attributive,
      amount: (main, { number }) => `${main} con ${number}`,
      afterScale: (many) => `de ${many}`,
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
      'aprox.': 'aproximadamente',
      'tel.': 'teléfono',
      'núm.': 'número',
      'avda.': 'avenida',
    },
    opening: [],
  },
});
