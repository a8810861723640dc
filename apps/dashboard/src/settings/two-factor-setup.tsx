import type { verifyTotp } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import encodeQR from 'qr';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Secret } from '../ui/secret.tsx';
import { Failure } from '../ui/surface.tsx';
import { BackupCodes } from './backup-codes.tsx';
import type { Prepared } from './two-factor-password.tsx';

/** The QR code, the same as text, the backup codes, and the first code that switches it on. */
export function TwoFactorSetup({ prepared, onDone, onCancel }: { prepared: Prepared; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const secret = new URL(prepared.totpURI).searchParams.get('secret') ?? '';
  const verify = useMutation({
    mutationFn: () => request<typeof verifyTotp>('POST', '/api/auth/two-factor/verify-totp', { body: { code } }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    verify.mutate();
  };
  return (
    <div className="grid gap-6 sm:grid-cols-[auto_1fr]">
      <QrCode text={prepared.totpURI} label={t('twoFactor.qr')} />
      <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
        <div>
          <p className="mb-1 font-medium">{t('twoFactor.scan')}</p>
          <Secret value={secret} />
        </div>
        <BackupCodes codes={prepared.backupCodes} />
        <TextField
          label={t('sign.code')}
          hint={t('twoFactor.codeHint')}
          className="max-w-60"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        {verify.error && <Failure error={verify.error} />}
        <div className="flex flex-wrap gap-2">
          <Button kind="main" type="submit" busy={verify.isPending}>
            {t('twoFactor.switchOn')}
          </Button>
          <Button onClick={onCancel}>{t('cancel')}</Button>
        </div>
      </form>
    </div>
  );
}

/** Black on white in both themes: cameras want it so. Four modules of margin are part of the standard. */
function QrCode({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { border: 4 }), [text]);
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      className="size-48 rounded-md bg-white"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
