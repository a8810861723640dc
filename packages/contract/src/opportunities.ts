import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, day, id, optionalText, paged, paging, pathId, requiredText, teamId, timestamp } from './primitives.ts';

export const OPPORTUNITY_STAGES = ['new', 'contacted', 'proposal', 'closed-won', 'closed-lost', 'custom'] as const;
export type OpportunityStage = (typeof OPPORTUNITY_STAGES)[number];
const stage = z.enum(OPPORTUNITY_STAGES);

export const opportunity = z
  .object({
    id: z.string(),
    team_id: z.string(),
    name: z.string(),
    stage,
    amount: z.string().nullable().describe('Decimal, USD'),
    probability: z.int().nullable().describe('Per cent'),
    expected_close_date: z.string().nullable().describe('YYYY-MM-DD'),
    contact_id: z.string().nullable(),
    contact_name: z.string().nullable(),
    company_id: z.string().nullable(),
    company_name: z.string().nullable(),
    notes: z.string().nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Opportunity' });
export type Opportunity = z.infer<typeof opportunity>;

const opportunityFields = {
  name: requiredText(200),
  stage: stage.optional().describe('new unless given'),
  amount: z
    .union([z.number().min(0).max(999_999_999_999), z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'must be a decimal amount such as 1200.50')])
    .nullable()
    .optional()
    .describe('USD'),
  probability: z.int().min(0).max(100).nullable().optional().describe('Per cent'),
  expectedCloseDate: day.nullable().optional(),
  contactId: id('cont').nullable().optional(),
  companyId: id('comp').nullable().optional().describe('The contact’s company when only the contact is given'),
  notes: optionalText(10_000),
};

const params = z.object({ opportunityId: pathId('The opportunity (opp_…)') });
const group = 'Opportunities';

export const createOpportunity = endpoint({
  method: 'POST',
  path: '/api/crm/opportunities',
  group,
  access: 'opportunities:write',
  summary: 'Create an opportunity',
  body: z.strictObject({ teamId, ...opportunityFields }),
  returns: { opportunity },
});

export const listOpportunities = endpoint({
  method: 'GET',
  path: '/api/crm/opportunities',
  group,
  access: 'opportunities:read',
  summary: 'List opportunities',
  description: 'Newest first.',
  query: z.strictObject({
    ...paging,
    teamId: teamId.optional(),
    accountSlug: accountSlug.optional(),
    stage: stage.optional(),
    contactId: id('cont').optional(),
    companyId: id('comp').optional(),
    search: z.string().max(200).optional().describe('Part of the name'),
  }),
  returns: {
    opportunities: z.array(opportunity),
    ...paged,
    amount: z.string().describe('Sum of the amounts of all that match, decimal, USD'),
  },
});

export const getOpportunity = endpoint({
  method: 'GET',
  path: '/api/crm/opportunities/{opportunityId}',
  group,
  access: 'opportunities:read',
  summary: 'Get an opportunity',
  params,
  returns: { opportunity },
});

export const updateOpportunity = endpoint({
  method: 'PATCH',
  path: '/api/crm/opportunities/{opportunityId}',
  group,
  access: 'opportunities:write',
  summary: 'Change an opportunity',
  description: 'Fields left out stay as they are; null clears one.',
  params,
  body: z.strictObject({ ...opportunityFields, name: requiredText(200).optional() }),
  returns: { opportunity },
});

export const deleteOpportunity = endpoint({
  method: 'DELETE',
  path: '/api/crm/opportunities/{opportunityId}',
  group,
  access: 'opportunities:write',
  summary: 'Delete an opportunity',
  params,
  returns: { id: id('opp') },
});
