import type { createOpportunity, deleteOpportunity, updateOpportunity } from '@talkturo/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { companiesQuery, contactsQuery, type Opportunity } from './crm.queries.ts';
import { draftName } from './draft-name.ts';
import { STAGES, type Stage } from './stages.ts';

/** Makes an opportunity, changes one, or takes it away. */
export function OpportunityForm({
  opportunity,
  onClose,
  onSaved,
}: {
  opportunity: Opportunity | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const [form, setForm, clear, restored] = useDraft(draftName(slug, 'opportunity', opportunity), {
    name: opportunity?.name ?? '',
    stage: opportunity?.stage ?? ('new' as Stage),
    amount: opportunity?.amount ?? '',
    probability: opportunity?.probability?.toString() ?? '',
    expectedCloseDate: opportunity?.expected_close_date ?? '',
    companyId: opportunity?.company_id ?? '',
    contactId: opportunity?.contact_id ?? '',
    notes: opportunity?.notes ?? '',
  });
  const { data: companies } = useQuery(companiesQuery(slug, { limit: 200 }));
  const { data: people } = useQuery(contactsQuery(slug, { limit: 200, ...(form.companyId ? { companyId: form.companyId } : {}) }));
  const done = () => {
    clear();
    onSaved();
    onClose();
  };
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        name: form.name,
        stage: form.stage,
        amount: form.amount || null,
        probability: form.probability === '' ? null : Number(form.probability),
        expectedCloseDate: form.expectedCloseDate || null,
        companyId: form.companyId || null,
        contactId: form.contactId || null,
        notes: form.notes || null,
      };
      if (opportunity) await request<typeof updateOpportunity>('PATCH', `/api/crm/opportunities/${opportunity.id}`, { body });
      else await request<typeof createOpportunity>('POST', '/api/crm/opportunities', { body: { teamId, ...body } });
    },
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteOpportunity>('DELETE', `/api/crm/opportunities/${id}`),
    onSuccess: done,
  });
  const problem = save.error ?? remove.error;
  const field = (name: keyof typeof form) => ({
    value: form[name],
    error: save.error instanceof ApiError ? save.error.of(name) : undefined,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t(opportunity ? 'opportunities.edit' : 'opportunities.new')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <DraftNote restored={restored} onDiscard={clear} />
        <TextField label={t('name')} required maxLength={200} autoFocus className="sm:col-span-2" {...field('name')} />
        <SelectField
          label={t('opportunities.stage')}
          {...field('stage')}
          options={STAGES.map((value) => ({ value, label: t(`opportunities.stages.${value}`) }))}
        />
        <TextField
          label={t('opportunities.amount')}
          inputMode="decimal"
          pattern="\d{1,12}(\.\d{1,2})?"
          placeholder="1200.50"
          {...field('amount')}
        />
        <TextField label={t('opportunities.probability')} type="number" min={0} max={100} {...field('probability')} />
        <TextField label={t('opportunities.closes')} type="date" {...field('expectedCloseDate')} />
        <SelectField
          label={t('contacts.company')}
          {...field('companyId')}
          onChange={(event) => setForm({ ...form, companyId: event.target.value, contactId: '' })}
          options={[{ value: '', label: t('none') }, ...(companies?.companies ?? []).map((one) => ({ value: one.id, label: one.name }))]}
        />
        <SelectField
          label={t('opportunities.contact')}
          {...field('contactId')}
          options={[
            { value: '', label: t('none') },
            ...(people?.contacts ?? []).map((one) => ({ value: one.id, label: `${one.first_name} ${one.last_name}` })),
          ]}
        />
        <TextArea label={t('contacts.notes')} className="sm:col-span-2" {...field('notes')} />
        {problem && (
          <div className="sm:col-span-2">
            <Failure error={problem} />
          </div>
        )}
        <div className="flex flex-wrap gap-2 sm:col-span-2">
          <Button kind="main" type="submit" className="grow" busy={save.isPending}>
            {t(opportunity ? 'save' : 'create')}
          </Button>
          {opportunity && (
            <Button
              kind="danger"
              busy={remove.isPending}
              onClick={async () =>
                (await sure(t('opportunities.deleteSure', { name: opportunity.name }), t('delete'))) && remove.mutate(opportunity.id)
              }
            >
              <Trash2 aria-hidden /> {t('delete')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
