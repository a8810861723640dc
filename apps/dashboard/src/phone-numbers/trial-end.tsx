import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { when } from '../format.ts';
import { Badge } from '../ui/surface.tsx';
import { timeLeft } from './time-left.ts';

const MINUTE_MS = 60_000;

/** How long a trial number still works, counting down. */
export function TrialEnd({ at }: { at: string }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const { unit, count } = timeLeft(Date.parse(at) - now);
  return (
    <span title={t('numbers.trialUntil', { when: when(at) })}>
      <Badge tone={unit === 'days' ? 'warn' : 'danger'}>{t(`numbers.trialLeft.${unit}`, { count })}</Badge>
    </span>
  );
}
