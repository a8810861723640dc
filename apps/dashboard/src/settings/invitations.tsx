import type { listInvitations, revokeInvitation } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Badge, Card, Failure } from '../ui/surface.tsx';

/** Invitations nobody has accepted yet. */
export function Invitations() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: [slug, 'invitations'],
    queryFn: () => request<typeof listInvitations>('GET', '/api/invitations'),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => request<typeof revokeInvitation>('DELETE', `/api/invitations/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, 'invitations'] }),
    onError: (problem) => toast.error(problem.message),
  });
  if (error) return <Failure error={error} retry={refetch} />;
  if (!data || data.invitations.length === 0) return null;
  return (
    <Card title={t('members.open')}>
      <ul className="divide-y divide-line">
        {data.invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-2 py-2 first:pt-0 last:pb-0">
            <span className="min-w-0">
              <span className="break-all font-medium">{invitation.email}</span> <Badge>{t(`members.roles.${invitation.role}`)}</Badge>
              <span className="block text-[13px] text-soft">{t('members.until', { when: when(invitation.expires_at) })}</span>
            </span>
            <Button
              size="small"
              kind="danger"
              busy={revoke.isPending && revoke.variables === invitation.id}
              onClick={() => revoke.mutate(invitation.id)}
            >
              {t('members.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
