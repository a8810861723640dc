import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/surface.tsx';
import type { Campaign } from './campaigns.queries.ts';

const TONES = { draft: 'plain', scheduled: 'warn', running: 'brand', paused: 'warn', completed: 'good', cancelled: 'danger' } as const;

export function CampaignStatus({ status }: { status: Campaign['status'] }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[status]}>{t(`campaigns.statuses.${status}`)}</Badge>;
}
