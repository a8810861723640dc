import type { deleteCustomField } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { type CustomField, customFieldsQuery } from '../crm/crm.queries.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { CustomFieldDialog } from './custom-field-dialog.tsx';

/** The fields a workspace gives its contacts and companies beyond those everybody has. */
export function CustomFields() {
  const { slug } = useParams({ from: '/home/$slug/settings/custom-fields' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<CustomField | 'new' | null>(null);
  const { data, error, isPending, refetch } = useQuery(customFieldsQuery(slug));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'custom-fields'] });
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteCustomField>('DELETE', `/api/crm/custom-fields/${id}`),
    onSuccess: fresh,
    onError: (problem) => toast.error(problem.message),
  });
  return (
    <Page
      title={t('customFields.title')}
      about={t('customFields.about')}
      actions={
        <Button kind="main" onClick={() => setEditing('new')}>
          <Plus aria-hidden /> {t('customFields.new')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.customFields.length === 0 && <Empty title={t('customFields.empty')}>{t('customFields.emptyAbout')}</Empty>}
      {data && data.customFields.length > 0 && (
        <Table
          stack
          label={t('customFields.title')}
          rows={data.customFields}
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
              end: true,
              cell: (row) => (
                <span className="inline-flex gap-1">
                  <Button kind="quiet" size="icon" aria-label={`${t('edit')}: ${row.name}`} onClick={() => setEditing(row)}>
                    <Pencil aria-hidden />
                  </Button>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('delete')}: ${row.name}`}
                    onClick={async () =>
                      (await sure(t('customFields.deleteSure', { name: row.name }), t('delete'))) && remove.mutate(row.id)
                    }
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {editing && <CustomFieldDialog stored={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={fresh} />}
    </Page>
  );
}
