import { createHash } from 'node:crypto';
import type { BodyOf, signIn, signUp, UserRecord } from '@talkturo/contract';
import { isAPIError } from 'better-auth/api';
import { eq, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../database/connect.ts';
import { AppError, badRequest, conflict } from '../http/app-error.ts';
import type { SignedIn } from '../http/caller.ts';
import { headersOf, passCookies } from './auth-headers.ts';
import type { AuthLibrary } from './auth-library.ts';
import { isCommonPassword } from './common-passwords.ts';
import { type Sessions, userRecord } from './sessions.ts';
import type { Allowance, Throttle } from './throttle.ts';
import { users } from './users.table.ts';

/** Tries from one address, whatever the account: NAT puts a whole office behind one. */
const BY_ADDRESS: Allowance = { times: 60, seconds: 600 };
/** Tries for one account, from wherever: guessing a password takes centuries at this rate. */
const BY_ACCOUNT: Allowance = { times: 10, seconds: 600 };
const SIGN_UPS: Allowance = { times: 30, seconds: 3600 };

export type SignIn = ReturnType<typeof createSignIn>;

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Signing up, in and out, passwords and second factors. better-auth does the work; we count the tries and speak the contract's language. */
export function createSignIn(db: Database, parts: { library: AuthLibrary; sessions: Sessions; throttle: Throttle }) {
  const { library, sessions, throttle } = parts;

  const reload = async (id: string): Promise<UserRecord> => {
    const [row] = await db.select().from(users).where(eq(users.id, id));
    if (!row) throw new Error('the user of a session is gone');
    return userRecord(row);
  };

  /** Calls better-auth, hands its cookies to the browser and translates its refusals. */
  const ask = async <T>(
    { request, reply }: Exchange,
    call: (headers: Headers) => Promise<{ headers: Headers; response: T }>,
  ): Promise<T> => {
    try {
      const { headers, response } = await call(headersOf(request));
      passCookies(headers, reply);
      return response;
    } catch (error) {
      throw translated(error);
    } finally {
      sessions.forget();
    }
  };

  return {
    async signUp(exchange: Exchange, wanted: Pick<BodyOf<typeof signUp>, 'email' | 'password' | 'name'>): Promise<UserRecord> {
      await throttle.pass(`sign-up:${exchange.request.ip}`, SIGN_UPS);
      requireGoodPassword(wanted.password);
      const { email, password, name } = wanted;
      const { user } = await ask(exchange, (headers) =>
        library.api.signUpEmail({ body: { email, password, name }, headers, returnHeaders: true }),
      );
      return reload(user.id);
    },

    /** @returns null when a code has to follow. */
    async signIn(exchange: Exchange, { email, password, rememberMe }: BodyOf<typeof signIn>): Promise<UserRecord | null> {
      await throttle.pass(`sign-in:${exchange.request.ip}`, BY_ADDRESS);
      await throttle.pass(`sign-in:${digest(email)}`, BY_ACCOUNT);
      const answer = await ask(exchange, (headers) =>
        library.api.signInEmail({ body: { email, password, rememberMe }, headers, returnHeaders: true }),
      );
      // The two-factor plugin takes the session back and answers this instead; its type is not in the library's.
      return 'user' in answer && answer.user ? reload(answer.user.id) : null;
    },

    async signOut(exchange: Exchange): Promise<void> {
      await ask(exchange, (headers) => library.api.signOut({ headers, returnHeaders: true }));
    },

    async rename(person: SignedIn, name: string): Promise<UserRecord> {
      await db.update(users).set({ name, updatedAt: sql`now()` }).where(eq(users.id, person.userId));
      sessions.forget();
      return reload(person.userId);
    },

    /** Ends all other sessions, too. */
    async changePassword(exchange: Exchange, person: SignedIn, change: { currentPassword: string; newPassword: string }): Promise<void> {
      await throttle.pass(`password:${person.userId}`, BY_ACCOUNT);
      requireGoodPassword(change.newPassword);
      await ask(exchange, (headers) =>
        library.api.changePassword({ body: { ...change, revokeOtherSessions: true }, headers, returnHeaders: true }),
      );
    },

    async enableTwoFactor(exchange: Exchange, person: SignedIn, password: string): Promise<{ totpURI: string; backupCodes: string[] }> {
      await throttle.pass(`password:${person.userId}`, BY_ACCOUNT);
      const answer = await ask(exchange, (headers) => library.api.enableTwoFactor({ body: { password }, headers, returnHeaders: true }));
      if (answer.method !== 'totp') throw new Error('better-auth prepared another second factor than asked for');
      return { totpURI: answer.totpURI, backupCodes: answer.backupCodes };
    },

    async disableTwoFactor(exchange: Exchange, person: SignedIn, password: string): Promise<void> {
      await throttle.pass(`password:${person.userId}`, BY_ACCOUNT);
      await ask(exchange, (headers) => library.api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }));
    },

    async renewBackupCodes(exchange: Exchange, person: SignedIn, password: string): Promise<string[]> {
      await throttle.pass(`password:${person.userId}`, BY_ACCOUNT);
      const answer = await ask(exchange, (headers) =>
        library.api.generateBackupCodes({ body: { password }, headers, returnHeaders: true }),
      );
      return answer.backupCodes;
    },

    async verifyTotp(exchange: Exchange, body: { code: string; trustDevice: boolean }): Promise<UserRecord> {
      await throttle.pass(`code:${exchange.request.ip}`, BY_ADDRESS);
      const answer = await ask(exchange, (headers) => library.api.verifyTOTP({ body, headers, returnHeaders: true }));
      return reload(answer.user.id);
    },

    async verifyBackupCode(exchange: Exchange, body: { code: string; trustDevice: boolean }): Promise<UserRecord> {
      await throttle.pass(`code:${exchange.request.ip}`, BY_ADDRESS);
      const answer = await ask(exchange, (headers) => library.api.verifyBackupCode({ body, headers, returnHeaders: true }));
      if (!answer.user) throw new Error('a verified backup code named nobody');
      return reload(answer.user.id);
    },
  };
}

