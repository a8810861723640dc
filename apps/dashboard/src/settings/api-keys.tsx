import type { revokeApiKey } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { number, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { type ApiKey, apiKeysQuery } from './api-keys.queries.ts';
import { KeyDialog } from './key-dialog.tsx';

export function ApiKeys() {
  const { slug } = useParams({ from: '/home/$slug/settings/api-keys' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<ApiKey | 'new' | null>(null);
  const { data, error, isPending, refetch } = useQuery(apiKeysQuery(slug));
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
        <Button kind="main" onClick={() => setEditing('new')}>
          <Plus aria-hidden /> {t('keys.new')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.apiKeys.length === 0 && <Empty title={t('keys.empty')}>{t('keys.about')}</Empty>}
      {data && data.apiKeys.length > 0 && (
        <Table
          stack
          label={t('keys.title')}
          rows={data.apiKeys}
          columns={[
            {
              title: t('name'),
              cell: (row) => (
                <span>
                  <span className="font-medium">{row.name}</span>
                  <code className="block text-[13px] text-soft">{row.prefix}…</code>
                </span>
              ),
            },
            {
              title: t('keys.scopes'),
              wide: true,
              cell: (row) => (
                <span className="flex flex-wrap gap-1">
                  {row.scopes.map((scope) => (
                    <Badge key={scope}>{scope === '*' ? t('keys.everything') : scope}</Badge>
                  ))}
                </span>
              ),
            },
            {
              title: t('keys.limit'),
              wide: true,
              cell: (row) => (row.rate_limit_per_hour === 0 ? t('none') : number(row.rate_limit_per_hour)),
            },
            { title: t('keys.lastUsed'), wide: true, cell: (row) => (row.last_used_at ? when(row.last_used_at) : t('keys.never')) },
            { title: t('keys.expires'), wide: true, cell: (row) => (row.expires_at ? when(row.expires_at) : t('keys.never')) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <span className="inline-flex gap-1">
                  <Button kind="quiet" size="icon" aria-label={`${t('edit')}: ${row.name}`} onClick={() => setEditing(row)}>
                    <Pencil aria-hidden />
                  </Button>
                  <Button
                    kind="danger"
                    size="small"
                    onClick={async () => (await sure(t('keys.revokeSure', { name: row.name }), t('keys.revoke'))) && revoke.mutate(row.id)}
                  >
                    {t('keys.revoke')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {editing && <KeyDialog stored={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={fresh} />}
    </Page>
  );
}
