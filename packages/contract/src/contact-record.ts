import { z } from 'zod';
import { customFieldRecord } from './custom-fields.ts';
import { flag, id, timestamp } from './primitives.ts';

export const LEAD_STATUSES = ['new', 'contacted', 'qualified', 'unqualified', 'converted'] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];
export const leadStatus = z.enum(LEAD_STATUSES);

const text = z.string().nullable();
export const contact = z
  .object({
    id: z.string(),
    team_id: z.string(),
    company_id: z.string(),
    company_name: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    email: text,
    phone: text.describe('E.164'),
    phone_secondary: text.describe('E.164'),
    job_title: text,
    lead_status: leadStatus,
    source: text,
    timezone: text.describe('IANA'),
    preferred_contact_method: text,
    do_not_call: z.boolean(),
    notes: text,
    custom_fields: customFieldRecord,
    tags: z.array(z.string()),
    call_count: z.int(),
    last_call_id: text,
    last_call_at: timestamp.nullable(),
    last_call_outcome: text,
    last_call_duration_seconds: z.int().nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof contact>;

/** Filters every list of contacts takes. */
export const contactFilters = {
  campaignId: id('camp').optional().describe('Enrolled in this campaign'),
  leadStatus: leadStatus.optional(),
  tag: z.string().max(50).optional().describe('Has exactly this tag'),
  doNotCall: flag.optional(),
  search: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Words that must all occur in name, e-mail or phone numbers, in any order; case and accents do not matter, one or two letters match beginnings of words',
    ),
};
