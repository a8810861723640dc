import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { eventTypes } from './events.ts';
import { accountSlug, id, paged, paging, pathId, teamId, timestamp } from './primitives.ts';

const group = 'Webhooks';
const named = { accountSlug: accountSlug.optional(), teamId: teamId.optional() };

const url = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(2000)
  .describe('Where events are posted to');
const description = z.string().max(500);
const filter = z
  .array(z.enum(eventTypes, `must be one of ${eventTypes.join(', ')}`))
  .max(100)
  .describe('Types to send; empty sends all');

export const webhook = z
  .object({
    id: z.string(),
    account_id: z.string(),
    assistant_id: z.string().nullable().describe('Set: only events of this assistant. Null: of the whole account'),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()).describe('Types that are sent; empty: all'),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable().describe('Why it was switched off by us: it answered 410, or failed for days'),
    failing_since: timestamp.nullable().describe('Since when no delivery has succeeded, or null'),
    previous_secret_expires_at: timestamp.nullable().describe('After a rotation both secrets sign until then'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof webhook>;

const deliveryStatus = z.enum(['pending', 'delivered', 'failed', 'cancelled']);
const deliveryShape = {
  event_id: z.string().describe('The webhook-id header of every attempt'),
  type: z.string(),
  status: deliveryStatus,
  attempts: z.int(),
  next_attempt_at: timestamp.nullable(),
  last_status: z.int().nullable().describe('HTTP status of the last answer'),
  last_error: z.string().nullable(),
  created_at: timestamp,
  delivered_at: timestamp.nullable(),
};
export const webhookDelivery = z.object(deliveryShape);
export const webhookAttempt = z.object({
  at: timestamp,
  duration_ms: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  response: z.string().nullable().describe('The beginning of what the receiver answered'),
});
const deliveryDetail = z.object({
  ...deliveryShape,
  body: z.string().describe('The exact text that is signed and sent'),
  log: z.array(webhookAttempt).describe('Every attempt, newest first'),
});

const webhookId = { params: z.object({ webhookId: pathId('The id of the webhook (whk_…)') }) };
const deliveryId = {
  params: z.object({ webhookId: pathId('The id of the webhook (whk_…)'), eventId: pathId('The id of the event (evt_…)') }),
};
const secret = z.string().describe('whsec_… Shown this once: keep it to check signatures');

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/api/webhooks',
  group,
  access: 'webhooks:read',
  summary: 'List webhooks',
  query: z.strictObject({ ...named, assistantId: z.string().max(200).optional().describe('Only those of this assistant'), ...paging }),
  returns: { webhooks: z.array(webhook), ...paged },
});

export const createWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks',
  group,
  access: 'webhooks:write',
  summary: 'Create a webhook',
  description:
    'Events are posted as JSON {id, type, created_at, data}. Answer with 200 (any 2xx counts) within 5 seconds; otherwise it is tried again with growing delays for a day. ' +
    'Each delivery carries Telnyx-Signature-Ed25519 (base64 Ed25519 over the raw body with the key of your account; billing events: X-Signature, base64 HMAC-SHA256 with the secret) and the Standard Webhooks headers.',
  body: z.strictObject({
    ...named,
    url,
    description: description.default(''),
    events: filter.default([]),
    assistantId: id('asst').nullish().describe('Only events of this assistant'),
    enabled: z.boolean().default(true),
  }),
  returns: { webhook, secret },
});

export const getPublicKey = endpoint({
  method: 'GET',
  path: '/api/webhooks/public-key',
  group,
  access: 'webhooks:read',
  summary: 'Get the public key of your account',
  description: 'Ed25519; checks the header Telnyx-Signature-Ed25519 over the raw body.',
  query: z.strictObject(named),
  returns: { public_key: z.string().describe('The raw 32 bytes as base64') },
});

export const getWebhook = endpoint({
  method: 'GET',
  path: '/api/webhooks/{webhookId}',
  group,
  access: 'webhooks:read',
  summary: 'Get a webhook',
  ...webhookId,
  returns: { webhook },
});

export const updateWebhook = endpoint({
  method: 'PATCH',
  path: '/api/webhooks/{webhookId}',
  group,
  access: 'webhooks:write',
  summary: 'Update a webhook',
  description: 'Enabling a webhook that was switched off clears the reason.',
  ...webhookId,
  body: z.strictObject({
    url: url.optional(),
    description: description.optional(),
    events: filter.optional(),
    enabled: z.boolean().optional(),
  }),
  returns: { webhook },
});

export const deleteWebhook = endpoint({
  method: 'DELETE',
  path: '/api/webhooks/{webhookId}',
  group,
  access: 'webhooks:write',
  summary: 'Delete a webhook',
  description: 'With its delivery log. What was on its way may still arrive.',
  ...webhookId,
  returns: {},
});

export const rotateWebhookSecret = endpoint({
  method: 'POST',
  path: '/api/webhooks/{webhookId}/rotate-secret',
  group,
  access: 'webhooks:write',
  summary: 'Give a webhook a new secret',
  description: 'For the overlap both secrets sign, so that a receiver can change over without losing a delivery.',
  ...webhookId,
  body: z.strictObject({ overlapHours: z.number().min(0).max(168).default(24).describe('How long the old secret signs too') }),
  returns: { webhook, secret },
});

export const testWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks/{webhookId}/test',
  group,
  access: 'webhooks:write',
  summary: 'Send a test event',
  description:
    'A real delivery of the type webhook.test, at once; the answer says how it went. A failed one is tried again like any other.',
  ...webhookId,
  returns: { delivery: deliveryDetail },
});

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/webhooks/{webhookId}/deliveries',
  group,
  access: 'webhooks:read',
  summary: 'List deliveries of a webhook',
  description: 'Kept for 30 days.',
  ...webhookId,
  query: z.strictObject({ status: deliveryStatus.optional(), type: z.enum(eventTypes).optional(), ...paging }),
  returns: { deliveries: z.array(webhookDelivery), ...paged },
});

export const getDelivery = endpoint({
  method: 'GET',
  path: '/api/webhooks/{webhookId}/deliveries/{eventId}',
  group,
  access: 'webhooks:read',
  summary: 'Get a delivery with every attempt',
  ...deliveryId,
  returns: { delivery: deliveryDetail },
});

export const resendDelivery = endpoint({
  method: 'POST',
  path: '/api/webhooks/{webhookId}/deliveries/{eventId}/resend',
  group,
  access: 'webhooks:write',
  summary: 'Send a delivery again',
  description: 'The same body under the same webhook-id, with a day of retries of its own.',
  ...deliveryId,
  returns: { delivery: deliveryDetail },
});
