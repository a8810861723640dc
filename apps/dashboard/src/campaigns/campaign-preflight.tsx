import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { when } from '../format.ts';
import { Badge, Card, Failure, Loading } from '../ui/surface.tsx';
import { preflightQuery } from './campaigns.queries.ts';

/** What starting the campaign would do: how many are called, who is not and why, and when their windows open. */
export function Preflight({ slug, campaignId }: { slug: string; campaignId: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(preflightQuery(slug, campaignId));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  const { preflight } = data;
  return (
    <Card title={t('campaigns.preflight')}>
      <p className="font-medium">{t('campaigns.willCall', { count: preflight.will_be_called, total: preflight.total })}</p>
      {preflight.problems.map((problem) => (
        <p key={problem} className="mt-2 text-danger">
          {problem}
        </p>
      ))}
      {preflight.skipped.length > 0 && (
        <ul className="mt-2 text-soft">
          {preflight.skipped.map((skip) => (
            <li key={skip.reason}>
              {t(`campaigns.skips.${skip.reason}`)}: {skip.count}
            </li>
          ))}
        </ul>
      )}
      {preflight.zones.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1">
          {preflight.zones.map((zone) => (
            <li key={zone.time_zones.join()} className="flex flex-wrap items-center gap-2">
              <span>{zone.time_zones.join(', ')}</span>
              <span className="text-soft">{zone.contacts}</span>
              {zone.open_now ? (
                <Badge tone="good">{t('campaigns.openNow')}</Badge>
              ) : (
                <Badge>{zone.opens_at ? t('campaigns.opensAt', { when: when(zone.opens_at) }) : t('campaigns.neverOpen')}</Badge>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
