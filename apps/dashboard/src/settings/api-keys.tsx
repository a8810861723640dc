import type { createApiKey, listApiKeys, revokeApiKey } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Copy, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';

export function ApiKeys() {
  const { slug } = useParams({ from: '/home/$slug/settings/api-keys' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [slug, 'api-keys'],
    queryFn: () => request<typeof listApiKeys>('GET', '/api/api-keys'),
  });
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'api-keys'] });
  const revoke = useMutation({
    mutationFn: (id: string) => request<typeof revokeApiKey>('DELETE', `/api/api-keys/${id}`),
    onSuccess: fresh,
    onError: (problem) => toast.error(problem.message),
  });

  return (
    <Page
      title={t('keys.title')}
      about={t('keys.about')}
      actions={
        <Button kind="main" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> {t('keys.new')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.apiKeys.length === 0 && <Empty title={t('keys.empty')} />}
      {data && data.apiKeys.length > 0 && (
        <Table
          label={t('keys.title')}
          rows={data.apiKeys}
          columns={[
            { title: t('name'), cell: (row) => <span className="font-medium">{row.name}</span> },
            { title: t('keys.prefix'), wide: true, cell: (row) => <code>{row.prefix}…</code> },
            { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
            { title: t('keys.lastUsed'), wide: true, cell: (row) => (row.last_used_at ? when(row.last_used_at) : t('keys.never')) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <Button
                  kind="danger"
                  size="small"
                  onClick={() => confirm(t('keys.revokeSure', { name: row.name })) && revoke.mutate(row.id)}
                >
                  {t('keys.revoke')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <NewKey open={making} onOpenChange={setMaking} onMade={fresh} />
    </Page>
  );
}

function NewKey({ open, onOpenChange, onMade }: { open: boolean; onOpenChange: (open: boolean) => void; onMade: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => request<typeof createApiKey>('POST', '/api/api-keys', { body: { name } }),
    onSuccess: onMade,
  });
  const close = (wanted: boolean) => {
    onOpenChange(wanted);
    if (!wanted) {
      create.reset();
      setName('');
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(create.data?.fullKey ?? '');
    toast.success(t('copied'));
  };
  return (
    <Dialog open={open} onOpenChange={close} title={t('keys.new')}>
      {create.data ? (
        <div className="flex flex-col gap-3">
          <p className="text-soft">{t('keys.shownOnce')}</p>
          <code className="break-all rounded-md bg-wash p-3">{create.data.fullKey}</code>
          <Button kind="main" onClick={copy}>
            <Copy aria-hidden /> {t('copy')}
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label={t('name')}
            hint={t('keys.nameHint')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={100}
            autoFocus
          />
          {create.error && <Failure error={create.error} />}
          <Button kind="main" type="submit" busy={create.isPending}>
            {t('keys.generate')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
