import type { deleteCampaign } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { CampaignStatus } from './campaign-status.tsx';
import { campaignsQuery } from './campaigns.queries.ts';

const DELETABLE = ['draft', 'completed', 'cancelled'];

export function Campaigns() {
  const { slug } = useParams({ from: '/home/$slug/campaigns' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(campaignsQuery(slug));
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteCampaign>('DELETE', `/api/crm/campaigns/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, 'campaigns'] }),
    onError: (problem) => toast.error(problem.message),
  });
  return (
    <Page
      title={t('nav.campaigns')}
      about={t('campaigns.about')}
      actions={
        <Link to="/home/$slug/campaigns/new" params={{ slug }} className={buttonLook({ kind: 'main' })}>
          <Plus aria-hidden /> {t('campaigns.new')}
        </Link>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.campaigns.length === 0 && <Empty title={t('campaigns.empty')}>{t('campaigns.emptyAbout')}</Empty>}
      {data && data.campaigns.length > 0 && (
        <Table
          stack
          label={t('nav.campaigns')}
          rows={data.campaigns}
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
            { title: t('campaigns.progress'), cell: (row) => `${row.contacts_completed} / ${row.total_contacts}` },
            { title: t('campaigns.answered'), wide: true, cell: (row) => row.contacts_answered },
            { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <Button
                  kind="quiet"
                  size="icon"
                  disabled={!DELETABLE.includes(row.status)}
                  aria-label={`${t('delete')}: ${row.name}`}
                  onClick={async () => (await sure(t('campaigns.deleteSure', { name: row.name }), t('delete'))) && remove.mutate(row.id)}
                >
                  <Trash2 aria-hidden />
                </Button>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
