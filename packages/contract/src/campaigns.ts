import { z } from 'zod';
import {
  CAMPAIGN_OUTCOMES,
  campaign,
  campaignContact,
  campaignContactStatus,
  campaignDescription,
  campaignName,
  campaignStatus,
  coreSettings,
  RUN_ACTIONS,
} from './campaign-record.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, id, paged, paging, pathId, teamId } from './primitives.ts';

const group = 'Campaigns';
const base = '/api/crm/campaigns';
const params = z.object({ campaignId: pathId('The campaign (camp_…)') });
const contactIds = z.array(id('cont')).max(10_000);
const priority = z.int().min(-1_000_000).max(1_000_000).describe('Higher is called earlier');
const s = coreSettings;

export const createCampaign = endpoint({
  method: 'POST',
  path: base,
  group,
  access: 'campaigns:write',
  summary: 'Create a campaign',
  description:
    'Made as a draft: nobody is called before it is started. It enrols all contacts of the company, or those of contactIds; those who must not or cannot be called are skipped with the reason.',
  body: z.strictObject({
    teamId,
    name: campaignName,
    description: campaignDescription.optional(),
    assistantId: s.assistantId,
    companyId: id('comp').describe('Whose contacts are called'),
    audience: z.enum(['all', 'selected']).optional().describe('all unless contactIds are given'),
    contactIds: contactIds.optional().describe('Only these contacts'),
    fromNumberIds: s.fromNumberIds.default([]),
    scheduledStartAt: s.scheduledStartAt.optional(),
    callWindowStart: s.callWindowStart.default('09:00'),
    callWindowEnd: s.callWindowEnd.default('17:00'),
    callWindowTimezone: s.callWindowTimezone.default('America/New_York'),
    useContactTimezoneForCallWindow: s.useContactTimezoneForCallWindow.default(true),
    maxConcurrentCalls: s.maxConcurrentCalls.default(5),
    maxAttemptsPerContact: s.maxAttemptsPerContact.default(3),
    retryDelayMinutes: s.retryDelayMinutes.optional(),
    retryDelayNoAnswerMinutes: s.retryDelayNoAnswerMinutes.optional().describe('5 unless given'),
    retryDelayBusyMinutes: s.retryDelayBusyMinutes.optional().describe('10 unless given'),
    retryDelayErrorMinutes: s.retryDelayErrorMinutes.optional().describe('60 unless given'),
    retryOnError: s.retryOnError.default(false),
    retryBackoffMode: s.retryBackoffMode.default('fixed'),
    retryBackoffMultiplier: s.retryBackoffMultiplier.default(2),
    retryBackoffMaxMinutes: s.retryBackoffMaxMinutes.default(1_440),
    voicemailAction: s.voicemailAction.default('hangup'),
    voicemailMessage: s.voicemailMessage.optional(),
    noAutoComplete: s.noAutoComplete.default(false),
  }),
  returns: { campaign },
  alsoAnswers: [409],
});

export const listCampaigns = endpoint({
  method: 'GET',
  path: base,
  group,
  access: 'campaigns:read',
  summary: 'List campaigns',
  description: 'Newest first.',
  query: z.strictObject({
    ...paging,
    teamId: teamId.optional(),
    accountSlug: accountSlug.optional(),
    status: campaignStatus.optional(),
    assistantId: id('asst').optional(),
    search: z.string().trim().max(200).optional().describe('Part of the name'),
    deleted: z.enum(['exclude', 'include', 'only']).default('exclude'),
  }),
  returns: { campaigns: z.array(campaign), ...paged },
});

export const getCampaign = endpoint({
  method: 'GET',
  path: `${base}/{campaignId}`,
  group,
  access: 'campaigns:read',
  summary: 'Get a campaign',
  description: 'The ETag header names this version; send it as If-Match with a change.',
  params,
  returns: { campaign },
});

