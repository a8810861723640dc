import type { BodyInputOf, setProviders } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { checkKey, type Provider } from './integrations.queries.ts';

type Keys = BodyInputOf<typeof setProviders>['providers'];

/** Sets or replaces the key of a vendor and asks the vendor at once whether it takes it. */
export function VendorKeyDialog({ vendor, onClose }: { vendor: Provider; onClose: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const own = vendor.provider === 'openai-compatible';
  const carrier = vendor.provider === 'telnyx';
  // Of a carrier the parts are set one by one: what is left empty stays.
  const keeps = carrier && vendor.source === 'account';
  const [publicKey, setPublicKey] = useState(vendor.public_key ?? '');
  const [key, setKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(vendor.base_url ?? '');
  const [model, setModel] = useState(vendor.model ?? '');
  const save = useMutation({
    mutationFn: async () => {
      const given = key.trim() ? { api_key: key } : {};
      const parts = own ? { base_url: baseUrl, model } : carrier ? { public_key: publicKey.trim() || null } : {};
      const access = { ...parts, ...given };
      await request<typeof setProviders>('PUT', '/api/settings/providers', { body: { providers: { [vendor.provider]: access } as Keys } });
      // The key is kept whatever the vendor says now: it may only be down.
      await checkKey(vendor.provider).catch((problem: Error) => toast.error(problem.message));
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: [slug] }),
  });
  const errorOf = (field: string) => (save.error instanceof ApiError ? save.error.of(`providers.${vendor.provider}.${field}`) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('integrations.setFor', { name: vendor.name })}>
      <form onSubmit={submit} className="flex flex-col gap-4" autoComplete="off">
        {own && (
          <>
            <TextField
              label={t('integrations.baseUrl')}
              hint={t('integrations.baseUrlHint')}
              type="url"
              placeholder="https://models.example.com/v1"
              error={errorOf('base_url')}
              value={baseUrl}
              onChange={(event) => setBaseUrl(event.target.value)}
              required
              maxLength={2000}
              autoFocus
            />
            <TextField
              label={t('integrations.model')}
              error={errorOf('model')}
              value={model}
              onChange={(event) => setModel(event.target.value)}
              required
              maxLength={200}
            />
          </>
        )}
        <TextField
          label={t('integrations.key')}
          hint={own ? t('integrations.keyOptional') : t(keeps ? 'integrations.keyStays' : 'integrations.keyHint', { name: vendor.name })}
          type="password"
          // It is no password of this page: browsers are not to offer one, nor to keep it.
          autoComplete="off"
          data-1p-ignore
          spellCheck={false}
          error={errorOf('api_key')}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          required={!own && !keeps}
          autoFocus={!own}
        />
        {carrier && (
          <TextField
            label={t('integrations.publicKey')}
            hint={t('integrations.publicKeyHint')}
            error={errorOf('public_key')}
            value={publicKey}
            onChange={(event) => setPublicKey(event.target.value)}
            spellCheck={false}
            maxLength={100}
          />
        )}
        {save.error && <Failure error={save.error} />}
        <Button kind="main" type="submit" busy={save.isPending}>
          {t('integrations.saveAndCheck')}
        </Button>
      </form>
    </Dialog>
  );
}
