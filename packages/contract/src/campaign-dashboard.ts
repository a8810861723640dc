import { z } from 'zod';
import { CAMPAIGN_CONTACT_STATUSES, CAMPAIGN_OUTCOMES, campaignStatus, SKIP_REASONS } from './campaign-record.ts';
import { endpoint } from './endpoint.ts';
import { pathId, timestamp } from './primitives.ts';

const params = z.object({ campaignId: pathId('The campaign (camp_…)') });
const counts = <const T extends readonly [string, ...string[]]>(of: T) =>
  z.object(Object.fromEntries(of.map((name) => [name, z.int()])) as Record<T[number], z.ZodInt>);

const campaignCall = z.object({
  call_id: z.string(),
  contact_id: z.string(),
  contact_name: z.string().nullable(),
  from_number: z.string().nullable(),
  to_number: z.string().nullable(),
  attempt: z.int().describe('1 for the first call to this contact'),
  started_at: timestamp,
  ended_at: timestamp.nullable(),
  outcome: z.enum(CAMPAIGN_OUTCOMES).nullable(),
});

export const campaignDashboard = z.object({
  campaign_id: z.string(),
  status: campaignStatus,
  problem: z.string().nullable().describe('Why a running campaign does not dial just now, or null'),
  contacts: counts(CAMPAIGN_CONTACT_STATUSES).extend({ total: z.int() }),
  outcomes: counts(CAMPAIGN_OUTCOMES).describe('Contacts by the outcome of their last attempt'),
  contacts_called: z.int(),
  answer_rate_percent: z.number().nullable().describe('Answered of those called'),
  attempts: z.int().describe('Calls placed'),
  live_calls: z.array(campaignCall),
  recent_calls: z.array(campaignCall).describe('The last 20 that ended, newest first'),
  next_due: z
    .array(
      z.object({ contact_id: z.string(), contact_name: z.string(), at: timestamp.describe('Now, or when its time or its window comes') }),
    )
    .describe('The next 10'),
  expected_end_at: timestamp.nullable().describe('At the pace of the last ten minutes; null while there is none'),
  at: timestamp.describe('When these figures were taken'),
});
export type CampaignDashboard = z.infer<typeof campaignDashboard>;

export const getCampaignDashboard = endpoint({
  method: 'GET',
  path: '/api/crm/campaigns/{campaignId}/dashboard',
  group: 'Campaigns',
  access: 'campaigns:read',
  summary: 'Get the figures of a campaign',
  params,
  returns: { dashboard: campaignDashboard },
});

export const followCampaign = endpoint({
  method: 'GET',
  path: '/api/crm/campaigns/{campaignId}/dashboard/stream',
  group: 'Campaigns',
  access: 'campaigns:read',
  summary: 'Follow the figures of a campaign',
  description:
    'Server-sent events named dashboard, each with the whole figures: at once, and whenever they have changed, at most once a second.',
  params,
  file: { types: ['text/event-stream'], description: 'One event for each change' },
});

export const preflightCampaign = endpoint({
  method: 'GET',
  path: '/api/crm/campaigns/{campaignId}/preflight',
  group: 'Campaigns',
  access: 'campaigns:read',
  summary: 'See what starting a campaign would do',
  description: 'How many would be called and how many not, and why; what must be mended before it can start.',
  params,
  returns: {
    preflight: z.object({
      ready: z.boolean().describe('True when there is no problem'),
      problems: z.array(z.string()).describe('Each a sentence on what keeps it from dialling'),
      total: z.int(),
      will_be_called: z.int(),
      skipped: z.array(z.object({ reason: z.enum(SKIP_REASONS), count: z.int() })),
      zones: z
        .array(
          z.object({
            time_zones: z.array(z.string()).describe('Several: the number may be in any of them, the window must be open in all'),
            contacts: z.int(),
            open_now: z.boolean(),
            opens_at: timestamp.nullable().describe('Null when these zones share no open minute'),
          }),
        )
        .describe('Contacts that would be called, by where they are'),
      from_numbers: z.array(z.object({ id: z.string(), phone_number: z.string() })),
    }),
  },
});
