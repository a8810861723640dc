import { z } from 'zod';
import { vendorKey } from './vendor-key.ts';

const telnyx = z
  .strictObject({
    api_key: vendorKey.optional().describe('The key as the vendor shows it; left out, the one that is set stays'),
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

const twilio = z
  .strictObject({
    account_sid: z
      .string()
      .trim()
      .regex(/^AC[0-9a-fA-F]{32}$/, 'must be the SID of a Twilio account, AC and 32 hexadecimal digits')
      .optional()
      .describe('The SID of the account, given together with its token; with another one the address and the bundle that were set are gone')
      .meta({ examples: ['AC0123456789abcdef0123456789abcdef'] }),
    auth_token: vendorKey
      .optional()
      .describe('The primary auth token of the account, given together with its SID; without both, those that are set stay')
      .meta({ examples: ['fedcba9876543210fedcba9876543210'] }),
    address_sid: z
      .string()
      .trim()
      .regex(/^AD[0-9a-fA-F]{32}$/, 'must be the SID of an address at Twilio, AD and 32 hexadecimal digits')
      .nullable()
      .optional()
      .describe('An address in the account, which numbers of some countries demand of their buyer'),
    bundle_sid: z
      .string()
      .trim()
      .regex(/^BU[0-9a-fA-F]{32}$/, 'must be the SID of a regulatory bundle at Twilio, BU and 32 hexadecimal digits')
      .nullable()
      .optional()
      .describe('A regulatory bundle in the account, which numbers of some countries demand of their buyer'),
  })
  // A token never goes along to another account.
  .refine((given) => given.account_sid === undefined || given.auth_token !== undefined, {
    path: ['auth_token'],
    message: 'must be given together with account_sid',
  })
  .refine((given) => given.auth_token === undefined || given.account_sid !== undefined, {
    path: ['account_sid'],
    message: 'must be given together with auth_token',
  })
  .nullable()
  .optional()
  .describe('The Twilio account of its own; null removes it');

/** What the access to a carrier is made of, by carrier. Parts that are left out stay as they are. */
export const carrierKeys = { telnyx, twilio };
