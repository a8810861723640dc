import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './session.ts';

/** The ids of a workspace: account and team share the suffix. */
export function useWorkspace(slug: string): { accountId: string; teamId: string; role: string } {
  const { data } = useQuery(sessionQuery);
  const account = data?.accounts.find((candidate) => candidate.slug === slug);
  const accountId = account?.id ?? '';
  return { accountId, teamId: accountId.replace(/^acct_/, 'team_'), role: account?.role ?? 'member' };
}
