import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { credentials, sessions, twoFactors, users, verifications } from './users.table.ts';

const DAY_SECONDS = 86_400;

export interface AuthSettings {
  /** Signs cookies and encrypts second factors. */
  secret: string;
  /** Where browsers reach us; https makes the cookies Secure. */
  publicUrl: string;
}

export type AuthLibrary = ReturnType<typeof createAuthLibrary>;

/** What each of better-auth's models is called in ids. */
const PREFIXES = { user: 'usr', session: 'ses', account: 'crd', verification: 'ver', twoFactor: 'tfa' } as const;

/**
 * better-auth, used for passwords, sessions and second factors only (docs/decisions/0010): no routes of its own are mounted, its
 * functions are called by ours. Accounts, members, invitations and API keys are ours.
 */
export function createAuthLibrary(db: Database, { secret, publicUrl }: AuthSettings, logger: Logger) {
  return betterAuth({
    appName: 'Talkturo',
    baseURL: publicUrl,
    secret,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications, twoFactor: twoFactors },
    }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128, autoSignIn: true },
    // Read on every request, but kept in memory for seconds by ours: a cookie cache would outlive a revocation.
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'talkturo',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      database: { generateId: ({ model }) => newId(PREFIXES[model as keyof typeof PREFIXES] ?? 'ver') },
    },
    // Ours counts over all nodes and answers in the envelope of the contract.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message, ...details) => {
        if (level === 'error') logger.error({ details }, `sign-in library: ${message}`);
        else logger.debug({ details }, `sign-in library: ${message}`);
      },
    },
    plugins: [twoFactor({ issuer: 'Talkturo' })],
  });
}
