import type { signUp } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';

/** Signing up by an invitation: the address is given, the workspace too. */
export function JoinForm({ token, email, onIn }: { token: string; email: string; onIn: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const join = useMutation({
    mutationFn: () =>
      request<typeof signUp>('POST', '/api/auth/sign-up/email', { body: { email, name, password, invitationToken: token } }),
    onSuccess: onIn,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label={t('sign.email')} type="email" autoComplete="username" readOnly value={email} />
      <TextField
        label={t('sign.yourName')}
        autoComplete="name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('sign.password')}
        type="password"
        autoComplete="new-password"
        hint={t('sign.passwordHint')}
        minLength={8}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {join.error && <Failure error={join.error} />}
      <Button kind="main" type="submit" busy={join.isPending}>
        {t('invitation.join')}
      </Button>
      <Link to="/sign-in" search={{ next: `/invitation/${token}` }} className={buttonLook({ kind: 'quiet', size: 'small' })}>
        {t('sign.toIn')}
      </Link>
    </form>
  );
}
