import { z } from 'zod';
import { contact, contactFilters } from './contact-record.ts';
import { countryCode } from './countries.ts';
import { customFieldRecord, customFieldValues } from './custom-fields.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, flag, id, optionalText, paged, paging, pathId, phoneInput, requiredText, teamId, timestamp } from './primitives.ts';

const text = z.string().nullable();
export const company = z
  .object({
    id: z.string(),
    team_id: z.string(),
    name: z.string(),
    website: text,
    industry: text,
    company_size: text,
    address_line1: text,
    address_line2: text,
    city: text,
    state: text,
    postal_code: text,
    country: text.describe('ISO 3166-1 alpha-2'),
    phone: text.describe('E.164'),
    notes: text,
    custom_fields: customFieldRecord,
    contact_count: z.int(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Company' });
export type Company = z.infer<typeof company>;

const companyFields = {
  name: requiredText(200),
  website: optionalText(500),
  industry: optionalText(100),
  companySize: optionalText(50).describe('For example 11-50'),
  addressLine1: optionalText(200),
  addressLine2: optionalText(200),
  city: optionalText(100),
  state: optionalText(100),
  postalCode: optionalText(20),
  country: countryCode.nullable().optional().describe('ISO 3166-1 alpha-2; phone numbers of the company and its contacts are read by it'),
  phone: phoneInput.nullable().optional(),
  notes: optionalText(10_000),
  customFields: customFieldValues.optional(),
};

const params = z.object({ companyId: pathId('The company (comp_…)') });
const group = 'Companies';

export const createCompany = endpoint({
  method: 'POST',
  path: '/api/crm/companies',
  group,
  access: 'companies:write',
  summary: 'Create a company',
  body: z.strictObject({ teamId, ...companyFields }),
  returns: { company },
});

export const listCompanies = endpoint({
  method: 'GET',
  path: '/api/crm/companies',
  group,
  access: 'companies:read',
  summary: 'List companies',
  description: 'Newest first. Without teamId or accountSlug the token’s own workspace is listed.',
  query: z.strictObject({
    ...paging,
    teamId: teamId.optional(),
    accountSlug: accountSlug.optional(),
    search: z.string().max(200).optional().describe('Part of the name; case and accents do not matter'),
    industry: z.string().max(100).optional().describe('Exactly this industry'),
  }),
  returns: { companies: z.array(company), ...paged },
});

export const getCompany = endpoint({
  method: 'GET',
  path: '/api/crm/companies/{companyId}',
  group,
  access: 'companies:read',
  summary: 'Get a company',
  params,
  returns: { company },
});

export const updateCompany = endpoint({
  method: 'PATCH',
  path: '/api/crm/companies/{companyId}',
  group,
  access: 'companies:write',
  summary: 'Change a company',
  description: 'Fields left out stay as they are; null clears one.',
  params,
  body: z.strictObject({ ...companyFields, name: requiredText(200).optional() }),
  returns: { company },
});

export const deleteCompany = endpoint({
  method: 'DELETE',
  path: '/api/crm/companies/{companyId}',
  group,
  access: 'companies:write',
  summary: 'Delete a company',
  description:
    'A company that still has contacts answers 409 unless deleteContacts=true says that they go with it; one that something else still needs (a campaign) answers 409 as well.',
  params,
  query: z.strictObject({ deleteContacts: flag.optional().describe('Delete its contacts too') }),
  returns: { id: id('comp') },
  alsoAnswers: [409],
});

export const listCompanyContacts = endpoint({
  method: 'GET',
  path: '/api/crm/companies/{companyId}/contacts',
  group,
  access: 'contacts:read',
  summary: 'List the contacts of a company',
  description: 'Newest first.',
  params,
  query: z.strictObject({ ...paging, ...contactFilters }),
  returns: { contacts: z.array(contact), ...paged },
});
