import { z } from 'zod';
import { isCountry } from './countries.ts';
import { type AnswerOf, endpoint } from './endpoint.ts';
import { accountSlug, pathId, timestamp } from './primitives.ts';

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
] as const;
export type VendorId = (typeof VENDORS)[number];

export const PROVIDER_TASKS = ['language-model', 'speech-to-text', 'text-to-speech', 'carrier'] as const;
export const CHECK_PROBLEMS = ['auth', 'quota', 'rate-limit', 'timeout', 'unavailable', 'refused', 'protocol'] as const;

/** What keys are made of; blanks around a pasted one are dropped. */
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,500}$/, 'must be the key as the vendor shows it: 8 to 500 characters without spaces')
  .describe('The key as the vendor shows it')
  .meta({ examples: ['sk-3f9c1e7a52d84b06'] });

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
const providers = z.array(providerSetting).describe('Every vendor that Talkturo works with');
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

const carrierAccount = z
  .strictObject({
    api_key: key.optional().describe('The key as the vendor shows it; left out, the one that is set stays'),
    public_key: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the public key as the Telnyx portal shows it: 44 characters of base64')
      .nullable()
      .optional()
      .describe('Public key of the Telnyx account (portal: Keys & Credentials), by which its webhooks are verified')
      .meta({ examples: ['jrsFxRvEJ4ymtMn5gXmRdVgHfJIvjGEpKvNhJCJZOqM='] }),
    connection_id: z
      .string()
      .trim()
      .regex(/^\d{1,25}$/, 'must be the id of a Telnyx call control application, digits only')
      .nullable()
      .optional()
      .describe('A call control application to use; the set-up makes one where none is named')
      .meta({ examples: ['1494404757140276705'] }),
  })
  .nullable()
  .optional()
  .describe('The Telnyx account of its own; null removes it');

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
  telnyx: carrierAccount,
});

export const listProviders = endpoint({
  method: 'GET',
  path: '/api/settings/providers',
  group,
  access: 'settings:read',
  summary: 'List vendors and their keys',
  description: 'Keys themselves are never answered. Those of the server are set by whoever runs it, in its environment.',
  query: z.strictObject(named),
  returns: { providers },
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
  returns: { providers },
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

export const SET_UP_STEPS = ['public_url', 'key', 'profile', 'application', 'numbers', 'public_key'] as const;
export const SET_UP_STATES = ['there', 'made', 'changed', 'missing'] as const;

export const setUpTelnyx = endpoint({
  method: 'POST',
  path: '/api/settings/providers/telnyx/set-up',
  group,
  access: 'settings:write',
  summary: 'Set your Telnyx account up for calls',
  description:
    'From the API key of the account alone: makes an outbound voice profile and a call control application with the webhook of this account, attaches the numbers that were ' +
    'bought here, and keeps what it made. Done again it changes nothing. Signed-in people need to be owner or admin.',
  body: z.strictObject({
    ...named,
    destinations: z
      .array(z.string().refine(isCountry, 'must be a country of ISO 3166-1, for example US'))
      .min(1)
      .max(250)
      .default(['US', 'CA'])
      .describe('Countries that may be called, for a profile that is made'),
  }),
  returns: {
    setUp: z
      .object({
        ready: z.boolean().describe('Whether calls can be placed and taken now'),
        webhook_url: z.string().nullable().describe('Where Telnyx reports calls of this account'),
        steps: z
          .array(
            z.object({
              step: z.enum(SET_UP_STEPS).describe('What was looked at'),
              state: z.enum(SET_UP_STATES).describe('How it was found, or what was done; `missing` is left to you'),
              message: z.string().describe('One sentence for people'),
            }),
          )
          .describe('Everything that was looked at, in order'),
      })
      .meta({ id: 'TelnyxSetUp' }),
    providers,
  },
  alsoAnswers: [409, 503],
});
export type TelnyxSetUp = AnswerOf<typeof setUpTelnyx>['setUp'];
