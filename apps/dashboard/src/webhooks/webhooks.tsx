import type { createWebhook, deleteWebhook, getPublicKey, listWebhooks, testWebhook, updateWebhook } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Send, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Secret } from '../ui/secret.tsx';
import { Badge, Card, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';

export function Webhooks() {
  const { slug } = useParams({ from: '/home/$slug/settings/webhooks' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [slug, 'webhooks'],
    queryFn: () => request<typeof listWebhooks>('GET', '/api/webhooks'),
  });
  const { data: key } = useQuery({
    queryKey: [slug, 'public-key'],
    queryFn: () => request<typeof getPublicKey>('GET', '/api/webhooks/public-key'),
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
    <Page
      title={t('webhooks.title')}
      about={t('webhooks.about')}
      actions={
        <Button kind="main" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> {t('webhooks.new')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.webhooks.length === 0 && <Empty title={t('webhooks.empty')} />}
      {data && data.webhooks.length > 0 && (
        <Table
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
      {key && (
        <Card title={t('webhooks.publicKey')}>
          <p className="mb-2 text-soft">{t('webhooks.publicKeyAbout')}</p>
          <Secret value={key.public_key} />
        </Card>
      )}
      <NewWebhook open={making} onOpenChange={setMaking} onMade={fresh} />
    </Page>
  );
}

function NewWebhook({ open, onOpenChange, onMade }: { open: boolean; onOpenChange: (open: boolean) => void; onMade: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const create = useMutation({
    mutationFn: () => request<typeof createWebhook>('POST', '/api/webhooks', { body: { url } }),
    onSuccess: onMade,
  });
  const close = (wanted: boolean) => {
    onOpenChange(wanted);
    if (!wanted) create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={close} title={t('webhooks.new')}>
      {create.data ? (
        <div className="flex flex-col gap-3">
          <p className="text-soft">{t('webhooks.secretOnce')}</p>
          <Secret value={create.data.secret} />
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label={t('webhooks.url')}
            type="url"
            placeholder="https://example.com/hooks"
            required
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            autoFocus
          />
          {create.error && <Failure error={create.error} />}
          <Button kind="main" type="submit" busy={create.isPending}>
            {t('create')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
