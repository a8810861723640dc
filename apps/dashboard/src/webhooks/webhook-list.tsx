import type { deleteWebhook, listWebhooks, testWebhook, updateWebhook } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Send, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { List } from '../ui/list.tsx';
import { RowAction, RowActions } from '../ui/row-action.tsx';
import { Badge, Page } from '../ui/surface.tsx';
import { useRemoval } from '../ui/use-removal.ts';
import { NewWebhook } from './new-webhook.tsx';

/** The webhooks of the account as a page with what else belongs there, or those of one assistant. */
export function WebhookList({ assistantId, children }: { assistantId?: string; children?: ReactNode }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const query = useQuery({
    queryKey: [slug, 'webhooks', assistantId],
    queryFn: () => request<typeof listWebhooks>('GET', '/api/webhooks', { query: { limit: 200, ...(assistantId ? { assistantId } : {}) } }),
  });
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'webhooks'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const removal = useRemoval<{ id: string }>({
    remove: ({ id }) => request<typeof deleteWebhook>('DELETE', `/api/webhooks/${id}`),
    question: () => t('webhooks.deleteSure'),
    stale: [slug, 'webhooks'],
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

  const make = (
    <Button kind="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> {t('webhooks.new')}
    </Button>
  );
  const list = (
    <>
      <List
        stack
        label={t('webhooks.title')}
        query={query}
        rows={(answer) => answer.webhooks}
        empty={{ title: t('webhooks.empty'), about: t('webhooks.emptyAbout'), action: make }}
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
          {
            title: t('webhooks.events'),
            wide: true,
            cell: (row) =>
              row.events.length === 0 ? t('all') : row.events.map((type) => t(`webhooks.types.${type as 'call.hangup'}`, type)).join(', '),
          },
          {
            title: t('actions'),
            quiet: true,
            end: true,
            cell: (row) => (
              <RowActions>
                <Button size="small" busy={test.isPending && test.variables === row.id} onClick={() => test.mutate(row.id)}>
                  <Send aria-hidden /> {t('webhooks.test')}
                </Button>
                <RowAction icon={Trash2} name={t('delete')} of={row.url} onClick={() => removal.ask(row)} />
              </RowActions>
            ),
          },
        ]}
      />
      {making && <NewWebhook {...(assistantId ? { assistantId } : {})} onClose={() => setMaking(false)} onMade={fresh} />}
    </>
  );
  if (!assistantId) {
    return (
      <Page title={t('webhooks.title')} about={t('webhooks.about')} actions={make}>
        {list}
        {children}
      </Page>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-soft">{t('webhooks.aboutAssistant')}</p>
        {make}
      </div>
      {list}
    </div>
  );
}
