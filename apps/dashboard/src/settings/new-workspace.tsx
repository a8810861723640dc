import type { createAccount } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { sessionQuery } from '../identity/session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';

export function NewWorkspace({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const create = useMutation({
    mutationFn: () => request<typeof createAccount>('POST', '/api/accounts', { body: { name, ...(slug ? { slug } : {}) } }),
    onSuccess: async ({ account }) => {
      await queries.invalidateQueries(sessionQuery);
      await navigate({ to: '/home/$slug', params: { slug: account.slug } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={onClose} title={t('workspaceSettings.new')} description={t('workspaceSettings.newAbout')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label={t('name')} required maxLength={100} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        <TextField
          label={t('workspaceSettings.slug')}
          hint={t('workspaceSettings.slugHint')}
          error={create.error instanceof ApiError ? create.error.of('slug') : undefined}
          maxLength={48}
          value={slug}
          onChange={(event) => setSlug(event.target.value)}
        />
        {create.error && <Failure error={create.error} />}
        <Button kind="main" type="submit" busy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Dialog>
  );
}
