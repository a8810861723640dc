import type { deleteWebhook, listWebhooks, testWebhook, updateWebhook } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge, Empty, Failure, Loading } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { NewWebhook } from './new-webhook.tsx';

/** The webhooks of the account, or of one assistant. */
export function WebhookList({ assistantId }: { assistantId?: string }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [slug, 'webhooks', assistantId],
    queryFn: () => request<typeof listWebhooks>('GET', '/api/webhooks', { query: { limit: 200, ...(assistantId ? { assistantId } : {}) } }),
  });
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'webhooks'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteWebhook>('DELETE', `/api/webhooks/${id}`),
    onSuccess: fresh,
    onError: fail,
  });
  const enable = useMutation({
    mutationFn: (id: string) => request<typeof updateWebhook>('PATCH', `/api/webhooks/${id}`, { body: { enabled: true } }),
    onSuccess: fresh,
    onError: fail,
  });
  const test = useMutation({
    mutationFn: (id: string) => request<typeof testWebhook>('POST', `/api/webhooks/${id}/test`),
    onSuccess: ({ delivery }) => {
      if (delivery.status === 'delivered') toast.success(t('webhooks.tested', { status: delivery.last_status }));
      else toast.error(delivery.last_error ?? t('failed'));
    },
    onError: fail,
  });

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-soft">{t(assistantId ? 'webhooks.aboutAssistant' : 'webhooks.about')}</p>
        <Button kind="main" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> {t('webhooks.new')}
        </Button>
      </div>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.webhooks.length === 0 && <Empty title={t('webhooks.empty')} />}
      {data && data.webhooks.length > 0 && (
        <Table
          stack
          label={t('webhooks.title')}
          rows={data.webhooks}
          columns={[
            {
              title: t('webhooks.url'),
              cell: (row) => (
                <Link
                  to="/home/$slug/settings/webhooks/$webhookId"
                  params={{ slug, webhookId: row.id }}
                  className="break-all font-medium hover:underline"
                >
                  {row.url}
                </Link>
              ),
            },
            {
              title: t('status'),
              cell: (row) =>
                row.enabled ? (
                  <Badge tone={row.failing_since ? 'warn' : 'good'}>{t(row.failing_since ? 'webhooks.failing' : 'webhooks.on')}</Badge>
                ) : (
                  <Button size="small" onClick={() => enable.mutate(row.id)}>
                    {t('webhooks.enable')}
                  </Button>
                ),
            },
            { title: t('webhooks.events'), wide: true, cell: (row) => (row.events.length === 0 ? t('all') : row.events.join(', ')) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <span className="inline-flex gap-1">
                  <Button size="small" busy={test.isPending && test.variables === row.id} onClick={() => test.mutate(row.id)}>
                    <Send aria-hidden /> {t('webhooks.test')}
                  </Button>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('delete')}: ${row.url}`}
                    onClick={async () => (await sure(t('webhooks.deleteSure'), t('delete'))) && remove.mutate(row.id)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {making && <NewWebhook {...(assistantId ? { assistantId } : {})} onClose={() => setMaking(false)} onMade={fresh} />}
    </div>
  );
}
