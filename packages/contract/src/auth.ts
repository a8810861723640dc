import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, pathId, timestamp } from './primitives.ts';

const group = 'Sign-in';

export const user = z
  .object({
    id: z
      .string()
      .describe('Unique identifier (usr_…)')
      .meta({ examples: ['usr_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    name: z
      .string()
      .describe('Name shown to others')
      .meta({ examples: ['Ada Lovelace'] }),
    email: z
      .string()
      .describe('E-mail address, lower case')
      .meta({ examples: ['ada@example.com'] }),
    two_factor_enabled: z.boolean().describe('Whether signing in asks for a code'),
    created_at: timestamp,
  })
  .meta({ id: 'User' });

export const session = z
  .object({
    id: z.string().describe('Unique identifier (ses_…)'),
    current: z.boolean().describe('Whether this is the session you are asking with'),
    ip_address: z.string().nullable().describe('Where it was begun'),
    user_agent: z.string().nullable().describe('The browser it was begun with'),
    created_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'Session' });

export type UserRecord = z.infer<typeof user>;
export type SessionRecord = z.infer<typeof session>;

const newPassword = z.string().min(8).max(128).describe('8 to 128 characters, none of the most common passwords');
const password = z.string().max(200).describe('The password');
const personName = z.string().trim().min(1).max(200).describe('Name shown to others');
const code = z.string().trim().min(1).max(40);
const trustDevice = z.boolean().default(false).describe('Do not ask for a code in this browser for 30 days');
const cookie = 'The session comes as a cookie (HttpOnly, SameSite=Lax) that the dashboard sends instead of a token.';

export const signUp = endpoint({
  method: 'POST',
  path: '/api/auth/sign-up/email',
  group,
  access: 'public',
  summary: 'Sign up',
  description: `Makes a person and, unless an invitation is accepted with it, a workspace of their own. ${cookie}`,
  body: z.strictObject({
    email: emailAddress,
    password: newPassword,
    name: personName,
    workspaceName: z.string().trim().min(1).max(100).optional().describe('Name of the new workspace; made from your name unless given'),
    invitationToken: z.string().max(200).optional().describe('Joins the inviting workspace instead of making a new one'),
  }),
  returns: { user },
  alsoAnswers: [409, 429],
});

export const signIn = endpoint({
  method: 'POST',
  path: '/api/auth/sign-in/email',
  group,
  access: 'public',
  summary: 'Sign in',
  description: `${cookie} With two-factor sign-in on, \`twoFactorRedirect\` is true and a code has to follow before there is a session.`,
  body: z.strictObject({
    email: emailAddress,
    password,
    rememberMe: z.boolean().default(true).describe('Stay signed in after the browser is closed'),
  }),
  returns: { twoFactorRedirect: z.boolean().describe('Whether a code has to follow'), user: user.nullable() },
  alsoAnswers: [429],
});

export const signOut = endpoint({
  method: 'POST',
  path: '/api/auth/sign-out',
  group,
  access: 'public',
  summary: 'Sign out',
  description: 'Ends this session; answers 200 without one, too.',
  returns: {},
});

export const getSession = endpoint({
  method: 'GET',
  path: '/api/auth/get-session',
  group,
  access: 'public',
  summary: 'Who is signed in',
  description: 'Answers null for both when nobody is.',
  returns: { user: user.nullable(), session: session.nullable() },
});

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/auth/sessions',
  group,
  access: 'session',
  summary: 'List your sessions',
  returns: { sessions: z.array(session) },
});

export const revokeSession = endpoint({
  method: 'DELETE',
  path: '/api/auth/sessions/{sessionId}',
  group,
  access: 'session',
  summary: 'End one of your sessions',
  params: z.object({ sessionId: pathId('The id of the session (ses_…)') }),
  returns: {},
});

export const revokeOtherSessions = endpoint({
  method: 'DELETE',
  path: '/api/auth/sessions',
  group,
  access: 'session',
  summary: 'End all your other sessions',
  returns: { ended: z.int().describe('How many were ended') },
});

export const updateProfile = endpoint({
  method: 'PATCH',
  path: '/api/auth/user',
  group,
  access: 'session',
  summary: 'Change your name',
  body: z.strictObject({ name: personName }),
  returns: { user },
});

export const changePassword = endpoint({
  method: 'POST',
  path: '/api/auth/change-password',
  group,
  access: 'session',
  summary: 'Change your password',
  description: 'Ends all your other sessions.',
  body: z.strictObject({ currentPassword: password, newPassword }),
  returns: {},
  alsoAnswers: [429],
});

export const enableTwoFactor = endpoint({
  method: 'POST',
  path: '/api/auth/two-factor/enable',
  group,
  access: 'session',
  summary: 'Prepare two-factor sign-in',
  description: 'Answers what an authenticator app needs, once. It counts from the first code that was verified.',
  body: z.strictObject({ password }),
  returns: {
    totpURI: z.string().describe('otpauth:// address, to be shown as a QR code'),
    backupCodes: z.array(z.string()).describe('Each signs you in once when the app is lost'),
  },
  alsoAnswers: [409, 429],
  answersSecret: true,
});

export const disableTwoFactor = endpoint({
  method: 'POST',
  path: '/api/auth/two-factor/disable',
  group,
  access: 'session',
  summary: 'Switch two-factor sign-in off',
  body: z.strictObject({ password }),
  returns: {},
  alsoAnswers: [429],
});

export const renewBackupCodes = endpoint({
  method: 'POST',
  path: '/api/auth/two-factor/generate-backup-codes',
  group,
  access: 'session',
  summary: 'Make new backup codes',
  description: 'The old ones no longer work.',
  body: z.strictObject({ password }),
  returns: { backupCodes: z.array(z.string()) },
  alsoAnswers: [429],
  answersSecret: true,
});

export const verifyTotp = endpoint({
  method: 'POST',
  path: '/api/auth/two-factor/verify-totp',
  group,
  access: 'public',
  summary: 'Give the code of the app',
  description: 'Completes a sign-in, or, when signed in, switches two-factor sign-in on.',
  body: z.strictObject({ code: code.describe('The six digits the app shows'), trustDevice }),
  returns: { user },
  alsoAnswers: [429],
});

export const verifyBackupCode = endpoint({
  method: 'POST',
  path: '/api/auth/two-factor/verify-backup-code',
  group,
  access: 'public',
  summary: 'Sign in with a backup code',
  body: z.strictObject({ code: code.describe('One of your backup codes'), trustDevice }),
  returns: { user },
  alsoAnswers: [429],
});
