import type { deleteCampaign } from '@talkturo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { number, when } from '../format.ts';
import { buttonLook } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction } from '../ui/row-action.tsx';
import { useFilters } from '../ui/use-filters.ts';
import { useRemoval } from '../ui/use-removal.ts';
import { CampaignStatus } from './campaign-status.tsx';
import { type Campaign, campaignsQuery } from './campaigns.queries.ts';

const LIMIT = 25;
const DELETABLE = ['draft', 'completed', 'cancelled'];

export function Campaigns() {
  const { slug } = useParams({ from: '/home/$slug/campaigns' });
  const { filters, onOffset } = useFilters<{ offset?: number }>();
  const { t } = useTranslation();
  const query = useQuery(campaignsQuery(slug, { limit: LIMIT, ...filters }));
  const removal = useRemoval<Campaign>({
    remove: ({ id }) => request<typeof deleteCampaign>('DELETE', `/api/crm/campaigns/${id}`),
    question: ({ name }) => t('campaigns.deleteSure', { name }),
    stale: [slug, 'campaigns'],
  });
  const make = (
    <Link to="/home/$slug/campaigns/new" params={{ slug }} className={buttonLook({ kind: 'main' })}>
      <Plus aria-hidden /> {t('campaigns.new')}
    </Link>
  );
  return (
    <ListPage
      stack
      title={t('nav.campaigns')}
      about={t('campaigns.about')}
      actions={make}
      query={query}
      rows={(answer) => answer.campaigns}
      empty={{ title: t('campaigns.empty'), about: t('campaigns.emptyAbout'), action: make }}
      paging={{ limit: LIMIT, onOffset }}
      columns={[
        {
          title: t('name'),
          cell: (row) => (
            <Link to="/home/$slug/campaigns/$campaignId" params={{ slug, campaignId: row.id }} className="font-medium hover:underline">
              {row.name}
            </Link>
          ),
        },
        { title: t('status'), cell: (row) => <CampaignStatus status={row.status} /> },
        {
          title: t('campaigns.progress'),
          cell: (row) => (
            <span className="flex items-center gap-3">
              <progress
                className="h-1.5 w-20 max-md:hidden"
                aria-label={`${t('campaigns.progress')}: ${row.name}`}
                value={row.contacts_completed}
                max={Math.max(1, row.total_contacts)}
              />
              <span className="whitespace-nowrap tabular-nums">
                {number(row.contacts_completed)} / {number(row.total_contacts)}
              </span>
            </span>
          ),
        },
        {
          title: t('campaigns.answered'),
          wide: true,
          cell: (row) => <span className="tabular-nums">{number(row.contacts_answered)}</span>,
        },
        { title: t('created'), wide: true, cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => (
            <RowAction
              icon={Trash2}
              name={t('delete')}
              of={row.name}
              disabled={!DELETABLE.includes(row.status)}
              onClick={() => removal.ask(row)}
            />
          ),
        },
      ]}
    />
  );
}
