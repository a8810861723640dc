import { z } from 'zod';
import { countryCode } from './countries.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, e164, pathId, teamId, timestamp } from './primitives.ts';

const group = 'Phone numbers';

export const PHONE_NUMBER_STATUSES = ['active', 'pending', 'expired', 'released', 'failed'] as const;
export type PhoneNumberStatus = (typeof PHONE_NUMBER_STATUSES)[number];

const status = z
  .enum(PHONE_NUMBER_STATUSES)
  .describe(
    'active: takes and places calls; pending: the carrier is still working on the order; expired: its trial is over; ' +
      'released: given back; failed: the carrier could not deliver it',
  );
const papersMissing = z
  .boolean()
  .describe(
    'True for a pending number whose country demands proofs of the buyer, such as an address, that are still to be handed in at the carrier',
  );
const isTrial = z.boolean().describe('True for the free trial number of a Free account');
const trialExpiresAt = timestamp.nullable().describe('When the trial ends; null for a number that is not on trial');
const provider = z.string().describe('The telephony provider of the number: telnyx, twilio, or local for the built-in network');
const wantedProvider = z
  .enum(['telnyx', 'twilio', 'local'], 'must be telnyx, twilio or local')
  .optional()
  .describe('The telephony provider to ask, where the server has several; left out, the server’s first');

export const numberFilters = z
  .strictObject({
    countryCode,
    areaCode: z
      .string()
      .regex(/^\d{3}$/, 'must be three digits')
      .optional()
      .describe('Three digits, for example 415; only for US and CA'),
    numberType: z.enum(['local', 'toll-free'], 'must be local or toll-free').default('local').describe('local (default) or toll-free'),
    limit: z.int().min(1).max(100).default(20).describe('How many to return at most, 1 to 100'),
  })
  .refine((filters) => filters.areaCode === undefined || ['US', 'CA'].includes(filters.countryCode), {
    path: ['areaCode'],
    message: 'is only possible for the countries US and CA',
  });
export type NumberFilters = z.output<typeof numberFilters>;

export const offeredNumber = z
  .object({
    phoneNumber: e164.describe('E.164; pass it to the purchase'),
    monthlyPrice: z.string().describe('USD a month, for example 1.00'),
    setupPrice: z.string().describe('USD once, for example 1.00'),
    features: z.array(z.string()).describe('What the number can do, for example voice and sms'),
  })
  .meta({ id: 'OfferedNumber' });

export const searchPhoneNumbers = endpoint({
  method: 'POST',
  path: '/api/phone-numbers/search',
  group,
  access: 'phone-numbers:read',
  summary: 'Search available phone numbers',
  description: 'Asks the telephony provider for numbers that can be bought. Nothing is bought.',
  body: z.strictObject({ filters: numberFilters, provider: wantedProvider }),
  returns: {
    numbers: z.array(offeredNumber),
    provider,
    count: z.int().describe('How many numbers this answer holds'),
  },
  alsoAnswers: [409, 503],
});

const numberSupplier = z
  .object({
    provider: provider.describe('Pass it to the search and to the purchase'),
    name: z.string().describe('As the supplier writes itself'),
    source: z.enum(['account', 'server']).describe('Whose account there is used: one of this team’s own, or the server’s'),
    is_default: z.boolean().describe('Whether it is asked where a search or a purchase names none'),
  })
  .meta({ id: 'NumberSupplier', examples: [{ provider: 'twilio', name: 'Twilio', source: 'account', is_default: true }] });

export const listNumberSuppliers = endpoint({
  method: 'GET',
  path: '/api/phone-numbers/suppliers',
  group,
  access: 'phone-numbers:read',
  summary: 'List who sells phone numbers',
  description:
    'The telephony providers that numbers can be searched at and bought from, the default first. Your own account at a carrier takes the place of the server’s.',
  query: z.strictObject({ teamId }),
  returns: {
    suppliers: z.array(numberSupplier).describe('The suppliers, the default first'),
    count: z.int().describe('How many there are'),
  },
});

