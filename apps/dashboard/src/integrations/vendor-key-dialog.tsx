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
import { accessOf, partsOf, setPart, type VendorPart } from './vendor-parts.ts';

type Keys = BodyInputOf<typeof setProviders>['providers'];

/** Sets or replaces the access to a vendor and asks the vendor at once whether it takes it. */
export function VendorKeyDialog({ vendor, onClose }: { vendor: Provider; onClose: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const parts = partsOf(vendor);
  const [written, setWritten] = useState<Record<string, string>>(() =>
    Object.fromEntries(parts.map((part) => [part.name, setPart(vendor, part)])),
  );
  const save = useMutation({
    mutationFn: async () => {
      const providers = { [vendor.provider]: accessOf(vendor, written) } as Keys;
      await request<typeof setProviders>('PUT', '/api/settings/providers', { body: { providers } });
      // The key is kept whatever the vendor says now: it may only be down.
      await checkKey(vendor.provider).catch((problem: Error) => toast.error(problem.message));
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: [slug] }),
  });
  const errorOf = (part: VendorPart) =>
    save.error instanceof ApiError ? save.error.of(`providers.${vendor.provider}.${part.name}`) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('integrations.setFor', { name: vendor.name })}>
      <form onSubmit={submit} className="flex flex-col gap-4" autoComplete="off">
        {parts.map((part, at) => (
          <PartField
            key={part.name}
            part={part}
            vendor={vendor}
            first={at === 0}
            value={written[part.name] ?? ''}
            error={errorOf(part)}
            onChange={(value) => setWritten({ ...written, [part.name]: value })}
          />
        ))}
        {/* What is said beside its field is not said again with the field's name in the request. */}
        {save.error && !parts.some(errorOf) && <Failure error={save.error} />}
        <Button kind="main" type="submit" busy={save.isPending}>
          {t('integrations.saveAndCheck')}
        </Button>
      </form>
    </Dialog>
  );
}

interface PartFieldProps {
  part: VendorPart;
  vendor: Provider;
  first: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function PartField({ part, vendor, first, value, error, onChange }: PartFieldProps) {
  const { t } = useTranslation();
  // Of a carrier the parts are set one by one: a secret that is left empty stays.
  const stays = part.needed === 'first' && vendor.source === 'account';
  const hint = part.secret && stays ? t('integrations.keyStays') : part.hint && t(`integrations.${part.hint}`, { name: vendor.name });
  return (
    <TextField
      label={t(`integrations.${part.label}`)}
      hint={hint}
      type={part.secret ? 'password' : part.name === 'base_url' ? 'url' : 'text'}
      // It is no password of this page: browsers are not to offer one, nor to keep it.
      autoComplete="off"
      data-1p-ignore
      spellCheck={false}
      placeholder={part.placeholder}
      error={error}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      required={part.needed !== 'never' && !stays}
      maxLength={part.maxLength}
      autoFocus={first}
    />
  );
}
