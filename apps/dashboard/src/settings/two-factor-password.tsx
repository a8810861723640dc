import type { AnswerOf, disableTwoFactor, enableTwoFactor, renewBackupCodes } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';

export type Prepared = Pick<AnswerOf<typeof enableTwoFactor>, 'totpURI' | 'backupCodes'>;

export function EnableTwoFactor({ onClose, onPrepared }: { onClose: () => void; onPrepared: (prepared: Prepared) => void }) {
  const { t } = useTranslation();
  return (
    <PasswordDialog
      title={t('twoFactor.enable')}
      action={t('next')}
      onClose={onClose}
      send={(password) => request<typeof enableTwoFactor>('POST', '/api/auth/two-factor/enable', { body: { password } })}
      onDone={onPrepared}
    />
  );
}

export function DisableTwoFactor({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <PasswordDialog
      title={t('twoFactor.disable')}
      action={t('twoFactor.disable')}
      onClose={onClose}
      send={(password) => request<typeof disableTwoFactor>('POST', '/api/auth/two-factor/disable', { body: { password } })}
      onDone={onDone}
    />
  );
}

export function RenewBackupCodes({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <PasswordDialog
      title={t('twoFactor.renew')}
      action={t('twoFactor.renew')}
      onClose={onClose}
      send={(password) => request<typeof renewBackupCodes>('POST', '/api/auth/two-factor/generate-backup-codes', { body: { password } })}
      onDone={({ backupCodes }) => onCodes(backupCodes)}
    />
  );
}

/** Changing how one signs in asks for the password again. */
function PasswordDialog<Answer>({
  title,
  action,
  onClose,
  send,
  onDone,
}: {
  title: string;
  action: string;
  onClose: () => void;
  send: (password: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const go = useMutation({ mutationFn: () => send(password), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={t('twoFactor.passwordFirst')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('sign.password')}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {go.error && <Failure error={go.error} />}
        <Button kind="main" type="submit" busy={go.isPending}>
          {action}
        </Button>
      </form>
    </Dialog>
  );
}
