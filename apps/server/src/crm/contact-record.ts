import type { Contact } from '@talkturo/contract';
import { teamIdOf } from '../database/ids.ts';
import type { contacts } from './contacts.table.ts';
import { searchTextOf } from './search.ts';

export type ContactRow = typeof contacts.$inferSelect;

/** A contact with the name of its company, as records show it. */
export interface NamedContact {
  row: ContactRow;
  companyName: string;
}

/** What searches look into. */
export const contactSearchText = (row: Pick<ContactRow, 'firstName' | 'lastName' | 'email' | 'phone' | 'phoneSecondary'>): string =>
  searchTextOf(row.firstName, row.lastName, row.email, row.phone?.slice(1), row.phoneSecondary?.slice(1));

/** The record as the API shows it. */
export const toRecord = ({ row, companyName }: NamedContact): Contact => ({
  id: row.id,
  team_id: teamIdOf(row.accountId),
  company_id: row.companyId,
  company_name: companyName,
  first_name: row.firstName,
  last_name: row.lastName,
  email: row.email,
  phone: row.phone,
  phone_secondary: row.phoneSecondary,
  job_title: row.jobTitle,
  lead_status: row.leadStatus as Contact['lead_status'],
  source: row.source,
  timezone: row.timezone,
  preferred_contact_method: row.preferredContactMethod,
  do_not_call: row.doNotCall,
  notes: row.notes,
  custom_fields: row.customFields,
  tags: row.tags,
  call_count: row.callCount,
  last_call_id: row.lastCallId,
  last_call_at: row.lastCallAt?.toISOString() ?? null,
  last_call_outcome: row.lastCallOutcome,
  last_call_duration_seconds: row.lastCallDurationSeconds,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
