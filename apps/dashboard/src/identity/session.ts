import type { AnswerOf, listAccounts } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { ApiError, request } from '../api.ts';

export interface Session {
  user: { id: string; email: string; name: string };
  accounts: AnswerOf<typeof listAccounts>['accounts'];
}

/** Who is signed in and where they may work; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    const answer = await fetch('/api/auth/get-session', { credentials: 'same-origin' });
    const current = answer.ok ? ((await answer.json()) as { user: Session['user'] } | null) : null;
    if (!current?.user) return null;
    const { accounts } = await request<typeof listAccounts>('GET', '/api/accounts');
    return { user: current.user, accounts };
  },
});

/** One of the sign-in service's own endpoints; its refusals become ApiErrors. */
export async function authenticate(path: string, body: unknown): Promise<{ twoFactorRedirect?: boolean }> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = await answer.json().catch(() => null);
  // Why a sign-in was refused stands in the details: the text of a 401 is fixed by the contract.
  if (!answer.ok) throw new ApiError(answer.status, json?.details?.[0]?.message ?? json?.error ?? answer.statusText, json?.details);
  return json ?? {};
}

export const signOut = () => authenticate('sign-out', {});
