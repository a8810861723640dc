import type { listOpportunities, QueryInputOf } from '@talkturo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { money } from '../format.ts';
import { Badge, Card } from '../ui/surface.tsx';
import { opportunitiesQuery } from './crm.queries.ts';

/** The opportunities of a person or company; nothing when there are none. */
export function OpportunityList({ query }: { query: QueryInputOf<typeof listOpportunities> }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data } = useQuery(opportunitiesQuery(slug, { ...query, limit: 20 }));
  if (!data || data.opportunities.length === 0) return null;
  return (
    <Card
      title={t('nav.opportunities')}
      actions={
        <Link to="/home/$slug/opportunities" params={{ slug }} className="text-brand hover:underline">
          {t('opportunities.toBoard')}
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {data.opportunities.map((opportunity) => (
          <li key={opportunity.id} className="flex flex-wrap items-center justify-between gap-2 py-2 first:pt-0 last:pb-0">
            <span className="font-medium">{opportunity.name}</span>
            <span className="flex items-center gap-3">
              {opportunity.amount && <span className="tabular-nums">{money(opportunity.amount)}</span>}
              <Badge>{t(`opportunities.stages.${opportunity.stage}`)}</Badge>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
