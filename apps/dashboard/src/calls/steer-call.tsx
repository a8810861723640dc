import type { sendCallDigits } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { Grid3x3, PhoneForwarded } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/surface.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** What can be done to a call in progress, besides hanging up: connecting the caller with somebody, and pressing keys. */
export function SteerCall({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'transfer' | 'digits' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('transfer')}>
        <PhoneForwarded aria-hidden /> {t('calls.transfer')}
      </Button>
      <Button onClick={() => setOpen('digits')}>
        <Grid3x3 aria-hidden /> {t('calls.keys')}
      </Button>
      {open === 'transfer' && <TransferDialog callId={callId} onClose={close} />}
      {open === 'digits' && <KeysDialog callId={callId} onClose={close} />}
    </>
  );
}

interface DialogProps {
  callId: string;
  onClose: () => void;
}

/** Each key is sent as it is pressed, as on a telephone. */
function KeysDialog({ callId, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [sent, setSent] = useState('');
  const press = useMutation({
    mutationFn: (digits: string) => request<typeof sendCallDigits>('POST', `/api/calls/${callId}/digits`, { body: { digits } }),
    onSuccess: (_answer, digits) => setSent((before) => before + digits),
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('calls.keysTitle')} description={t('calls.keysAbout')}>
      <div className="flex flex-col gap-4">
        <fieldset className="grid grid-cols-3 gap-2">
          <legend className="sr-only">{t('calls.keys')}</legend>
          {KEYS.map((key) => (
            <Button key={key} disabled={press.isPending} aria-label={t('calls.pressKey', { key })} onClick={() => press.mutate(key)}>
              {key}
            </Button>
          ))}
        </fieldset>
        <p className="text-soft" aria-live="polite">
          {sent ? t('calls.keysSent', { keys: sent }) : t('calls.keysNone')}
        </p>
        {press.error && <Failure error={press.error} />}
      </div>
    </Dialog>
  );
}
