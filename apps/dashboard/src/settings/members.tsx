import type { listMembers, removeMember, updateMember } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { sessionQuery } from '../identity/session.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { SelectField } from '../ui/field.tsx';
import { Badge, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import { ROLES, type Role } from './roles.ts';

export function Members() {
  const { slug } = useParams({ from: '/home/$slug/settings/members' });
  const { role: mine } = useWorkspace(slug);
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [inviting, setInviting] = useState(false);
  const { data: session } = useQuery(sessionQuery);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [slug, 'members'],
    queryFn: () => request<typeof listMembers>('GET', '/api/members'),
  });
  const me = session?.user.id;
  const mayManage = mine !== 'member';
  const fail = (problem: Error) => toast.error(problem.message);
  const change = useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      request<typeof updateMember>('PATCH', `/api/members/${userId}`, { body: { role } }),
    onSuccess: () => toast.success(t('saved')),
    onError: fail,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: [slug, 'members'] }), queries.invalidateQueries(sessionQuery)]),
  });
  const remove = useMutation({
    mutationFn: (userId: string) => request<typeof removeMember>('DELETE', `/api/members/${userId}`),
    onSuccess: async (_, userId) => {
      if (userId !== me) return queries.invalidateQueries({ queryKey: [slug, 'members'] });
      queries.clear();
      await navigate({ to: '/' });
    },
    onError: fail,
  });
  const askToRemove = async (userId: string, name: string) => {
    const leaving = userId === me;
    const text = leaving ? t('members.leaveSure') : t('members.removeSure', { name });
    if (await sure(text, t(leaving ? 'members.leave' : 'members.remove'))) remove.mutate(userId);
  };

  return (
    <Page
      title={t('members.title')}
      about={t('members.about')}
      actions={
        mayManage && (
          <Button kind="main" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden /> {t('members.invite')}
          </Button>
        )
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data && (
        <Table
          stack
          label={t('members.title')}
          rows={data.members.map((member) => ({ ...member, id: member.user_id }))}
          columns={[
            {
              title: t('name'),
              cell: (row) => (
                <span>
                  <span className="font-medium">{row.name}</span>
                  <span className="block text-[13px] text-soft">{row.email}</span>
                </span>
              ),
            },
            {
              title: t('members.role'),
              cell: (row) => {
                const fixed = !mayManage || (row.role === 'owner' && mine !== 'owner');
                if (fixed) return <Badge>{t(`members.roles.${row.role}`)}</Badge>;
                return (
                  <SelectField
                    bare
                    className="min-w-32"
                    label={`${t('members.role')}: ${row.name}`}
                    value={row.role}
                    disabled={change.isPending}
                    onChange={(event) => change.mutate({ userId: row.user_id, role: event.target.value as Role })}
                    options={ROLES.filter((role) => role !== 'owner' || mine === 'owner').map((role) => ({
                      value: role,
                      label: t(`members.roles.${role}`),
                    }))}
                  />
                );
              },
            },
            {
              title: t('twoFactor.title'),
              wide: true,
              cell: (row) => (
                <Badge tone={row.two_factor_enabled ? 'good' : 'plain'}>
                  {t(row.two_factor_enabled ? 'twoFactor.on' : 'twoFactor.off')}
                </Badge>
              ),
            },
            { title: t('members.joined'), wide: true, cell: (row) => when(row.created_at) },
            {
              title: t('actions'),
              quiet: true,
              end: true,
              cell: (row) =>
                (mayManage || row.user_id === me) && (
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t(row.user_id === me ? 'members.leave' : 'members.remove')}: ${row.name}`}
                    title={t(row.user_id === me ? 'members.leave' : 'members.remove')}
                    onClick={() => askToRemove(row.user_id, row.name)}
                  >
                    <UserMinus aria-hidden />
                  </Button>
                ),
            },
          ]}
        />
      )}
      {mayManage && <Invitations />}
      {inviting && <Invite mine={mine} onClose={() => setInviting(false)} />}
    </Page>
  );
}
