import type { acceptInvitation, readInvitation } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/surface.tsx';
import { Door } from './door.tsx';
import { JoinForm } from './join-form.tsx';
import { sessionQuery, signOut } from './session.ts';

/** Where the link of an invitation leads: who is signed in accepts, anybody else signs up or in first. */
export function InvitationPage() {
  const { token } = useParams({ from: '/invitation/$token' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery);
  const { data, error, isPending } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => request<typeof readInvitation>('POST', '/api/invitations/read', { body: { token } }),
  });
  const enter = async (slug?: string) => {
    queries.clear();
    await navigate(slug ? { to: '/home/$slug', params: { slug } } : { to: '/' });
  };
  const accept = useMutation({
    mutationFn: () => request<typeof acceptInvitation>('POST', '/api/invitations/accept', { body: { token } }),
    onSuccess: ({ account }) => enter(account.slug),
  });
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }) });

  if (isPending || session.isPending) return <Loading />;
  if (error) {
    return (
      <Door>
        <Failure error={error} />
        <p className="mt-4 text-center">
          <Link to="/" className={buttonLook({ kind: 'plain' })}>
            {t('toStart')}
          </Link>
        </p>
      </Door>
    );
  }
  const { invitation } = data;
  const person = session.data?.user;
  return (
    <Door>
      <div className="flex flex-col gap-4 rounded-xl border border-line bg-card p-5">
        <h2 className="font-semibold text-base">{t('invitation.title', { name: invitation.account_name })}</h2>
        <p className="text-soft">
          {t('invitation.about', {
            email: invitation.email,
            role: t(`members.roles.${invitation.role}`),
            when: when(invitation.expires_at),
          })}
        </p>
        {!person && <JoinForm token={token} email={invitation.email} onIn={() => enter()} />}
        {person && person.email === invitation.email && (
          <>
            {accept.error && <Failure error={accept.error} />}
            <Button kind="main" busy={accept.isPending} onClick={() => accept.mutate()}>
              {t('invitation.accept')}
            </Button>
          </>
        )}
        {person && person.email !== invitation.email && (
          <>
            <p role="alert">{t('invitation.otherPerson', { email: person.email })}</p>
            <Button busy={leave.isPending} onClick={() => leave.mutate()}>
              {t('signOut')}
            </Button>
          </>
        )}
      </div>
    </Door>
  );
}
