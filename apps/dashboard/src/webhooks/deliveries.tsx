import type { listDeliveries, resendDelivery } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';

const TONES = { pending: 'warn', delivered: 'good', failed: 'danger', cancelled: 'plain' } as const;

/** The delivery log of a webhook. */
export function Deliveries() {
  const { slug, webhookId } = useParams({ from: '/home/$slug/settings/webhooks/$webhookId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = [slug, 'deliveries', webhookId];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: () => request<typeof listDeliveries>('GET', `/api/webhooks/${webhookId}/deliveries`, { query: { limit: 100 } }),
    refetchInterval: 5_000,
  });
  const resend = useMutation({
    mutationFn: (eventId: string) => request<typeof resendDelivery>('POST', `/api/webhooks/${webhookId}/deliveries/${eventId}/resend`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (problem) => toast.error(problem.message),
  });
  return (
    <Page title={t('webhooks.deliveries')} about={t('webhooks.deliveriesAbout')}>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.deliveries.length === 0 && <Empty title={t('webhooks.noDeliveries')} />}
      {data && data.deliveries.length > 0 && (
        <Table
          stack
          label={t('webhooks.deliveries')}
          rows={data.deliveries.map((delivery) => ({ ...delivery, id: delivery.event_id }))}
          columns={[
            { title: t('created'), cell: (row) => when(row.created_at) },
            { title: t('webhooks.type'), cell: (row) => <code>{row.type}</code> },
            { title: t('status'), cell: (row) => <Badge tone={TONES[row.status]}>{row.status}</Badge> },
            { title: t('webhooks.answer'), wide: true, cell: (row) => row.last_error ?? row.last_status ?? '–' },
            { title: t('webhooks.attempts'), wide: true, cell: (row) => row.attempts },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <Button size="small" onClick={() => resend.mutate(row.event_id)}>
                  <RotateCcw aria-hidden /> {t('webhooks.resend')}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
