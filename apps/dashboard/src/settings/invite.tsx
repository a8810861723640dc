import type { createInvitation } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Secret } from '../ui/secret.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { ROLES, type Role } from './roles.ts';

const EMPTY = { email: '', role: 'member' as Role };

/** Makes an invitation; its link is shown once, for the inviter to pass on. */
export function Invite({ mine, onClose }: { mine: string; onClose: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [{ email, role }, setForm, clear, restored] = useDraft(`${slug}.invite`, EMPTY);
  const invite = useMutation({
    mutationFn: () => request<typeof createInvitation>('POST', '/api/invitations', { body: { email, role } }),
    onSuccess: () => {
      clear();
      return queries.invalidateQueries({ queryKey: [slug, 'invitations'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('members.invite')} description={t('members.inviteAbout')}>
      {invite.data ? (
        <div className="flex flex-col gap-3">
          <p>{t('members.passOn', { email: invite.data.invitation.email })}</p>
          <Secret value={invite.data.url} />
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <DraftNote restored={restored} onDiscard={clear} />
          <TextField
            label={t('sign.email')}
            type="email"
            required
            autoFocus
            value={email}
            error={invite.error instanceof ApiError ? invite.error.of('email') : undefined}
            onChange={(event) => setForm({ email: event.target.value, role })}
          />
          <SelectField
            label={t('members.role')}
            hint={t(`members.rolesAbout.${role}`)}
            value={role}
            onChange={(event) => setForm({ email, role: event.target.value as Role })}
            options={ROLES.filter((one) => one !== 'owner' || mine === 'owner').map((one) => ({
              value: one,
              label: t(`members.roles.${one}`),
            }))}
          />
          {invite.error && <Failure error={invite.error} />}
          <Button kind="main" type="submit" busy={invite.isPending}>
            {t('members.makeLink')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
