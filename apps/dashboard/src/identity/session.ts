import type { AnswerOf, getSession, listAccounts, signOut as signOutEndpoint } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

type SignedIn = AnswerOf<typeof getSession>;

export interface Session {
  user: NonNullable<SignedIn['user']>;
  accounts: AnswerOf<typeof listAccounts>['accounts'];
}

/** Who is signed in and where they may work; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    const { user } = await request<typeof getSession>('GET', '/api/auth/get-session');
    if (!user) return null;
    const { accounts } = await request<typeof listAccounts>('GET', '/api/accounts');
    return { user, accounts };
  },
});

export const signOut = () => request<typeof signOutEndpoint>('POST', '/api/auth/sign-out');

/** Where to go after signing in: only to a page of ours. */
export const safeNext = (next: unknown): string | undefined =>
  typeof next === 'string' && /^\/(home|invitation)\/[^\\]*$/.test(next) ? next : undefined;
