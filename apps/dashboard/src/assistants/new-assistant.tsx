import type { createAssistant } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';

const TEMPLATES = ['inbound-support', 'outbound-setter', 'follow-up', 'custom'] as const;
const EMPTY = { name: '', templateId: 'inbound-support' as (typeof TEMPLATES)[number] };

/** A name and a template make an assistant; its editor follows. */
export function NewAssistant({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { slug } = useParams({ from: '/home/$slug/assistants' });
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form, setForm, clear, restored] = useDraft(`${slug}.new-assistant`, EMPTY);
  const create = useMutation({
    mutationFn: () => request<typeof createAssistant>('POST', '/api/assistants', { body: { accountSlug: slug, ...form } }),
    onSuccess: async ({ assistant }) => {
      clear();
      await queries.invalidateQueries({ queryKey: [slug, 'assistants'] });
      await navigate({ to: '/home/$slug/assistants/$assistantId', params: { slug, assistantId: assistant.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('assistants.new')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <DraftNote restored={restored} onDiscard={clear} />
        <TextField
          label={t('name')}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          required
          maxLength={200}
          autoFocus
        />
        <SelectField
          label={t('assistants.template')}
          value={form.templateId}
          onChange={(event) => setForm({ ...form, templateId: event.target.value as typeof form.templateId })}
          options={TEMPLATES.map((value) => ({ value, label: t(`assistants.templates.${value}`) }))}
        />
        {create.error && <Failure error={create.error} />}
        <Button kind="main" type="submit" busy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Dialog>
  );
}
