import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, pathId, timestamp } from './primitives.ts';

export const apiKey = z
  .object({
    id: z
      .string()
      .describe('Unique identifier (key_…)')
      .meta({ examples: ['key_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    name: z
      .string()
      .describe('What you called it')
      .meta({ examples: ['production-integration'] }),
    prefix: z
      .string()
      .describe('Its first characters, to tell keys apart')
      .meta({ examples: ['tk_live_Zk3x'] }),
    scopes: z
      .array(z.string())
      .describe('What it may do')
      .meta({ examples: [['*']] }),
    rate_limit_per_hour: z
      .int()
      .describe('Requests an hour; 0: no limit')
      .meta({ examples: [1000] }),
    created_by: z.string().nullable().describe('The person who made it (usr_…)'),
    created_at: timestamp,
    last_used_at: timestamp.nullable().describe('To the minute; null: never used'),
    expires_at: timestamp.nullable().describe('null: never'),
  })
  .meta({ id: 'ApiKey' });

export type ApiKeyRecord = z.infer<typeof apiKey>;

const group = 'API keys';
const params = z.object({ apiKeyId: pathId('The id of the key (key_…)') });
const settings = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('A descriptive name')
    .meta({ examples: ['production-integration'] }),
  scopes: z
    .array(z.string().max(100))
    .min(1)
    .max(100)
    .describe('`*`, `<resource>:*`, `<resource>:read` or `<resource>:write`')
    .meta({ examples: [['assistants:read', 'calls:*']] }),
  rate_limit_per_hour: z
    .int()
    .min(0)
    .max(10_000_000)
    .describe('Requests an hour; 0: no limit')
    .meta({ examples: [1000] }),
  expires_at: z.iso.datetime({ offset: true }).nullable().describe('When it ends; null: never'),
};

export const listApiKeys = endpoint({
  method: 'GET',
  path: '/api/api-keys',
  group,
  access: 'admin',
  summary: 'List API keys',
  description: 'Newest first, without those that were revoked.',
  query: z.strictObject({ accountSlug: accountSlug.optional() }),
  returns: { apiKeys: z.array(apiKey) },
});

export const createApiKey = endpoint({
  method: 'POST',
  path: '/api/api-keys',
  group,
  access: 'admin',
  summary: 'Create an API key',
  description: 'The answer holds the whole key, once.',
  body: z.strictObject({
    accountSlug: accountSlug.optional(),
    name: settings.name,
    scopes: settings.scopes.default(['*']),
    rate_limit_per_hour: settings.rate_limit_per_hour.default(1000),
    expires_at: settings.expires_at.default(null),
  }),
  returns: { apiKey, fullKey: z.string().describe('The key itself. Copy it now: it is never shown again') },
  answersSecret: true,
});

export const updateApiKey = endpoint({
  method: 'PATCH',
  path: '/api/api-keys/{apiKeyId}',
  group,
  access: 'admin',
  summary: 'Update an API key',
  description: 'Works at once, on every node.',
  params,
  body: z.strictObject({ accountSlug: accountSlug.optional(), ...z.object(settings).partial().shape }),
  returns: { apiKey },
});

export const revokeApiKey = endpoint({
  method: 'DELETE',
  path: '/api/api-keys/{apiKeyId}',
  group,
  access: 'admin',
  summary: 'Revoke an API key',
  description: 'Works at once, on every node.',
  params,
  query: z.strictObject({ accountSlug: accountSlug.optional() }),
  returns: {},
});
