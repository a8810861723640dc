import type { createCompany, updateCompany } from '@talkturo/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { type Company, customFieldsQuery } from './crm.queries.ts';
import { CustomFieldInputs, type CustomValue } from './custom-field-inputs.tsx';
import { draftName } from './draft-name.ts';

const FIELDS = {
  website: 'website',
  industry: 'industry',
  companySize: 'company_size',
  phone: 'phone',
  addressLine1: 'address_line1',
  addressLine2: 'address_line2',
  postalCode: 'postal_code',
  city: 'city',
  state: 'state',
  country: 'country',
} as const;
type Name = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Name[];

/** Makes a company, or changes one. */
export function CompanyForm({ company, onClose, onSaved }: { company: Company | null; onClose: () => void; onSaved: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const { data: fields } = useQuery(customFieldsQuery(slug));
  const [draft, setDraft, clear, restored] = useDraft(draftName(slug, 'company', company), {
    name: company?.name ?? '',
    notes: company?.notes ?? '',
    form: Object.fromEntries(NAMES.map((field) => [field, company?.[FIELDS[field]] ?? ''])) as Record<Name, string>,
    customFields: (company?.custom_fields ?? {}) as Record<string, CustomValue>,
  });
  const { name, notes, form, customFields } = draft;
  const save = useMutation({
    mutationFn: async () => {
      const texts = Object.fromEntries(NAMES.map((field) => [field, form[field] || null])) as Record<
        Exclude<Name, 'country'>,
        string | null
      >;
      const body = { name, ...texts, country: (form.country.toUpperCase() || null) as never, notes: notes || null, customFields };
      if (company) await request<typeof updateCompany>('PATCH', `/api/crm/companies/${company.id}`, { body });
      else await request<typeof createCompany>('POST', '/api/crm/companies', { body: { teamId, ...body } });
    },
    onSuccess: () => {
      clear();
      onSaved();
      onClose();
    },
  });
  const errorOf = (path: string) => (save.error instanceof ApiError ? save.error.of(path) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t(company ? 'companies.edit' : 'companies.new')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <DraftNote restored={restored} onDiscard={clear} />
        <TextField
          label={t('name')}
          required
          maxLength={200}
          className="sm:col-span-2"
          error={errorOf('name')}
          value={name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        {NAMES.map((field) => (
          <TextField
            key={field}
            label={t(`companies.fields.${field}`)}
            {...(field === 'country' ? { maxLength: 2, placeholder: 'US' } : {})}
            {...(field === 'phone' ? { type: 'tel' } : {})}
            value={form[field]}
            error={errorOf(field)}
            onChange={(event) => setDraft({ ...draft, form: { ...form, [field]: event.target.value } })}
          />
        ))}
        <CustomFieldInputs
          fields={(fields?.customFields ?? []).filter((one) => one.entity === 'company')}
          values={customFields}
          onChange={(customFields) => setDraft({ ...draft, customFields })}
          errorOf={errorOf}
        />
        <TextArea
          label={t('contacts.notes')}
          className="sm:col-span-2"
          value={notes}
          onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
        />
        {save.error && (
          <div className="sm:col-span-2">
            <Failure error={save.error} />
          </div>
        )}
        <Button kind="main" type="submit" className="sm:col-span-2" busy={save.isPending}>
          {t(company ? 'save' : 'create')}
        </Button>
      </form>
    </Dialog>
  );
}
