import type { changePassword } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Card, Failure } from '../ui/surface.tsx';

const NOTHING = { currentPassword: '', newPassword: '', again: '' };

export function PasswordChange({ email }: { email: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form, setForm] = useState(NOTHING);
  const differ = form.again !== '' && form.again !== form.newPassword;
  const change = useMutation({
    mutationFn: () =>
      request<typeof changePassword>('POST', '/api/auth/change-password', {
        body: { currentPassword: form.currentPassword, newPassword: form.newPassword },
      }),
    onSuccess: () => {
      setForm(NOTHING);
      void queries.invalidateQueries({ queryKey: ['sessions'] });
      toast.success(t('profile.passwordChanged'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const field = (name: keyof typeof form) => ({
    type: 'password',
    required: true,
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Card title={t('sign.password')}>
      <form onSubmit={submit} className="flex max-w-md flex-col items-start gap-4">
        {/* So that password stores know whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <TextField label={t('profile.currentPassword')} className="w-full" autoComplete="current-password" {...field('currentPassword')} />
        <TextField
          label={t('profile.newPassword')}
          className="w-full"
          autoComplete="new-password"
          hint={t('profile.passwordRules')}
          minLength={8}
          error={change.error instanceof ApiError ? change.error.of('newPassword') : undefined}
          {...field('newPassword')}
        />
        <TextField
          label={t('profile.again')}
          className="w-full"
          autoComplete="new-password"
          error={differ ? t('profile.differ') : undefined}
          {...field('again')}
        />
        {change.error && <Failure error={change.error} />}
        <Button kind="main" type="submit" busy={change.isPending} disabled={differ}>
          {t('profile.changePassword')}
        </Button>
      </form>
    </Card>
  );
}
