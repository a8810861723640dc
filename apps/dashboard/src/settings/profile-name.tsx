import type { updateProfile } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { type Session, sessionQuery } from '../identity/session.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Card, Failure } from '../ui/surface.tsx';

export function ProfileName({ user }: { user: Session['user'] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const save = useMutation({
    mutationFn: () => request<typeof updateProfile>('PATCH', '/api/auth/user', { body: { name } }),
    onSuccess: async () => {
      await queries.invalidateQueries(sessionQuery);
      toast.success(t('saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card title={t('profile.you')}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <TextField
          label={t('sign.yourName')}
          className="w-full max-w-md"
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {save.error && <Failure error={save.error} />}
        <Button kind="main" type="submit" busy={save.isPending} disabled={name === user.name}>
          {t('save')}
        </Button>
      </form>
    </Card>
  );
}
