import { useTranslation } from 'react-i18next';
import { Empty } from './surface.tsx';

export function Missing() {
  const { t } = useTranslation();
  return (
    <main className="p-8">
      <Empty title={t('notFound')} />
    </main>
  );
}
