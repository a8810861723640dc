import type { createApiKey, updateApiKey } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DraftNote } from '../ui/draft-note.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Secret } from '../ui/secret.tsx';
import { Failure } from '../ui/surface.tsx';
import { useDraft } from '../ui/use-draft.ts';
import type { ApiKey } from './api-keys.queries.ts';
import { KeyScopes } from './key-scopes.tsx';

const DAY_MS = 86_400_000;
const LIVES = ['never', '30', '90', '365'] as const;

/** Makes a key, shown once, or changes what one may do. */
export function KeyDialog({ stored, onClose, onSaved }: { stored: ApiKey | null; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation();
  const { slug } = useParams({ from: '/home/$slug' });
  const [form, setForm, clear, restored] = useDraft(`${slug}.api-key.${stored?.id ?? 'new'}`, {
    name: stored?.name ?? '',
    scopes: stored?.scopes ?? ['*'],
    limit: String(stored?.rate_limit_per_hour ?? 1000),
    life: stored ? 'keep' : 'never',
  });
  const { name, scopes, limit, life } = form;
  const save = useMutation({
    mutationFn: async (): Promise<string | null> => {
      const expires_at = life === 'never' ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString();
      const body = { name, scopes, rate_limit_per_hour: Number(limit), ...(life === 'keep' ? {} : { expires_at }) };
      if (!stored) return (await request<typeof createApiKey>('POST', '/api/api-keys', { body })).fullKey;
      await request<typeof updateApiKey>('PATCH', `/api/api-keys/${stored.id}`, { body });
      return null;
    },
    onSuccess: (fullKey) => {
      clear();
      onSaved();
      if (!fullKey) onClose();
    },
  });
  const errorOf = (field: string) => (save.error instanceof ApiError ? save.error.of(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  if (save.data) {
    return (
      <Dialog open onOpenChange={onClose} title={t('keys.new')}>
        <div className="flex flex-col gap-3">
          <p className="text-soft">{t('keys.shownOnce')}</p>
          <Secret value={save.data} />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={t(stored ? 'keys.change' : 'keys.new')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <DraftNote restored={restored} onDiscard={clear} />
        <TextField
          label={t('name')}
          hint={t('keys.nameHint')}
          error={errorOf('name')}
          value={name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          required
          maxLength={100}
          autoFocus
        />
        <KeyScopes scopes={scopes} onChange={(wanted) => setForm({ ...form, scopes: [...wanted] })} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('keys.limit')}
            hint={t('keys.limitHint')}
            type="number"
            min={0}
            max={10_000_000}
            required
            error={errorOf('rate_limit_per_hour')}
            value={limit}
            onChange={(event) => setForm({ ...form, limit: event.target.value })}
          />
          <SelectField
            label={t('keys.expires')}
            value={life}
            onChange={(event) => setForm({ ...form, life: event.target.value })}
            options={[
              ...(stored ? [{ value: 'keep', label: t('keys.keepExpiry') }] : []),
              ...LIVES.map((value) => ({ value, label: value === 'never' ? t('keys.never') : t('keys.inDays', { count: Number(value) }) })),
            ]}
          />
        </div>
        {save.error && <Failure error={save.error} />}
        <Button kind="main" type="submit" busy={save.isPending} disabled={scopes.length === 0}>
          {t(stored ? 'save' : 'keys.generate')}
        </Button>
      </form>
    </Dialog>
  );
}