/** Addresses of people are not kept in the table of counts. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function requireGoodPassword(password: string): void {
  if (isCommonPassword(password)) {
    throw badRequest('This password is among the first that are tried: choose another one.', [
      { path: 'password', message: 'is one of the most common passwords' },
    ]);
  }
}

/** better-auth's refusals in our words. The text of a 401 is fixed by the contract, so its reason stands in the details. */
function translated(error: unknown): unknown {
  if (!isAPIError(error)) return error;
  const code = String(error.body?.code ?? '');
  const message = String(error.body?.message ?? 'The request was refused.');
  if (code.startsWith('USER_ALREADY_EXISTS'))
    return conflict('user_exists', 'There is an account with this e-mail already: sign in instead.');
  if (code === 'TOTP_ALREADY_ENABLED') return conflict('two_factor_on', 'Two-factor sign-in is on already: switch it off first.');
  const refused = (path: string, text: string) => new AppError('unauthorized', 401, 'Unauthorized', { details: [{ path, message: text }] });
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return refused('password', 'The e-mail or the password is wrong.');
  if (code === 'INVALID_PASSWORD') return badRequest('The password is wrong.', [{ path: 'password', message: 'is wrong' }]);
  if (error.statusCode === 401)
    return refused('code', code.includes('COOKIE') ? 'Sign in again: this took too long.' : 'The code is wrong.');
  if (error.statusCode === 429) return new AppError('too_many_tries', 429, message, { headers: { 'retry-after': '60' } });
  if (error.statusCode >= 400 && error.statusCode < 500) return badRequest(message.endsWith('.') ? message : `${message}.`);
  return error;
}
