import type { createContact, updateContact } from '@talkturo/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { SwitchField } from '../ui/switch.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { type Contact, companiesQuery, customFieldsQuery } from './crm.queries.ts';
import { CustomFieldInputs, type CustomValue } from './custom-field-inputs.tsx';
import { draftName } from './draft-name.ts';
import { LEAD_STATUSES } from './lead-status.ts';

/** Makes a contact, or changes one. */
export function ContactForm({ contact, onClose, onSaved }: { contact: Contact | null; onClose: () => void; onSaved: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const { data: companies } = useQuery(companiesQuery(slug, { limit: 200 }));
  const { data: fields } = useQuery(customFieldsQuery(slug));
  const [form, setForm, clear, restored] = useDraft(draftName(slug, 'contact', contact), {
    customFields: (contact?.custom_fields ?? {}) as Record<string, CustomValue>,
    companyId: contact?.company_id ?? '',
    firstName: contact?.first_name ?? '',
    lastName: contact?.last_name ?? '',
    phone: contact?.phone ?? '',
    phoneSecondary: contact?.phone_secondary ?? '',
    email: contact?.email ?? '',
    jobTitle: contact?.job_title ?? '',
    timezone: contact?.timezone ?? '',
    leadStatus: contact?.lead_status ?? ('new' as const),
    tags: contact?.tags.join(', ') ?? '',
    notes: contact?.notes ?? '',
    doNotCall: contact?.do_not_call ?? false,
  });
  const companyId = form.companyId || companies?.companies[0]?.id || '';
  const save = useMutation({
    mutationFn: async () => {
      const { tags, companyId: _, ...rest } = form;
      const fields = {
        ...rest,
        companyId,
        phone: form.phone || null,
        phoneSecondary: form.phoneSecondary || null,
        email: form.email || null,
        jobTitle: form.jobTitle || null,
        timezone: form.timezone || null,
        notes: form.notes || null,
        tags: tags
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      };
      if (contact) await request<typeof updateContact>('PATCH', `/api/crm/contacts/${contact.id}`, { body: fields });
      else await request<typeof createContact>('POST', '/api/crm/contacts', { body: { teamId, ...fields } });
    },
    onSuccess: () => {
      clear();
      onSaved();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const field = (name: 'firstName' | 'lastName' | 'phone' | 'phoneSecondary' | 'email' | 'jobTitle' | 'timezone' | 'tags') => ({
    value: form[name],
    error: save.error instanceof ApiError ? save.error.of(name) : undefined,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog open onOpenChange={onClose} title={t(contact ? 'contacts.edit' : 'contacts.new')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <DraftNote restored={restored} onDiscard={clear} />
        <TextField label={t('contacts.firstName')} required maxLength={100} {...field('firstName')} />
        <TextField label={t('contacts.lastName')} required maxLength={100} {...field('lastName')} />
        <TextField label={t('contacts.phone')} type="tel" {...field('phone')} />
        <TextField label={t('contacts.phoneSecondary')} type="tel" {...field('phoneSecondary')} />
        <TextField label={t('sign.email')} type="email" {...field('email')} />
        <SelectField
          label={t('contacts.company')}
          hint={companies?.companies.length === 0 ? t('contacts.needCompany') : undefined}
          value={companyId}
          onChange={(event) => setForm({ ...form, companyId: event.target.value })}
          options={(companies?.companies ?? []).map((company) => ({ value: company.id, label: company.name }))}
        />
        <SelectField
          label={t('contacts.leadStatus')}
          value={form.leadStatus}
          onChange={(event) => setForm({ ...form, leadStatus: event.target.value as typeof form.leadStatus })}
          options={LEAD_STATUSES.map((value) => ({ value, label: t(`contacts.leads.${value}`) }))}
        />
        <TextField label={t('contacts.jobTitle')} {...field('jobTitle')} />
        <TextField label={t('contacts.timezone')} placeholder="Europe/Berlin" {...field('timezone')} />
        <TextField label={t('contacts.tags')} hint={t('contacts.tagsHint')} className="sm:col-span-2" {...field('tags')} />
        <CustomFieldInputs
          fields={(fields?.customFields ?? []).filter((one) => one.entity === 'contact')}
          values={form.customFields}
          onChange={(customFields) => setForm({ ...form, customFields })}
          errorOf={(path) => (save.error instanceof ApiError ? save.error.of(path) : undefined)}
        />
        <TextArea
          label={t('contacts.notes')}
          className="sm:col-span-2"
          value={form.notes}
          onChange={(event) => setForm({ ...form, notes: event.target.value })}
        />
        <div className="sm:col-span-2">
          <SwitchField
            label={t('contacts.doNotCall')}
            hint={t('contacts.doNotCallHint')}
            checked={form.doNotCall}
            onChange={(doNotCall) => setForm({ ...form, doNotCall })}
          />
        </div>
        {save.error && (
          <div className="sm:col-span-2">
            <Failure error={save.error} />
          </div>
        )}
        <Button kind="main" type="submit" className="sm:col-span-2" busy={save.isPending} disabled={!companyId}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
