import { newId } from '../../database/ids.ts';
import { type ContactRow, contactSearchText } from '../contact-record.ts';
import { mergeValues } from '../custom-values.ts';
import type { ImportRow } from './import-row.ts';

/** What an import writes of a contact. */
export type ImportedContact = Omit<
  ContactRow,
  'callCount' | 'lastCallId' | 'lastCallAt' | 'lastCallOutcome' | 'lastCallDurationSeconds' | 'createdAt' | 'updatedAt'
>;

/** A person the rows of a batch speak of. */
export interface ImportPerson {
  contact: ImportedContact;
  /** As it was before the batch; null for a new contact. */
  before: ImportedContact | null;
  /** How many rows found it there already. */
  matched: number;
}

/** A row with its numbers and company made out. */
export interface PlacedRow extends ImportRow {
  phone: string | null | undefined;
  phoneSecondary: string | null | undefined;
  /** The company the row names. */
  placedIn: string | undefined;
}

/**
 * The people of a batch, found again by phone number, without one by e-mail, without both by name and company.
 * One rule for those stored and those met in earlier rows, so that how a file is cut into batches makes no difference.
 */
export function createImportPeople(stored: readonly ImportedContact[]) {
  const byKey = new Map<string, ImportPerson>();
  const people: ImportPerson[] = [];
  const register = (person: ImportPerson) => {
    for (const key of keysOf(person.contact)) if (!byKey.has(key)) byKey.set(key, person);
  };
  const add = (person: ImportPerson) => {
    people.push(person);
    register(person);
    return person;
  };
  for (const contact of stored) add({ contact, before: contact, matched: 0 });

  return {
    people,
    find: (row: PlacedRow): ImportPerson | undefined => byKey.get(keyOf(row)),
    /** Lays what a row says over a person. What it leaves empty stays; a do-not-call mark stays, tags are added. */
    update(person: ImportPerson, row: PlacedRow): void {
      person.contact = laidOver(person.contact, row);
      person.matched++;
      register(person);
    },
    create: (accountId: string, companyId: string, names: { firstName: string; lastName: string }, row: PlacedRow): ImportPerson =>
      add({ contact: laidOver({ ...blank(accountId, companyId), ...names, id: newId('cont') }, row), before: null, matched: 0 }),
  };
}

const nameKey = (companyId: string | undefined, first: string | undefined, last: string | undefined) =>
  `name ${companyId}\n${first}\n${last}`;

/** What a row is found by. */
function keyOf(row: PlacedRow): string {
  if (row.phone) return `phone ${row.phone}`;
  if (row.fields.email) return `email ${row.fields.email.toLowerCase()}`;
  return nameKey(row.placedIn, row.fields.firstName, row.fields.lastName);
}

/** What a contact is found by. */
function keysOf(contact: ImportedContact): string[] {
  const keys = [];
  if (contact.phone) keys.push(`phone ${contact.phone}`);
  if (contact.email) keys.push(`email ${contact.email.toLowerCase()}`);
  return keys.length > 0 ? keys : [nameKey(contact.companyId, contact.firstName, contact.lastName)];
}

function laidOver(contact: ImportedContact, { fields, custom, phone, phoneSecondary, placedIn }: PlacedRow): ImportedContact {
  const { tags, doNotCall, phone: _, phoneSecondary: __, ...said } = fields;
  const next = { ...contact, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null)) };
  if (phone) next.phone = phone;
  if (phoneSecondary) next.phoneSecondary = phoneSecondary;
  if (placedIn) next.companyId = placedIn;
  next.doNotCall = contact.doNotCall || (doNotCall ?? false);
  next.tags = [...new Set([...contact.tags, ...(tags ?? [])])].slice(0, 50);
  next.customFields = mergeValues(contact.customFields, custom);
  next.searchText = contactSearchText(next);
  return next;
}

const blank = (accountId: string, companyId: string): ImportedContact => ({
  id: '',
  accountId,
  companyId,
  firstName: '',
  lastName: '',
  email: null,
  phone: null,
  phoneSecondary: null,
  jobTitle: null,
  leadStatus: 'new',
  source: null,
  timezone: null,
  preferredContactMethod: null,
  doNotCall: false,
  notes: null,
  customFields: {},
  tags: [],
  searchText: '',
});
