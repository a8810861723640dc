import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';

/** Somebody else saved meanwhile: their version, or one's own over it. */
export function ChangedElsewhere({ busy, onReload, onOverwrite }: { busy: boolean; onReload: () => void; onOverwrite: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-xl bg-warn-wash px-4 py-3 text-warn">
      <p className="grow basis-64">{t('assistants.savedElsewhere')}</p>
      <Button size="small" onClick={onReload}>
        {t('assistants.takeTheirs')}
      </Button>
      <Button size="small" kind="danger" busy={busy} onClick={onOverwrite}>
        {t('assistants.saveMine')}
      </Button>
    </div>
  );
}
