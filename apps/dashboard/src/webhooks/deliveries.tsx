import type { AnswerOf, listDeliveries, resendDelivery } from '@talkturo/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { Badge } from '../ui/surface.tsx';

const TONES = { pending: 'warn', delivered: 'good', failed: 'danger', cancelled: 'plain' } as const;
const LIMIT = 50;
const withId = (answer: AnswerOf<typeof listDeliveries>) => answer.deliveries.map((delivery) => ({ ...delivery, id: delivery.event_id }));

/** The delivery log of a webhook. */
export function Deliveries() {
  const { slug, webhookId } = useParams({ from: '/home/$slug/settings/webhooks/$webhookId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [offset, setOffset] = useState(0);
  const key = [slug, 'deliveries', webhookId];
  const query = useQuery({
    queryKey: [...key, offset],
    queryFn: () => request<typeof listDeliveries>('GET', `/api/webhooks/${webhookId}/deliveries`, { query: { limit: LIMIT, offset } }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
  const resend = useMutation({
    mutationFn: (eventId: string) => request<typeof resendDelivery>('POST', `/api/webhooks/${webhookId}/deliveries/${eventId}/resend`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (problem) => toast.error(problem.message),
  });
  return (
    <ListPage
      stack
      title={t('webhooks.deliveries')}
      about={t('webhooks.deliveriesAbout')}
      query={query}
      rows={withId}
      empty={{ title: t('webhooks.noDeliveries'), about: t('webhooks.noDeliveriesAbout') }}
      paging={{ limit: LIMIT, onOffset: setOffset }}
      columns={[
        { title: t('created'), cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('webhooks.type'),
          cell: (row) => <span title={row.type}>{t(`webhooks.types.${row.type as 'call.hangup'}`, row.type)}</span>,
        },
        { title: t('status'), cell: (row) => <Badge tone={TONES[row.status]}>{t(`webhooks.statuses.${row.status}`)}</Badge> },
        { title: t('webhooks.answer'), wide: true, cell: (row) => row.last_error ?? row.last_status ?? '–' },
        { title: t('webhooks.attempts'), wide: true, cell: (row) => row.attempts },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => (
            <Button
              size="small"
              busy={resend.isPending && resend.variables === row.event_id}
              aria-label={`${t('webhooks.resend')}: ${t(`webhooks.types.${row.type as 'call.hangup'}`, row.type)}, ${when(row.created_at)}`}
              onClick={() => resend.mutate(row.event_id)}
            >
              <RotateCcw aria-hidden /> {t('webhooks.resend')}
            </Button>
          ),
        },
      ]}
    />
  );
}
