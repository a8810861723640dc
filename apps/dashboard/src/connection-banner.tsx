import { useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { setReachable, useConnected } from './connection.ts';

const LOOK_EVERY_MS = 4_000;

/** Says so while the server cannot be reached, looks for it, and reads everything anew when it is back. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const connected = useConnected();
  useEffect(() => {
    if (connected) return;
    const look = async () => {
      const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
      if (!answer?.ok) return;
      setReachable(true);
      void queries.invalidateQueries();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [connected, queries]);
  if (connected) return null;
  return (
    <p role="alert" className="sticky top-14 z-20 flex items-center gap-2 bg-warn-wash px-5 py-2 font-medium text-warn">
      <WifiOff className="size-4 shrink-0" aria-hidden /> {t('offline')}
    </p>
  );
}
