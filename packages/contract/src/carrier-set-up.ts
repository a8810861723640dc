import { z } from 'zod';
import { isCountry } from './countries.ts';
import { type AnswerOf, endpoint } from './endpoint.ts';
import { accountSlug } from './primitives.ts';
import { providerSettings } from './provider-settings.ts';

export const SET_UP_STEPS = ['public_url', 'key', 'account', 'balance', 'profile', 'application', 'numbers', 'public_key'] as const;
export const SET_UP_STATES = ['there', 'made', 'changed', 'limited', 'missing'] as const;
/** What can be found, as a name that stays; what it names stands in `values`. */
export const SET_UP_CODES = [
  'reached',
  'not_over_tls',
  'key_taken',
  'token_taken',
  'full_account',
  'trial_account',
  'balance_left',
  'balance_not_told',
  'profile_ready',
  'application_ready',
  'application_replaced',
  'application_elsewhere',
  'application_of_another',
  'numbers_attached',
  'numbers_led_here',
  'number_refused',
  'number_elsewhere',
  'number_not_on_account',
  'public_key_set',
  'public_key_needed',
] as const;

const step = z.object({
  step: z.enum(SET_UP_STEPS).describe('What was looked at'),
  state: z
    .enum(SET_UP_STATES)
    .describe('How it was found, or what was done; `limited`: calls are possible, but not all; `missing` is left to you'),
  code: z.enum(SET_UP_CODES).describe('What was found, for programs and for other languages'),
  values: z.record(z.string(), z.string()).describe('What the sentence names'),
  message: z.string().describe('One sentence for people'),
});

const carrierSetUp = z
  .object({
    ready: z.boolean().describe('Whether calls can be placed and taken now'),
    webhook_url: z.string().describe('Where the carrier reports calls of this account'),
    steps: z.array(step).describe('Everything that was looked at, in order'),
  })
  .meta({ id: 'CarrierSetUp' });
export type CarrierSetUp = z.infer<typeof carrierSetUp>;

const common = {
  method: 'POST',
  group: 'Settings',
  access: 'settings:write',
  returns: { setUp: carrierSetUp, providers: providerSettings },
  alsoAnswers: [409, 503],
} as const;

export const setUpTelnyx = endpoint({
  ...common,
  path: '/api/settings/providers/telnyx/set-up',
  summary: 'Set your Telnyx account up for calls',
  description:
    'From the API key of the account alone: makes an outbound voice profile and a call control application with the webhook of this account, attaches the numbers that were ' +
    'bought here, and keeps what it made. Done again it changes nothing. Signed-in people need to be owner or admin.',
  body: z.strictObject({
    accountSlug: accountSlug.optional(),
    destinations: z
      .array(z.string().refine(isCountry, 'must be a country of ISO 3166-1, for example US'))
      .min(1)
      .max(250)
      .default(['US', 'CA'])
      .describe('Countries that may be called, for a profile that is made'),
    takeOver: z
      .boolean()
      .default(false)
      .describe('Whether an application, and numbers, that lead to another server are to lead to this one; left out, they are left alone'),
  }),
});

export const setUpTwilio = endpoint({
  ...common,
  path: '/api/settings/providers/twilio/set-up',
  summary: 'Set your Twilio account up for calls',
  description:
    'Looks what kind of account it is and what is left on it, and points the numbers that were bought here at the webhook of this account. A number with an application or a ' +
    'trunk of its own keeps that. Done again it changes nothing. Signed-in people need to be owner or admin.',
  body: z.strictObject({ accountSlug: accountSlug.optional() }),
});

export type CarrierSetUpAnswer = AnswerOf<typeof setUpTelnyx>;
