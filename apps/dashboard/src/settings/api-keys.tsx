import type { revokeApiKey } from '@talkturo/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { number, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction, RowActions } from '../ui/row-action.tsx';
import { Badge } from '../ui/surface.tsx';
import { useRemoval } from '../ui/use-removal.ts';
import { type ApiKey, apiKeysQuery } from './api-keys.queries.ts';
import { KeyDialog } from './key-dialog.tsx';

export function ApiKeys() {
  const { slug } = useParams({ from: '/home/$slug/settings/api-keys' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<ApiKey | 'new' | null>(null);
  const query = useQuery(apiKeysQuery(slug));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'api-keys'] });
  const scopeName = (scope: string) => {
    const [resource = '', right] = scope.split(':');
    return `${t(`keys.resources.${resource as 'calls'}`, resource)}: ${t(right === 'write' ? 'keys.write' : 'keys.read')}`;
  };
  const removal = useRemoval<ApiKey>({
    remove: ({ id }) => request<typeof revokeApiKey>('DELETE', `/api/api-keys/${id}`),
    question: ({ name }) => t('keys.revokeSure', { name }),
    action: t('keys.revoke'),
    stale: [slug, 'api-keys'],
  });
  const make = (
    <Button kind="main" onClick={() => setEditing('new')}>
      <Plus aria-hidden /> {t('keys.new')}
    </Button>
  );

  return (
    <ListPage
      stack
      title={t('keys.title')}
      about={t('keys.about')}
      actions={make}
      query={query}
      rows={(answer) => answer.apiKeys}
      empty={{ title: t('keys.empty'), about: t('keys.emptyAbout'), action: make }}
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
                <Badge key={scope}>{scope === '*' ? t('keys.everything') : scopeName(scope)}</Badge>
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
          quiet: true,
          end: true,
          cell: (row) => (
            <RowActions>
              <RowAction icon={Pencil} name={t('edit')} of={row.name} onClick={() => setEditing(row)} />
              <Button kind="danger" size="small" aria-label={`${t('keys.revoke')}: ${row.name}`} onClick={() => removal.ask(row)}>
                {t('keys.revoke')}
              </Button>
            </RowActions>
          ),
        },
      ]}
    >
      {editing && <KeyDialog stored={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={fresh} />}
    </ListPage>
  );
}
