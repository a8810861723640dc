import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, timestamp } from './primitives.ts';

export const ROLES = ['owner', 'admin', 'member'] as const;
export type Role = (typeof ROLES)[number];

export const account = z
  .object({
    id: z
      .string()
      .describe('Unique identifier')
      .meta({ examples: ['acct_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    team_id: z
      .string()
      .describe('The id of its team, with the same suffix')
      .meta({ examples: ['team_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    slug: z
      .string()
      .describe('As in the dashboard URL /home/{slug}')
      .meta({ examples: ['my-team'] }),
    name: z
      .string()
      .describe('Name shown to members')
      .meta({ examples: ['My team'] }),
    plan: z
      .string()
      .describe('free, starter, growth or scale')
      .meta({ examples: ['growth'] }),
    role: z.enum(ROLES).describe('What you are in it'),
    created_at: timestamp,
  })
  .meta({ id: 'Account' });

export type AccountRecord = z.infer<typeof account>;

const group = 'Accounts';
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .describe('Name shown to members')
  .meta({ examples: ['My team'] });

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/accounts',
  group,
  access: 'session',
  summary: 'List your workspaces',
  returns: { accounts: z.array(account) },
});

export const createAccount = endpoint({
  method: 'POST',
  path: '/api/accounts',
  group,
  access: 'session',
  summary: 'Create a workspace',
  description: 'You become its owner.',
  body: z.strictObject({
    name,
    slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/, 'must be 1 to 48 lower-case letters, digits and hyphens')
      .optional()
      .describe('Part of its URL; made from the name unless given'),
  }),
  returns: { account },
  alsoAnswers: [409],
});

export const updateAccount = endpoint({
  method: 'PATCH',
  path: '/api/account',
  group,
  access: 'admin',
  summary: 'Rename a workspace',
  body: z.strictObject({ accountSlug: accountSlug.optional(), name }),
  returns: { account },
});