export const updateCampaign = endpoint({
  method: 'PATCH',
  path: `${base}/{campaignId}`,
  group,
  access: 'campaigns:write',
  summary: 'Change a campaign',
  description: 'Name and description at any time; everything else only while it is not running and not over (409).',
  params,
  body: z.strictObject({ name: campaignName, description: campaignDescription, ...coreSettings }).partial(),
  returns: { campaign },
  alsoAnswers: [409, 412],
});

export const deleteCampaign = endpoint({
  method: 'DELETE',
  path: `${base}/{campaignId}`,
  group,
  access: 'campaigns:write',
  summary: 'Delete a campaign',
  description: 'Only a draft or one that is completed or cancelled (409). Its calls stay on record; lists show it with deleted=include.',
  params,
  returns: {},
  alsoAnswers: [409, 412],
});

export const runCampaign = endpoint({
  method: 'POST',
  path: `${base}/{campaignId}/run`,
  group,
  access: 'campaigns:write',
  summary: 'Start, pause, resume or stop a campaign',
  description:
    'start: a draft runs at once or at scheduledStartAt, a scheduled one at once. pause: live calls finish, no new ones begin. resume: goes on. stop: for good; live calls finish, whoever was not called is skipped.',
  params,
  body: z.strictObject({ action: z.enum(RUN_ACTIONS) }),
  returns: { campaign },
  alsoAnswers: [409],
});

export const listCampaignContacts = endpoint({
  method: 'GET',
  path: `${base}/{campaignId}/contacts`,
  group,
  access: 'campaigns:read',
  summary: 'List contacts of a campaign',
  description: 'Newest first.',
  params,
  query: z.strictObject({ ...paging, status: campaignContactStatus.optional(), outcome: z.enum(CAMPAIGN_OUTCOMES).optional() }),
  returns: { contacts: z.array(campaignContact), ...paged },
});

export const addCampaignContacts = endpoint({
  method: 'POST',
  path: `${base}/{campaignId}/contacts`,
  group,
  access: 'campaigns:write',
  summary: 'Add contacts to a campaign',
  description: 'Those already in it stay as they are, but for skipped ones that may be called by now. Not once it is over (409).',
  params,
  body: z
    .strictObject({
      contactIds: contactIds.min(1).optional(),
      audience: z.literal('all').optional().describe('All contacts of the campaign’s company'),
      priority: priority.default(0),
    })
    .refine((body) => (body.contactIds === undefined) !== (body.audience === undefined), {
      message: 'give either contactIds or audience',
      path: ['contactIds'],
    }),
  returns: {
    added: z.int(),
    already: z.int().describe('Were in it before'),
    skipped: z.int().describe('Of those added: will not be called, see their skip_reason'),
    campaign,
  },
  alsoAnswers: [409],
  example: { body: { contactIds: ['cont_01jh9y1v5kfk8r7c6t2n4m3p0q'] } },
});

export const removeCampaignContacts = endpoint({
  method: 'DELETE',
  path: `${base}/{campaignId}/contacts`,
  group,
  access: 'campaigns:write',
  summary: 'Remove contacts from a campaign',
  description: 'Whoever is on the phone just now stays (counted in calling). Not once it is over (409).',
  params,
  body: z.strictObject({ contactIds: contactIds.min(1) }),
  returns: { removed: z.int(), calling: z.int(), campaign },
  alsoAnswers: [409],
});

export const listOutboundAssistants = endpoint({
  method: 'GET',
  path: '/api/crm/outbound-assistants',
  group,
  access: 'campaigns:read',
  summary: 'List assistants that may place calls',
  query: z.strictObject({ teamId: teamId.optional(), accountSlug: accountSlug.optional(), ...paging }),
  returns: {
    assistants: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        phone_numbers: z.array(z.object({ id: z.string(), phone_number: z.string() })).describe('Numbers it may call from'),
      }),
    ),
    ...paged,
  },
});
