import type { verifyBackupCode, verifyTotp } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { SwitchField } from '../ui/switch.tsx';

/** The code that follows the password where two-factor sign-in is on. */
export function SecondStep({ onIn }: { onIn: () => void }) {
  const { t } = useTranslation();
  const [byBackup, setByBackup] = useState(false);
  const [code, setCode] = useState('');
  const [trustDevice, setTrust] = useState(false);
  const verify = useMutation({
    mutationFn: () =>
      byBackup
        ? request<typeof verifyBackupCode>('POST', '/api/auth/two-factor/verify-backup-code', { body: { code, trustDevice } })
        : request<typeof verifyTotp>('POST', '/api/auth/two-factor/verify-totp', { body: { code, trustDevice } }),
    onSuccess: onIn,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    verify.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-xl border border-line bg-card p-5">
      <h2 className="font-semibold text-base">{t('sign.in')}</h2>
      {byBackup ? (
        <TextField
          key="backup"
          label={t('sign.backupCode')}
          autoFocus
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      ) : (
        <TextField
          key="app"
          label={t('sign.code')}
          hint={t('sign.codeNeeded')}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          autoFocus
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <SwitchField label={t('sign.trust')} checked={trustDevice} onChange={setTrust} />
      {verify.error && <Failure error={verify.error} />}
      <Button kind="main" type="submit" busy={verify.isPending}>
        {t('sign.in')}
      </Button>
      <Button
        kind="quiet"
        size="small"
        onClick={() => {
          setByBackup(!byBackup);
          setCode('');
        }}
      >
        {t(byBackup ? 'sign.byApp' : 'sign.byBackup')}
      </Button>
    </form>
  );
}
