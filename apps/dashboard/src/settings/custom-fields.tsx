import type { deleteCustomField } from '@talkturo/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { type CustomField, customFieldsQuery } from '../crm/crm.queries.ts';
import { Button } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction, RowActions } from '../ui/row-action.tsx';
import { Badge } from '../ui/surface.tsx';
import { useRemoval } from '../ui/use-removal.ts';
import { CustomFieldDialog } from './custom-field-dialog.tsx';

/** The fields a workspace gives its contacts and companies beyond those everybody has. */
export function CustomFields() {
  const { slug } = useParams({ from: '/home/$slug/settings/custom-fields' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<CustomField | 'new' | null>(null);
  const query = useQuery(customFieldsQuery(slug));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'custom-fields'] });
  const removal = useRemoval<CustomField>({
    remove: ({ id }) => request<typeof deleteCustomField>('DELETE', `/api/crm/custom-fields/${id}`),
    question: ({ name }) => t('customFields.deleteSure', { name }),
    stale: [slug, 'custom-fields'],
  });
  const make = (
    <Button kind="main" onClick={() => setEditing('new')}>
      <Plus aria-hidden /> {t('customFields.new')}
    </Button>
  );
  return (
    <ListPage
      stack
      title={t('customFields.title')}
      about={t('customFields.about')}
      actions={make}
      query={query}
      rows={(answer) => answer.customFields}
      empty={{ title: t('customFields.empty'), about: t('customFields.emptyAbout'), action: make }}
      columns={[
        {
          title: t('name'),
          cell: (row) => (
            <span>
              <span className="font-medium">{row.name}</span>
              <code className="block break-all text-[13px] text-soft">{`{{${row.entity}.custom.${row.key}}}`}</code>
            </span>
          ),
        },
        { title: t('customFields.entity'), cell: (row) => <Badge>{t(`customFields.entities.${row.entity}`)}</Badge> },
        { title: t('customFields.type'), cell: (row) => t(`customFields.types.${row.type}`) },
        { title: t('customFields.options'), wide: true, cell: (row) => row.options.join(', ') || '–' },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => (
            <RowActions>
              <RowAction icon={Pencil} name={t('edit')} of={row.name} onClick={() => setEditing(row)} />
              <RowAction icon={Trash2} name={t('delete')} of={row.name} onClick={() => removal.ask(row)} />
            </RowActions>
          ),
        },
      ]}
    >
      {editing && <CustomFieldDialog stored={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={fresh} />}
    </ListPage>
  );
}
