import type { createCampaign, listOutboundAssistants } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { companiesQuery } from '../crm/crm.queries.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { SwitchField } from '../ui/switch.tsx';

/** Makes a draft: nobody is called before it is started on its page, where the preflight says who would be. */
export function NewCampaign({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { slug } = useParams({ from: '/home/$slug/campaigns' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: companies } = useQuery(companiesQuery(slug, { limit: 200 }));
  const { data: assistants } = useQuery({
    queryKey: [slug, 'outbound-assistants'],
    queryFn: () =>
      request<typeof listOutboundAssistants>('GET', '/api/crm/outbound-assistants', { query: { accountSlug: slug, limit: 200 } }),
  });
  const [form, setForm] = useState({
    name: '',
    assistantId: '',
    companyId: '',
    callWindowStart: '09:00',
    callWindowEnd: '17:00',
    callWindowTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    useContactTimezoneForCallWindow: true,
    maxConcurrentCalls: 5,
    maxAttemptsPerContact: 3,
    voicemailAction: 'hangup' as 'hangup' | 'leave_message',
    voicemailMessage: '',
  });
  const assistantId = form.assistantId || assistants?.assistants[0]?.id || '';
  const companyId = form.companyId || companies?.companies[0]?.id || '';
  const create = useMutation({
    mutationFn: () => {
      const { voicemailMessage, ...rest } = form;
      return request<typeof createCampaign>('POST', '/api/crm/campaigns', {
        body: { teamId, ...rest, assistantId, companyId, ...(form.voicemailAction === 'leave_message' ? { voicemailMessage } : {}) },
      });
    },
    onSuccess: async ({ campaign }) => {
      await queries.invalidateQueries({ queryKey: [slug, 'campaigns'] });
      await navigate({ to: '/home/$slug/campaigns/$campaignId', params: { slug, campaignId: campaign.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const set = (fields: Partial<typeof form>) => setForm({ ...form, ...fields });
  const errorOf = (field: string) => (create.error instanceof ApiError ? create.error.of(field) : undefined);

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('campaigns.new')} description={t('campaigns.newAbout')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('name')}
          className="sm:col-span-2"
          required
          maxLength={200}
          value={form.name}
          error={errorOf('name')}
          onChange={(event) => set({ name: event.target.value })}
        />
        <SelectField
          label={t('calls.assistant')}
          hint={assistants?.assistants.length === 0 ? t('campaigns.needAssistant') : undefined}
          value={assistantId}
          onChange={(event) => set({ assistantId: event.target.value })}
          options={(assistants?.assistants ?? []).map((assistant) => ({ value: assistant.id, label: assistant.name }))}
        />
        <SelectField
          label={t('campaigns.audience')}
          hint={companies?.companies.length === 0 ? t('contacts.needCompany') : undefined}
          value={companyId}
          onChange={(event) => set({ companyId: event.target.value })}
          options={(companies?.companies ?? []).map((company) => ({
            value: company.id,
            label: `${company.name} (${company.contact_count})`,
          }))}
        />
        <TextField
          label={t('campaigns.from')}
          type="time"
          required
          value={form.callWindowStart}
          onChange={(event) => set({ callWindowStart: event.target.value })}
        />
        <TextField
          label={t('campaigns.until')}
          type="time"
          required
          value={form.callWindowEnd}
          onChange={(event) => set({ callWindowEnd: event.target.value })}
        />
        <TextField
          label={t('contacts.timezone')}
          className="sm:col-span-2"
          value={form.callWindowTimezone}
          error={errorOf('callWindowTimezone')}
          onChange={(event) => set({ callWindowTimezone: event.target.value })}
        />
        <div className="sm:col-span-2">
          <SwitchField
            label={t('campaigns.theirZone')}
            hint={t('campaigns.theirZoneHint')}
            checked={form.useContactTimezoneForCallWindow}
            onChange={(useContactTimezoneForCallWindow) => set({ useContactTimezoneForCallWindow })}
          />
        </div>
        <TextField
          label={t('campaigns.concurrent')}
          type="number"
          min={1}
          max={1000}
          value={form.maxConcurrentCalls}
          onChange={(event) => set({ maxConcurrentCalls: Number(event.target.value) })}
        />
        <TextField
          label={t('campaigns.attempts')}
          type="number"
          min={1}
          max={20}
          value={form.maxAttemptsPerContact}
          onChange={(event) => set({ maxAttemptsPerContact: Number(event.target.value) })}
        />
        <SelectField
          label={t('campaigns.voicemail')}
          className="sm:col-span-2"
          value={form.voicemailAction}
          onChange={(event) => set({ voicemailAction: event.target.value as typeof form.voicemailAction })}
          options={(['hangup', 'leave_message'] as const).map((value) => ({ value, label: t(`campaigns.voicemails.${value}`) }))}
        />
        {form.voicemailAction === 'leave_message' && (
          <TextArea
            label={t('campaigns.message')}
            className="sm:col-span-2"
            required
            maxLength={2000}
            value={form.voicemailMessage}
            error={errorOf('voicemailMessage')}
            onChange={(event) => set({ voicemailMessage: event.target.value })}
          />
        )}
        {create.error && (
          <div className="sm:col-span-2">
            <Failure error={create.error} />
          </div>
        )}
        <Button kind="main" type="submit" className="sm:col-span-2" busy={create.isPending} disabled={!assistantId || !companyId}>
          {t('campaigns.createDraft')}
        </Button>
      </form>
    </Dialog>
  );
}
