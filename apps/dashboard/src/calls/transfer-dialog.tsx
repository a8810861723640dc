import { TRANSFER_MODES, type transferCall } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Choices, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';

/** Connects the caller of a call in progress with somebody else. */
export function TransferDialog({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [toNumber, setNumber] = useState('');
  const [mode, setMode] = useState<(typeof TRANSFER_MODES)[number]>('blind');
  const [message, setMessage] = useState('');
  const [summary, setSummary] = useState('');
  const transfer = useMutation({
    mutationFn: () =>
      request<typeof transferCall>('POST', `/api/calls/${callId}/transfer`, {
        body: {
          toNumber: toNumber.trim(),
          mode,
          ...(message.trim() ? { message: message.trim() } : {}),
          ...(mode === 'attended' && summary.trim() ? { summary: summary.trim() } : {}),
        },
      }),
    onSuccess: async () => {
      toast.success(t('calls.transferring'));
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, 'calls'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    transfer.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('calls.transferTitle')} description={t('calls.transferAbout')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('calls.transferTo')}
          hint={t('calls.transferToHint')}
          type="tel"
          required
          value={toNumber}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Choices
          label={t('calls.transferMode')}
          value={mode}
          options={TRANSFER_MODES.map((value) => ({ value, label: t(`calls.transferModes.${value}`) }))}
          onChange={setMode}
        />
        {mode === 'attended' && (
          <TextField
            label={t('calls.transferSummary')}
            hint={t('calls.transferSummaryHint')}
            maxLength={500}
            value={summary}
            onChange={(event) => setSummary(event.target.value)}
          />
        )}
        <TextField
          label={t('calls.transferMessage')}
          hint={t('calls.transferMessageHint')}
          maxLength={500}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        {transfer.error && <Failure error={transfer.error} />}
        <Button kind="main" type="submit" busy={transfer.isPending}>
          {t('calls.transfer')}
        </Button>
      </form>
    </Dialog>
  );
}