export const purchasedNumber = z.object({
  id: z.string().describe('The id of the number (pn_…); use it to assign the number'),
  phone_number: e164,
  provider_number_id: z.string().nullable().describe('The provider’s id of the number; null while the order is pending'),
  status,
  papers_missing: papersMissing,
  is_trial: isTrial,
  trial_expires_at: trialExpiresAt,
  message: z.string(),
});

export const eligibility = z.object({
  currentCount: z.int().describe('Phone numbers your team owns now'),
  maxAllowed: z.int().describe('Phone numbers your plan allows'),
  hasSubscription: z.boolean().describe('Whether the account is on a paid plan'),
  planName: z.string().describe('The name of your plan'),
});

export const purchasePhoneNumber = endpoint({
  method: 'POST',
  path: '/api/phone-numbers/purchase',
  group,
  access: 'phone-numbers:write',
  summary: 'Purchase a phone number',
  description:
    'Buys a number for your team. Free accounts get one trial number, ever, valid for 5 days; the other plans allow a number of numbers. ' +
    'Answers 403 past the limit, 409 when the number is already bought here, 404 when the provider does not offer it.',
  body: z.strictObject({
    phoneNumber: e164.describe('The number to buy, E.164'),
    teamId,
    provider: wantedProvider,
    connectionId: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'must be a connection id of 1 to 100 letters, digits, dots, colons, dashes or underscores')
      .optional()
      .describe('FQDN connection of a provider configuration of your own'),
  }),
  returns: { phoneNumber: purchasedNumber, eligibility },
  alsoAnswers: [409, 503],
});

export const phoneNumber = z
  .object({
    id: z.string(),
    phone_number: e164,
    provider,
    status,
    papers_missing: papersMissing,
    off_account: z
      .boolean()
      .describe(
        'True for a number that was not on your account at the carrier when that was last set up: it takes and places no calls there',
      ),
    is_trial: isTrial,
    trial_expires_at: trialExpiresAt,
    assistant_id: z.string().nullable().describe('The assistant the number is assigned to'),
    assistant_name: z.string().nullable(),
    created_by_email: z.string().nullable().describe('Who bought the number'),
    created_by_name: z.string().nullable(),
    created_at: timestamp,
  })
  .meta({ id: 'PhoneNumber' });

export const listPhoneNumbers = endpoint({
  method: 'GET',
  path: '/api/phone-numbers/purchase',
  group,
  access: 'phone-numbers:read',
  summary: 'List purchased phone numbers',
  description: 'Every number the team holds, newest first. Released numbers and purchases that failed are left out.',
  query: z.strictObject({ teamId }),
  returns: { numbers: z.array(phoneNumber), count: z.int().describe('How many numbers the team holds'), eligibility },
});

const byId = z.strictObject({ id: pathId('The id of the phone number (pn_…)') });

export const getPhoneNumber = endpoint({
  method: 'GET',
  path: '/api/phone-numbers/{id}',
  group,
  access: 'phone-numbers:read',
  summary: 'Get a phone number',
  params: byId,
  returns: { phoneNumber },
});

export const releasePhoneNumber = endpoint({
  method: 'DELETE',
  path: '/api/phone-numbers/{id}',
  group,
  access: 'phone-numbers:write',
  summary: 'Release a phone number',
  description:
    'Gives the number back to the provider and frees its place in the plan. It takes no calls from this moment on. ' +
    'The order of a number whose papers are missing is withdrawn.',
  params: byId,
  returns: { phoneNumber },
  alsoAnswers: [409],
});

export const assignPhoneNumbers = endpoint({
  method: 'PATCH',
  path: '/api/assistants/{assistantId}/telephony/phone-numbers',
  group: 'Assistants',
  access: 'assistants:write',
  summary: 'Assign phone numbers to an assistant',
  description:
    'Replaces the numbers of the assistant by the given ones; an empty list removes all. A number belongs to at most one assistant, so ' +
    'assigning it takes it from the one that had it. Calls to the number reach the assistant when its inbound_enabled is true.',
  params: z.strictObject({ assistantId: pathId('The id of the assistant (asst_…)') }),
  body: z.strictObject({
    accountSlug,
    phoneNumberIds: z.array(z.string().max(200)).max(200).describe('Ids of the numbers (pn_…), the one to call from first'),
  }),
  returns: {},
  alsoAnswers: [409],
});
