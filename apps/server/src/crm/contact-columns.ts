import type { BodyOf, ErrorDetail, updateContact } from '@talkturo/contract';
import type { Queryable } from '../database/connect.ts';
import { type CompanyRow, phoneCountry } from './companies.ts';
import type { ContactRow } from './contact-record.ts';
import { invalidFields, notAPhoneNumber } from './crm.errors.ts';
import { acceptValues } from './custom-values.ts';
import { toE164 } from './phone.ts';

/** What a contact is searched by, before anything is known. */
export const NOBODY = { firstName: '', lastName: '', email: null, phone: null, phoneSecondary: null };

const AS_THEY_ARE = ['firstName', 'lastName', 'leadStatus', 'doNotCall', 'timezone'] as const;
/** Empty text means none. */
const TEXTS = ['email', 'jobTitle', 'source', 'preferredContactMethod', 'notes'] as const;
const PHONES = ['phone', 'phoneSecondary'] as const;

/**
 * The columns a request sets; fields left out are left out here too.
 * @param company where the contact belongs after the request
 * @throws AppError 400 naming a phone number that is none or a wrong value of a custom field
 */
export async function columnsOf(
  tx: Queryable,
  fields: BodyOf<typeof updateContact>,
  before: ContactRow | null,
  company: CompanyRow,
): Promise<Partial<ContactRow>> {
  const set: Partial<ContactRow> = {};
  for (const field of AS_THEY_ARE) if (fields[field] !== undefined) Object.assign(set, { [field]: fields[field] });
  for (const field of TEXTS) if (fields[field] !== undefined) set[field] = fields[field] || null;
  if (before && company.id !== before.companyId) set.companyId = company.id;
  if (fields.tags !== undefined) set.tags = [...new Set(fields.tags)];
  Object.assign(set, await phonesOf(tx, fields, company));
  if (fields.customFields !== undefined)
    set.customFields = await acceptValues(tx, company.accountId, 'contact', before?.customFields ?? {}, fields.customFields);
  return set;
}

async function phonesOf(tx: Queryable, fields: BodyOf<typeof updateContact>, company: CompanyRow): Promise<Partial<ContactRow>> {
  const set: Partial<ContactRow> = {};
  const faults: ErrorDetail[] = [];
  const given = PHONES.filter((field) => fields[field]);
  // A number with its country code needs no country: most do, and the look-up is saved.
  const international = given.every((field) => fields[field]?.startsWith('+'));
  const country = given.length === 0 || international ? 'US' : await phoneCountry(tx, company.accountId, company.country);
  for (const field of PHONES) {
    if (fields[field] === undefined) continue;
    set[field] = fields[field] ? toE164(fields[field], country) : null;
    if (fields[field] && set[field] === null) faults.push(notAPhoneNumber(field, company.country ?? country));
  }
  if (faults.length > 0) throw invalidFields(faults);
  return set;
}
