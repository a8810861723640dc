import { z } from 'zod';
import { contact, contactFilters, leadStatus } from './contact-record.ts';
import { customFieldValues } from './custom-fields.ts';
import { endpoint } from './endpoint.ts';
import {
  accountSlug,
  id,
  optionalEmail,
  optionalText,
  paged,
  paging,
  pathId,
  phoneInput,
  requiredText,
  teamId,
  timeZone,
} from './primitives.ts';

/** What a person may say about a contact; the import knows the same fields. */
export const contactFields = {
  companyId: id('comp'),
  firstName: requiredText(100),
  lastName: requiredText(100),
  email: optionalEmail,
  phone: phoneInput.nullable().optional().describe('Made E.164 by the company’s country, else the account’s. One contact of a team has it'),
  phoneSecondary: phoneInput.nullable().optional(),
  jobTitle: optionalText(200),
  leadStatus: leadStatus.optional().describe('new unless given'),
  source: optionalText(100),
  timezone: timeZone.nullable().optional(),
  preferredContactMethod: optionalText(50),
  doNotCall: z.boolean().optional().describe('No campaign calls this person; honoured from the moment it is set'),
  notes: optionalText(10_000),
  customFields: customFieldValues.optional(),
  tags: z.array(requiredText(50)).max(50).optional().describe('Replaces the set; repeats are dropped'),
};

const params = z.object({ contactId: pathId('The contact (cont_…)') });
const group = 'Contacts';

export const createContact = endpoint({
  method: 'POST',
  path: '/api/crm/contacts',
  group,
  access: 'contacts:write',
  summary: 'Create a contact',
  description: 'A phone number another contact of the team has answers 409 and names that contact.',
  body: z.strictObject({
    teamId,
    ...contactFields,
    campaignId: id('camp').optional().describe('Enrols the contact at once'),
    campaignPriority: z.int().min(-1_000_000).max(1_000_000).optional().describe('Higher is called earlier; 0 unless given'),
  }),
  returns: { contact },
  alsoAnswers: [409],
});

export const listContacts = endpoint({
  method: 'GET',
  path: '/api/crm/contacts',
  group,
  access: 'contacts:read',
  summary: 'List contacts',
  description: 'Newest first. Without teamId or accountSlug the token’s own workspace is listed.',
  query: z.strictObject({
    ...paging,
    teamId: teamId.optional(),
    accountSlug: accountSlug.optional(),
    companyId: id('comp').optional(),
    ...contactFilters,
  }),
  returns: { contacts: z.array(contact), ...paged },
});

export const getContact = endpoint({
  method: 'GET',
  path: '/api/crm/contacts/{contactId}',
  group,
  access: 'contacts:read',
  summary: 'Get a contact',
  params,
  returns: { contact },
});

export const updateContact = endpoint({
  method: 'PATCH',
  path: '/api/crm/contacts/{contactId}',
  group,
  access: 'contacts:write',
  summary: 'Change a contact',
  description: 'Fields left out stay as they are; null clears one.',
  params,
  body: z.strictObject({
    ...contactFields,
    companyId: id('comp').optional(),
    firstName: requiredText(100).optional(),
    lastName: requiredText(100).optional(),
  }),
  returns: { contact },
  alsoAnswers: [409],
});

export const deleteContact = endpoint({
  method: 'DELETE',
  path: '/api/crm/contacts/{contactId}',
  group,
  access: 'contacts:write',
  summary: 'Delete a contact',
  description: 'Calls with this person stay on record; erase removes those too.',
  params,
  returns: { id: id('cont') },
});

export const eraseContact = endpoint({
  method: 'POST',
  path: '/api/crm/contacts/{contactId}/erase',
  group,
  access: 'contacts:write',
  summary: 'Erase a person',
  description:
    'Deletes the contact together with the recordings, transcripts and analyses of every call with this person. Cannot be undone. Answers 409 while a call with this person lasts. Repeat it after a failure: it takes up where it stopped.',
  params,
  returns: { id: id('cont'), erased: z.object({ calls: z.int().describe('Calls whose recording, transcript and analysis were erased') }) },
  alsoAnswers: [409],
});
