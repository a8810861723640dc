import type { cloneAssistant, deleteAssistant } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Copy, Mic, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction, RowActions } from '../ui/row-action.tsx';
import { Badge } from '../ui/surface.tsx';
import { useRemoval } from '../ui/use-removal.ts';
import { assistantsQuery } from './assistants.queries.ts';
import { NewAssistant } from './new-assistant.tsx';

export function Assistants() {
  const { slug } = useParams({ from: '/home/$slug/assistants' });
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const query = useQuery(assistantsQuery(slug));
  const queries = useQueryClient();
  const stale = [slug, 'assistants'];
  const clone = useMutation({
    mutationFn: (id: string) => request<typeof cloneAssistant>('POST', `/api/assistants/${id}/clone`, { body: { accountSlug: slug } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: stale }),
    onError: (problem) => toast.error(problem.message),
  });
  const removal = useRemoval<{ id: string; name: string }>({
    remove: ({ id }) => request<typeof deleteAssistant>('DELETE', `/api/assistants/${id}`),
    question: ({ name }) => t('assistants.deleteSure', { name }),
    stale,
  });
  const make = (
    <Button kind="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> {t('assistants.new')}
    </Button>
  );
  return (
    <ListPage
      title={t('assistants.title')}
      about={t('assistants.about')}
      actions={make}
      query={query}
      rows={(answer) => answer.assistants}
      empty={{ title: t('assistants.empty'), about: t('assistants.emptyAbout'), action: make }}
      columns={[
        {
          title: t('name'),
          cell: (row) => (
            <Link to="/home/$slug/assistants/$assistantId" params={{ slug, assistantId: row.id }} className="font-medium hover:underline">
              {row.name}
            </Link>
          ),
        },
        {
          title: t('assistants.model'),
          wide: true,
          cell: (row) => <Badge>{row.provider === 'local' ? t('assistants.local') : row.model}</Badge>,
        },
        {
          title: t('assistants.voice'),
          wide: true,
          cell: (row) => row.voice_name ?? (row.voice_provider === 'local' ? t('assistants.local') : row.voice_provider),
        },
        { title: t('created'), wide: true, cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => (
            <RowActions>
              <Link
                to="/home/$slug/talk"
                params={{ slug }}
                search={{ assistant: row.id }}
                className={buttonLook({ kind: 'quiet', size: 'icon' })}
                aria-label={`${t('assistants.talk')}: ${row.name}`}
                title={t('assistants.talk')}
              >
                <Mic aria-hidden />
              </Link>
              <RowAction
                icon={Copy}
                name={t('assistants.clone')}
                of={row.name}
                disabled={clone.isPending}
                onClick={() => clone.mutate(row.id)}
              />
              <RowAction icon={Trash2} name={t('delete')} of={row.name} onClick={() => removal.ask(row)} />
            </RowActions>
          ),
        },
      ]}
    >
      <NewAssistant open={making} onOpenChange={setMaking} />
    </ListPage>
  );
}
