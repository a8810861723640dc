import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, paged, paging, timestamp } from './primitives.ts';

/** Everything that is noted, as noun and what was done to it. */
export const AUDIT_ACTIONS = [
  'account.created',
  'account.plan_changed',
  'account.updated',
  'api_key.created',
  'api_key.revoked',
  'api_key.updated',
  'assistant.created',
  'assistant.deleted',
  'assistant.phone_numbers_assigned',
  'assistant.updated',
  'call.erased',
  'call.hung_up',
  'call.placed',
  'call.started',
  'campaign.contacts_added',
  'campaign.contacts_removed',
  'campaign.created',
  'campaign.deleted',
  'campaign.pause',
  'campaign.resume',
  'campaign.start',
  'campaign.stop',
  'campaign.updated',
  'company.created',
  'company.deleted',
  'company.updated',
  'contact.created',
  'contact.deleted',
  'contact.erased',
  'contact.imported',
  'contact.updated',
  'custom_field.created',
  'custom_field.deleted',
  'custom_field.updated',
  'invitation.created',
  'invitation.revoked',
  'member.added',
  'member.removed',
  'member.updated',
  'opportunity.created',
  'opportunity.deleted',
  'opportunity.updated',
  'phone_number.ordered',
  'phone_number.released',
  'provider_key.removed',
  'provider_key.set',
  'webhook.created',
  'webhook.deleted',
  'webhook.secret_rotated',
  'webhook.updated',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const auditEntry = z
  .object({
    id: z.string().describe('Unique identifier (aud_…)'),
    action: z
      .string()
      .describe('What was done')
      .meta({ examples: ['assistant.updated'] }),
    target: z
      .string()
      .describe('The id of what it was done to')
      .meta({ examples: ['asst_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    user_id: z.string().nullable().describe('Who did it, or who made the key (usr_…)'),
    user_name: z.string().nullable().describe('Their name'),
    api_key_id: z.string().nullable().describe('The key it was done with (key_…)'),
    changes: z
      .record(z.string(), z.object({ from: z.unknown().optional(), to: z.unknown().optional() }))
      .describe('Field by field what it was and is; long texts are cut')
      .meta({ examples: [{ name: { from: 'Support', to: 'Support Agent' } }] }),
    created_at: timestamp,
  })
  .meta({ id: 'AuditEntry' });

export type AuditRecord = z.infer<typeof auditEntry>;

export const listAuditLog = endpoint({
  method: 'GET',
  path: '/api/audit-log',
  group: 'Accounts',
  access: 'admin',
  summary: 'Read the audit log',
  description: 'Who changed what, newest first.',
  query: z.strictObject({
    accountSlug: accountSlug.optional(),
    action: z.string().max(100).optional().describe('Only this action, for example assistant.updated'),
    target: z.string().max(100).optional().describe('Only what was done to this id'),
    userId: z.string().max(100).optional().describe('Only what this person did'),
    since: z.iso.datetime({ offset: true }).optional().describe('From this time on'),
    until: z.iso.datetime({ offset: true }).optional().describe('Before this time'),
    ...paging,
  }),
  returns: { entries: z.array(auditEntry), ...paged },
});
