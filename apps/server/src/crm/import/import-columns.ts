import type { Definition } from '../custom-values.ts';
import { fold } from '../search.ts';

/** What a column of an import holds: a field, the whole name, or a custom field by key. */
export type Column =
  | 'companyId'
  | 'companyName'
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'email'
  | 'phone'
  | 'phoneSecondary'
  | 'jobTitle'
  | 'leadStatus'
  | 'source'
  | 'timezone'
  | 'preferredContactMethod'
  | 'doNotCall'
  | 'notes'
  | 'tags'
  | 'customFields'
  | `custom:${string}`;

/** Names of columns besides the field names themselves, as people write them in English and German; compared by letters and digits only. */
const WORDS: Readonly<Record<string, Column>> = Object.fromEntries(
  Object.entries({
    companyId: 'company id, firmen-id, unternehmens-id',
    companyName: 'company name, company, organization, organisation, account, employer, firma, firmenname, unternehmen, arbeitgeber',
    firstName: 'first name, given name, forename, vorname, rufname',
    lastName: 'last name, surname, family name, nachname, familienname, zuname',
    fullName: 'full name, name, contact, contact name, contact person, kontakt, ansprechpartner, vollständiger name',
    email: 'email, e-mail, mail, email address, e-mail-adresse, mailadresse',
    phone:
      'phone, phone number, telephone, telephone number, tel, number, mobile, mobile phone, mobile number, cell, cell phone, telefon, telefonnummer, rufnummer, mobil, mobilnummer, mobiltelefon, handy, handynummer',
    phoneSecondary:
      'phone secondary, secondary phone, phone 2, second phone, other phone, alternate phone, telefon 2, zweite telefonnummer, weitere telefonnummer',
    jobTitle: 'job title, title, position, role, function, funktion, berufsbezeichnung, stelle',
    leadStatus: 'lead status, status',
    source: 'source, lead source, origin, quelle, herkunft',
    timezone: 'timezone, time zone, tz, zeitzone',
    preferredContactMethod: 'preferred contact method, contact method, preferred channel, kontaktweg, bevorzugter kontaktweg',
    doNotCall: 'do not call, dnc, no calls, nicht anrufen, anrufsperre, werbesperre',
    notes: 'notes, note, comment, comments, remarks, notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung',
    tags: 'tags, tag, labels, schlagwort, schlagworte, schlagwörter, stichworte, stichwörter',
    customFields: 'custom fields',
  }).flatMap(([field, words]) => words.split(', ').map((word): [string, Column] => [lettersOf(word), field as Column])),
);

/** `First-Name`, `first_name` and `firstName` are one. */
function lettersOf(name: string): string {
  return fold(name).replace(/[^a-z0-9]/g, '');
}

/** What a column of this name holds; undefined when nothing here is called so. A custom field goes by `custom.<key>`, its key or its name. */
export function columnOf(name: string, definitions: ReadonlyMap<string, Definition>): Column | undefined {
  const named = /^(?:contact\.)?custom\.(.+)$/i.exec(name.trim())?.[1];
  if (named !== undefined) return definitions.has(named) ? `custom:${named}` : undefined;
  if (definitions.has(name.trim())) return `custom:${name.trim()}`;
  const letters = lettersOf(name);
  if (Object.hasOwn(WORDS, letters)) return WORDS[letters];
  const field = [...definitions.values()].find((definition) => letters !== '' && lettersOf(definition.name) === letters);
  return field && `custom:${field.key}`;
}

export interface Header {
  /** By position; null is left out. */
  columns: (Column | null)[];
  /** Names nothing here is called by. */
  unknown: string[];
  /** Names of columns that say the same as one before. */
  repeated: string[];
}

/**
 * What the columns of a table hold. A second phone column is the second number; beside a first name a column "Name" is the
 * last name, as German tables have it.
 */
export function headerOf(names: readonly string[], definitions: ReadonlyMap<string, Definition>): Header {
  const header: Header = { columns: [], unknown: [], repeated: [] };
  const found = names.map((name) => columnOf(name, definitions));
  const splits = found.includes('firstName') && !found.includes('lastName');
  const taken = new Set<Column>();
  names.forEach((name, at) => {
    let column = found[at];
    if (column === 'fullName' && splits) column = 'lastName';
    if (column === 'phone' && taken.has('phone') && !found.includes('phoneSecondary')) column = 'phoneSecondary';
    if (column === undefined && name.trim() !== '') header.unknown.push(name.trim());
    if (column !== undefined && taken.has(column)) header.repeated.push(name.trim());
    if (column !== undefined) taken.add(column);
    header.columns.push(column ?? null);
  });
  return header;
}
