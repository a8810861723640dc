import type { placeCall } from '@talkturo/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { assistantsQuery } from '../assistants/assistants.queries.ts';

import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';

/** Lets an assistant call a number, or a contact. */
export function PlaceCall({ contact, onClose }: { contact?: { id: string; phone: string | null }; onClose: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(assistantsQuery(slug));
  const able = (data?.assistants ?? []).filter((assistant) => assistant.outbound_enabled);
  const [{ assistantId, toNumber }, setForm, clear, restored] = useDraft(`${slug}.call.${contact?.id ?? ''}`, {
    assistantId: '',
    toNumber: contact?.phone ?? '',
  });
  const place = useMutation({
    mutationFn: () =>
      request<typeof placeCall>('POST', '/api/calls', {
        body: { assistantId: assistantId || (able[0]?.id ?? ''), toNumber, ...(contact ? { contactId: contact.id } : {}) },
      }),
    onSuccess: ({ call }) => {
      clear();
      return navigate({ to: '/home/$slug/calls/$callId', params: { slug, callId: call.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    place.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('calls.newCall')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <DraftNote restored={restored} onDiscard={clear} />
        <SelectField
          label={t('calls.assistant')}
          hint={data && able.length === 0 ? t('campaigns.needAssistant') : undefined}
          value={assistantId}
          onChange={(event) => setForm({ assistantId: event.target.value, toNumber })}
          options={able.map((assistant) => ({ value: assistant.id, label: assistant.name }))}
        />
        <TextField
          label={t('calls.toNumber')}
          hint={t('calls.toNumberHint')}
          type="tel"
          required
          value={toNumber}
          onChange={(event) => setForm({ assistantId, toNumber: event.target.value })}
        />
        {place.error && <Failure error={place.error} />}
        <Button kind="main" type="submit" busy={place.isPending} disabled={able.length === 0}>
          {t('calls.place')}
        </Button>
      </form>
    </Dialog>
  );
}
