import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { sessionQuery } from '../identity/session.ts';
import { Button } from '../ui/button.tsx';
import { Badge, Card } from '../ui/surface.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { DisableTwoFactor, EnableTwoFactor, type Prepared, RenewBackupCodes } from './two-factor-password.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

/** Signing in with a code of an authenticator app as well: set up, switch off, new backup codes. */
export function TwoFactor({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<'enable' | 'disable' | 'renew' | null>(null);
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const changed = async () => {
    await queries.invalidateQueries(sessionQuery);
    setDoing(null);
    setPrepared(null);
    toast.success(t('saved'));
  };
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {t('twoFactor.title')} <Badge tone={on ? 'good' : 'plain'}>{t(on ? 'twoFactor.on' : 'twoFactor.off')}</Badge>
        </span>
      }
    >
      <p className="mb-4 max-w-prose text-soft">{t('twoFactor.about')}</p>
      {prepared ? (
        <TwoFactorSetup prepared={prepared} onDone={changed} onCancel={() => setPrepared(null)} />
      ) : (
        <div className="flex flex-wrap gap-2">
          {!on && (
            <Button kind="main" onClick={() => setDoing('enable')}>
              {t('twoFactor.enable')}
            </Button>
          )}
          {on && <Button onClick={() => setDoing('renew')}>{t('twoFactor.renew')}</Button>}
          {on && (
            <Button kind="danger" onClick={() => setDoing('disable')}>
              {t('twoFactor.disable')}
            </Button>
          )}
        </div>
      )}
      {codes && (
        <div className="mt-4">
          <BackupCodes codes={codes} />
        </div>
      )}
      {doing === 'enable' && (
        <EnableTwoFactor
          onClose={() => setDoing(null)}
          onPrepared={(fresh) => {
            setDoing(null);
            setPrepared(fresh);
          }}
        />
      )}
      {doing === 'disable' && <DisableTwoFactor onClose={() => setDoing(null)} onDone={changed} />}
      {doing === 'renew' && (
        <RenewBackupCodes
          onClose={() => setDoing(null)}
          onCodes={(fresh) => {
            setDoing(null);
            setCodes(fresh);
          }}
        />
      )}
    </Card>
  );
}
