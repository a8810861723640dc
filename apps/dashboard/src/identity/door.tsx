import { AudioLines } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';

/** The frame of the pages before one is in: sign-in and invitation. */
export function Door({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center gap-2 text-center">
          <span className="grid size-11 place-items-center rounded-xl bg-brand text-brand-ink">
            <AudioLines className="size-6" aria-hidden />
          </span>
          <h1 className="font-semibold text-xl">Talkturo</h1>
          <p className="text-soft">{t('sign.about')}</p>
        </div>
        {children}
        <p className="mt-4 text-center">
          <Button kind="quiet" size="small" onClick={() => chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}>
            {i18n.language === 'de' ? 'English' : 'Deutsch'}
          </Button>
        </p>
      </div>
    </main>
  );
}
