import { z } from 'zod';
import { carrierKeys } from './carrier-keys.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, pathId, timestamp } from './primitives.ts';
import { vendorKey as key } from './vendor-key.ts';

/** Vendors with a key of their own: all that assistants may name but the local models. */
export const VENDORS = [
  'openai',
  'anthropic',
  'google',
  'deepseek',
  'qwen',
  'openai-compatible',
  'deepgram',
  'assemblyai',
  'cartesia',
  'elevenlabs',
  'telnyx',
  'twilio',
] as const;
export type VendorId = (typeof VENDORS)[number];

export const PROVIDER_TASKS = ['language-model', 'speech-to-text', 'text-to-speech', 'carrier'] as const;
export const CHECK_PROBLEMS = ['auth', 'quota', 'rate-limit', 'timeout', 'unavailable', 'refused', 'protocol'] as const;

const providerCheck = z
  .object({
    ok: z.boolean().describe('Whether the vendor takes the key'),
    source: z.enum(['account', 'server']).describe('Whose key was tried'),
    problem: z.enum(CHECK_PROBLEMS).nullable().describe('What kind of thing is wrong; null when it is well'),
    message: z.string().describe('One sentence for people'),
    checked_at: timestamp,
  })
  .meta({ id: 'ProviderCheck' });
export type ProviderCheck = z.infer<typeof providerCheck>;

const providerSetting = z
  .object({
    provider: z.enum(VENDORS).describe('As assistants name it'),
    name: z.string().describe('As the vendor writes itself'),
    tasks: z.array(z.enum(PROVIDER_TASKS)).describe('What assistants can use it for'),
    source: z
      .enum(['account', 'server'])
      .nullable()
      .describe('Whose key calls use: the key of this account, else the one of the server; null: there is none'),
    server_key: z.boolean().describe('Whether the server has a key, used when the account has none'),
    last_four: z.string().nullable().describe('The end of the key of this account; null where it has none'),
    base_url: z.string().nullable().describe('The address of the server; only for openai-compatible'),
    model: z.string().nullable().describe('The model that is asked for; only for openai-compatible'),
    public_key: z.string().nullable().describe('The public key its webhooks are verified with; only for telnyx'),
    connection_id: z.string().nullable().describe('The call control application calls leave by; only for telnyx'),
    account_sid: z.string().nullable().describe('The SID of its account; only for twilio'),
    address_sid: z.string().nullable().describe('The address that numbers are bought with; only for twilio'),
    bundle_sid: z.string().nullable().describe('The regulatory bundle that numbers are bought with; only for twilio'),
    updated_at: timestamp.nullable().describe('When the key of this account was set'),
    last_check: providerCheck.nullable().describe('How the vendor answered when it was last asked; null: never with this key'),
  })
  .meta({
    id: 'ProviderSetting',
    examples: [
      {
        provider: 'openai',
        name: 'OpenAI',
        tasks: ['language-model'],
        source: 'account',
        server_key: false,
        last_four: '4b06',
        base_url: null,
        model: null,
        public_key: null,
        connection_id: null,
        account_sid: null,
        address_sid: null,
        bundle_sid: null,
        updated_at: '2026-01-15T10:00:00.000Z',
        last_check: {
          ok: true,
          source: 'account',
          problem: null,
          message: 'OpenAI takes the key.',
          checked_at: '2026-01-15T10:00:05.000Z',
        },
      },
    ],
  });
export type ProviderSetting = z.infer<typeof providerSetting>;

const group = 'Settings';
/** What every endpoint that changes vendors answers. */
export const providerSettings = z.array(providerSetting).describe('Every vendor that Talkturo works with');
const named = { accountSlug: accountSlug.optional() };
const withKey = z.strictObject({ api_key: key }).nullable().optional().describe('Its key; null removes it');
const ownServer = z
  .strictObject({
    base_url: z
      .url({ protocol: /^https?$/, message: 'must be an http or https address' })
      .max(2000)
      .describe('Where the server is, with or without /v1')
      .meta({ examples: ['https://models.example.com/v1'] }),
    model: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('The model to ask for')
      .meta({ examples: ['llama-3.3-70b'] }),
    api_key: key.nullable().optional().describe('Its key, where it wants one'),
  })
  .nullable()
  .optional()
  .describe('A server of the account that speaks the API of OpenAI; null removes it');

/** What a vendor's access is made of, by vendor. */
export const providerKeys = z.strictObject({
  openai: withKey,
  anthropic: withKey,
  google: withKey,
  deepseek: withKey,
  qwen: withKey,
  'openai-compatible': ownServer,
  deepgram: withKey,
  assemblyai: withKey,
  cartesia: withKey,
  elevenlabs: withKey,
  ...carrierKeys,
});

export const listProviders = endpoint({
  method: 'GET',
  path: '/api/settings/providers',
  group,
  access: 'settings:read',
  summary: 'List vendors and their keys',
  description: 'Keys themselves are never answered. Those of the server are set by whoever runs it, in its environment.',
  query: z.strictObject(named),
  returns: { providers: providerSettings },
});

export const setProviders = endpoint({
  method: 'PUT',
  path: '/api/settings/providers',
  group,
  access: 'settings:write',
  summary: 'Set, replace or remove vendor keys',
  description:
    'Vendors that are left out stay as they are; null removes the key of the account. Calls use the new key from the next one on. ' +
    'Keys are stored encrypted. Signed-in people need to be owner or admin.',
  body: z.strictObject({
    ...named,
    providers: providerKeys
      .refine((given) => Object.values(given).some((value) => value !== undefined), 'must name at least one vendor')
      .describe('What is to change, by vendor'),
  }),
  returns: { providers: providerSettings },
  example: { body: { accountSlug: 'my-team', providers: { openai: { api_key: 'sk-3f9c1e7a52d84b06' }, deepgram: null } } },
});

export const checkProvider = endpoint({
  method: 'POST',
  path: '/api/settings/providers/{provider}/check',
  group,
  access: 'settings:write',
  summary: 'Check a vendor key',
  description:
    'Asks the vendor something that needs the key and costs nothing, with the key calls would use, and answers what it said within seconds. ' +
    'Signed-in people need to be owner or admin.',
  params: z.object({ provider: pathId('The vendor, for example openai').meta({ examples: ['openai'] }) }),
  body: z.strictObject(named),
  returns: { check: providerCheck },
  alsoAnswers: [409],
});
