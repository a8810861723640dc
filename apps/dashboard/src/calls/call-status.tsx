import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/surface.tsx';

const TONES = { queued: 'plain', ringing: 'warn', in_progress: 'brand', completed: 'good', failed: 'danger' } as const;

export function CallStatus({ status }: { status: keyof typeof TONES }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[status]}>{t(`calls.statuses.${status}`)}</Badge>;
}
