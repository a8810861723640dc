import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

/** How many rows are ticked, and what can be done with them. */
export function Selection({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('selection')}
      className="sticky top-16 z-10 flex flex-wrap items-center gap-2 rounded-xl border border-brand/40 bg-brand-wash px-3 py-2"
    >
      <p role="status" className="grow px-1 font-medium text-brand">
        {t('selected', { count })}
      </p>
      {children}
      <Button kind="quiet" size="icon" aria-label={t('clearSelection')} title={t('clearSelection')} onClick={onClear}>
        <X aria-hidden />
      </Button>
    </section>
  );
}
