import { useTranslation } from 'react-i18next';
import { Secret } from '../ui/secret.tsx';

export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className="font-medium">{t('twoFactor.backup')}</p>
      <p className="mb-1 text-[13px] text-soft">{t('twoFactor.backupAbout')}</p>
      <Secret value={codes.join('  ')} />
    </div>
  );
}
