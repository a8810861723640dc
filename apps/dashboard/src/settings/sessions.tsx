import type { listSessions, revokeOtherSessions, revokeSession } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge, Card, Failure, Loading } from '../ui/surface.tsx';
import { browserName } from './browser-name.ts';

/** Where the person is signed in, and how to end it. */
export function Sessions() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => request<typeof listSessions>('GET', '/api/auth/sessions'),
  });
  const fresh = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const end = useMutation({
    mutationFn: (id: string) => request<typeof revokeSession>('DELETE', `/api/auth/sessions/${id}`),
    onSuccess: fresh,
    onError: fail,
  });
  const endOthers = useMutation({
    mutationFn: () => request<typeof revokeOtherSessions>('DELETE', '/api/auth/sessions'),
    onSuccess: ({ ended }) => {
      toast.success(t('profile.ended', { count: ended }));
      void fresh();
    },
    onError: fail,
  });
  const others = (data?.sessions ?? []).some((session) => !session.current);
  return (
    <Card
      title={t('profile.sessions')}
      actions={
        others && (
          <Button
            size="small"
            busy={endOthers.isPending}
            onClick={async () => (await sure(t('profile.endOthersSure'), t('profile.endOthers'))) && endOthers.mutate()}
          >
            {t('profile.endOthers')}
          </Button>
        )
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      <ul className="divide-y divide-line">
        {data?.sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-2 py-2.5 first:pt-0 last:pb-0">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {browserName(session.user_agent) ?? t('profile.unknownBrowser')}
                {session.current && <Badge tone="good">{t('profile.thisOne')}</Badge>}
              </p>
              <p className="text-[13px] text-soft">
                {[session.ip_address, t('profile.since', { when: when(session.created_at) })].filter(Boolean).join(' · ')}
              </p>
            </div>
            {!session.current && (
              <Button
                size="small"
                kind="danger"
                busy={end.isPending && end.variables === session.id}
                onClick={() => end.mutate(session.id)}
              >
                {t('profile.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
