import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

/** Says that what was typed before is back, and takes it away. */
export function DraftNote({ restored, onDiscard }: { restored: boolean; onDiscard: () => void }) {
  const { t } = useTranslation();
  if (!restored) return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-wash px-3 py-1.5 text-[13px] sm:col-span-full"
    >
      {t('draftBack')}
      <Button kind="quiet" size="small" onClick={onDiscard}>
        {t('draftDiscard')}
      </Button>
    </p>
  );
}
