import type { CustomField } from '../crm.queries.ts';
import { csvCell } from './csv.ts';

/** The fields a column can be read into, as the import calls them; custom fields are `custom.<key>`. */
export const TARGETS = [
  'first_name',
  'last_name',
  'full_name',
  'phone',
  'phone_secondary',
  'email',
  'company_name',
  'job_title',
  'lead_status',
  'timezone',
  'source',
  'preferred_contact_method',
  'do_not_call',
  'notes',
  'tags',
] as const;
export type Target = (typeof TARGETS)[number] | `custom.${string}` | '';

/** Words in names of columns that say what they hold, in English and German; the first that fits wins. */
const GUESSES: readonly (readonly [RegExp, Target])[] = [
  [/^(first|given|fore)name$|^vorname$|^rufname$/, 'first_name'],
  [/^(last|family|sur)name$|^(nach|familien|zu)name$/, 'last_name'],
  [/^(full)?name$|^contact(name|person)?$|^kontakt$|^ansprechpartner$/, 'full_name'],
  [/(phone|telefon|mobile?|rufnummer|tel).*(2|secondary)|^(second|other|secondary)phone$|^zweitetelefon/, 'phone_secondary'],
  [/phone|^tel$|^mobil|telefon|handy|rufnummer|^cell/, 'phone'],
  [/mail/, 'email'],
  [/^company(name)?$|^firma|^firmenname$|^unternehmen$|^organi[sz]ation$|^employer$|^arbeitgeber$/, 'company_name'],
  [/^(job)?title$|^position$|^role$|^funktion$|^berufsbezeichnung$/, 'job_title'],
  [/^(lead)?status$/, 'lead_status'],
  [/^time?zone$|^tz$|^zeitzone$/, 'timezone'],
  [/^(lead)?source$|^quelle$|^herkunft$/, 'source'],
  [/contactmethod$|^kontaktweg$/, 'preferred_contact_method'],
  [/^donotcall$|^dnc$|^nichtanrufen$|sperre$/, 'do_not_call'],
  [/^notes?$|^comments?$|^notiz(en)?$|^bemerkung(en)?$|^kommentar$/, 'notes'],
  [/^tags?$|^labels$|^schlagwort|^schlagwoerter|^stichwort/, 'tags'],
];

const letters = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** What each column seems to hold; no field is guessed twice. */
export function guessTargets(names: readonly string[], fields: readonly CustomField[]): Target[] {
  const taken = new Set<Target>();
  return names.map((name) => {
    const own = fields.find((field) => field.key === name.trim() || letters(field.name) === letters(name));
    const guess = own ? (`custom.${own.key}` as const) : GUESSES.find(([pattern]) => pattern.test(letters(name)))?.[1];
    if (!guess || taken.has(guess)) return '';
    taken.add(guess);
    return guess;
  });
}

/** The header the import is sent: its own names where a column is read, nothing where it is left out. */
export const headerLine = (targets: readonly Target[], delimiter: string): string =>
  `${targets.map((target) => csvCell(target, delimiter)).join(delimiter)}\n`;
