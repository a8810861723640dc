import type { createWebhook } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { TextField } from '../ui/field.tsx';
import { Secret } from '../ui/secret.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { EVENT_TYPES, type EventType } from './event-types.ts';

const EMPTY = { url: '', events: [] as EventType[] };

/** Makes a webhook for all events or some; its secret is shown once. */
export function NewWebhook({ assistantId, onClose, onMade }: { assistantId?: string; onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation();
  const { slug } = useParams({ from: '/home/$slug' });
  const [{ url, events }, setForm, clear, restored] = useDraft(`${slug}.webhook.${assistantId ?? ''}`, EMPTY);
  const create = useMutation({
    mutationFn: () =>
      request<typeof createWebhook>('POST', '/api/webhooks', { body: { url, events, ...(assistantId ? { assistantId } : {}) } }),
    onSuccess: () => {
      clear();
      onMade();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('webhooks.new')}>
      {create.data ? (
        <div className="flex flex-col gap-3">
          <p className="text-soft">{t('webhooks.secretOnce')}</p>
          <Secret value={create.data.secret} />
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <DraftNote restored={restored} onDiscard={clear} />
          <TextField
            label={t('webhooks.url')}
            type="url"
            placeholder="https://example.com/hooks"
            required
            value={url}
            onChange={(event) => setForm({ url: event.target.value, events })}
            autoFocus
          />
          <fieldset>
            <legend className="font-medium">{t('webhooks.events')}</legend>
            <p className="text-[13px] text-soft">{t('webhooks.eventsHint')}</p>
            {EVENT_TYPES.map((type) => (
              <label key={type} className="flex min-h-8 cursor-pointer items-center gap-3">
                <input
                  type="checkbox"
                  className="size-4 accent-brand"
                  checked={events.includes(type)}
                  onChange={(event) =>
                    setForm({ url, events: event.target.checked ? [...events, type] : events.filter((one) => one !== type) })
                  }
                />
                <span>
                  {t(`webhooks.types.${type}`)} <code className="ml-1 text-[13px] text-soft">{type}</code>
                </span>
              </label>
            ))}
          </fieldset>
          {create.error && <Failure error={create.error} />}
          <Button kind="main" type="submit" busy={create.isPending}>
            {t('create')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
