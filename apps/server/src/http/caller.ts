import { forbidden } from './app-error.ts';

/** Who is asking: an API key or a signed-in person, always within one account. */
export interface Caller {
  /** `acct_…` */
  accountId: string;
  /** `team_…`, the same suffix. */
  teamId: string;
  accountSlug: string;
  /** `key_…` when it came with a token. */
  keyId: string | null;
  /** `usr_…`: the signed-in person, or who created the key. */
  userId: string | null;
  via: 'key' | 'session';
  /** Set for sessions. */
  role: 'owner' | 'admin' | 'member' | null;
  scopes: readonly string[];
}

/** A person with a session, outside any account. */
export interface SignedIn {
  /** `usr_…` */
  userId: string;
  /** `ses_…` */
  sessionId: string;
  email: string;
  name: string;
}

/** A body or query that names another account than the token's is refused, whether that account exists or not. */
export function sameAccount(
  caller: Caller,
  named: { accountSlug?: string | undefined; teamId?: string | undefined; accountId?: string | undefined },
): void {
  if (named.accountSlug !== undefined && named.accountSlug !== caller.accountSlug) throw forbidden();
  if (named.teamId !== undefined && named.teamId !== caller.teamId) throw forbidden();
  if (named.accountId !== undefined && named.accountId !== caller.accountId) throw forbidden();
}

/** True when the scopes cover `resource:action`: `*`, `resource:*` or the scope itself. */
export function covers(scopes: readonly string[], wanted: string): boolean {
  const resource = wanted.slice(0, wanted.indexOf(':'));
  return scopes.some((scope) => scope === '*' || scope === wanted || scope === `${resource}:*`);
}
