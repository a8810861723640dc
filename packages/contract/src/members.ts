import { z } from 'zod';
import { account, ROLES } from './accounts.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, emailAddress, pathId, timestamp } from './primitives.ts';

const role = z
  .enum(ROLES)
  .describe('owner and admin manage members and keys, only an owner makes owners')
  .meta({ examples: ['member'] });

export const member = z
  .object({
    user_id: z.string().describe('The person (usr_…)'),
    name: z.string(),
    email: z.string(),
    role,
    two_factor_enabled: z.boolean().describe('Whether the person signs in with a second factor'),
    created_at: timestamp.describe('When the person joined'),
  })
  .meta({ id: 'Member' });

export const invitation = z
  .object({
    id: z.string().describe('Unique identifier (inv_…)'),
    email: z.string().describe('Who is invited'),
    role,
    invited_by: z.string().nullable().describe('The person who invited (usr_…)'),
    created_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'Invitation' });

export type MemberRecord = z.infer<typeof member>;
export type InvitationRecord = z.infer<typeof invitation>;

const group = 'Members';
const slugQuery = z.strictObject({ accountSlug: accountSlug.optional() });
const memberParams = z.object({ userId: pathId('The id of the person (usr_…)') });
const token = z.string().min(1).max(200).describe('The last part of the invitation’s link');

export const listMembers = endpoint({
  method: 'GET',
  path: '/api/members',
  group,
  access: 'members:read',
  summary: 'List members',
  description: 'Oldest first.',
  query: slugQuery,
  returns: { members: z.array(member) },
});

export const updateMember = endpoint({
  method: 'PATCH',
  path: '/api/members/{userId}',
  group,
  access: 'admin',
  summary: 'Change a member’s role',
  description: 'Only an owner may make or unmake owners; a workspace always keeps one.',
  params: memberParams,
  body: z.strictObject({ accountSlug: accountSlug.optional(), role }),
  returns: { member },
  alsoAnswers: [409],
});

export const removeMember = endpoint({
  method: 'DELETE',
  path: '/api/members/{userId}',
  group,
  access: 'member',
  summary: 'Remove a member, or leave',
  description: 'An owner or admin removes others; anybody may leave, except the last owner.',
  params: memberParams,
  query: slugQuery,
  returns: {},
  alsoAnswers: [409],
});

export const listInvitations = endpoint({
  method: 'GET',
  path: '/api/invitations',
  group,
  access: 'admin',
  summary: 'List open invitations',
  query: slugQuery,
  returns: { invitations: z.array(invitation) },
});

export const createInvitation = endpoint({
  method: 'POST',
  path: '/api/invitations',
  group,
  access: 'admin',
  summary: 'Invite somebody',
  description: 'Answers a link, once, that you pass on; it holds for seven days. Inviting the same address again replaces the old link.',
  body: z.strictObject({ accountSlug: accountSlug.optional(), email: emailAddress, role: role.default('member') }),
  returns: { invitation, url: z.string().describe('The link for the invited person, shown only now') },
  alsoAnswers: [409],
  answersSecret: true,
});

export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/api/invitations/{invitationId}',
  group,
  access: 'admin',
  summary: 'Withdraw an invitation',
  params: z.object({ invitationId: pathId('The id of the invitation (inv_…)') }),
  query: slugQuery,
  returns: {},
});

export const readInvitation = endpoint({
  method: 'POST',
  path: '/api/invitations/read',
  group,
  access: 'public',
  summary: 'Read an invitation',
  description: 'What its link is for: shown before signing up or in.',
  body: z.strictObject({ token }),
  returns: {
    invitation: z.object({
      email: z.string().describe('Who is invited'),
      role,
      account_name: z.string().describe('The workspace'),
      expires_at: timestamp,
    }),
  },
  alsoAnswers: [429],
});

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/api/invitations/accept',
  group,
  access: 'session',
  summary: 'Accept an invitation',
  description: 'You must be signed in with the address it was made for.',
  body: z.strictObject({ token }),
  returns: { account },
  alsoAnswers: [409],
});
