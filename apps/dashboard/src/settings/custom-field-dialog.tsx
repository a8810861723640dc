import type { createCustomField, updateCustomField } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import type { CustomField } from '../crm/crm.queries.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';

const TYPES = ['text', 'number', 'date', 'select', 'boolean'] as const satisfies readonly CustomField['type'][];
const ENTITIES = ['contact', 'company'] as const satisfies readonly CustomField['entity'][];

/** Defines a field, or renames one; whose it is, its key and its type are fixed from then on. */
export function CustomFieldDialog({ stored, onClose, onSaved }: { stored: CustomField | null; onClose: () => void; onSaved: () => void }) {
  const { slug } = useParams({ from: '/home/$slug/settings/custom-fields' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const [form, setForm, clear, restored] = useDraft(`${slug}.custom-field.${stored?.id ?? 'new'}`, {
    name: stored?.name ?? '',
    key: stored?.key ?? '',
    entity: stored?.entity ?? ('contact' as CustomField['entity']),
    type: stored?.type ?? ('text' as CustomField['type']),
    options: stored?.options.join('\n') ?? '',
  });
  const save = useMutation({
    mutationFn: async () => {
      const { name, key, entity, type } = form;
      const lines = form.options.split('\n').map((line) => line.trim());
      const options = type === 'select' ? { options: lines.filter(Boolean) } : {};
      if (stored) await request<typeof updateCustomField>('PATCH', `/api/crm/custom-fields/${stored.id}`, { body: { name, ...options } });
      else {
        await request<typeof createCustomField>('POST', '/api/crm/custom-fields', {
          body: { teamId, entity, name, type, ...(key ? { key } : {}), ...options },
        });
      }
    },
    onSuccess: () => {
      clear();
      onSaved();
      onClose();
    },
  });
  const errorOf = (field: string) => (save.error instanceof ApiError ? save.error.of(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t(stored ? 'customFields.edit' : 'customFields.new')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <DraftNote restored={restored} onDiscard={clear} />
        <SelectField
          label={t('customFields.entity')}
          disabled={stored !== null}
          value={form.entity}
          onChange={(event) => setForm({ ...form, entity: event.target.value as CustomField['entity'] })}
          options={ENTITIES.map((value) => ({ value, label: t(`customFields.entities.${value}`) }))}
        />
        <SelectField
          label={t('customFields.type')}
          disabled={stored !== null}
          value={form.type}
          onChange={(event) => setForm({ ...form, type: event.target.value as CustomField['type'] })}
          options={TYPES.map((value) => ({ value, label: t(`customFields.types.${value}`) }))}
        />
        <TextField
          label={t('name')}
          required
          maxLength={100}
          error={errorOf('name')}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
        <TextField
          label={t('customFields.key')}
          hint={stored ? undefined : t('customFields.keyHint')}
          disabled={stored !== null}
          pattern="[a-z][a-z0-9_]*"
          maxLength={50}
          error={errorOf('key')}
          value={form.key}
          onChange={(event) => setForm({ ...form, key: event.target.value })}
        />
        {form.type === 'select' && (
          <TextArea
            label={t('customFields.options')}
            hint={t('customFields.optionsHint')}
            className="sm:col-span-2"
            required
            error={errorOf('options')}
            value={form.options}
            onChange={(event) => setForm({ ...form, options: event.target.value })}
          />
        )}
        {save.error && (
          <div className="sm:col-span-2">
            <Failure error={save.error} />
          </div>
        )}
        <Button kind="main" type="submit" className="sm:col-span-2" busy={save.isPending}>
          {t(stored ? 'save' : 'create')}
        </Button>
      </form>
    </Dialog>
  );
}
