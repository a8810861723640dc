import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../ui/field.tsx';

/** A name within the fallback's provider: its model, its voice. */
interface FallbackName {
  label: string;
  value: string | null | undefined;
  error: string | undefined;
  /** null where the field is left empty. */
  onChange: (name: string | null) => void;
}

/** Who takes over when the vendor of a stage fails in a call; folded away until somebody is named, or something is wrong with it. */
export function FallbackFields<P extends string>({
  provider,
  options,
  onProvider,
  error,
  names,
  children,
}: {
  /** null and undefined: the server's own choice. */
  provider: P | null | undefined;
  options: readonly P[];
  onProvider: (provider: P | null) => void;
  error: string | undefined;
  /** Asked for once a provider is chosen: without one they say nothing. */
  names: readonly FallbackName[];
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [named] = useState(Boolean(provider));
  const wrong = error !== undefined || names.some((name) => name.error !== undefined);
  return (
    <details open={named || wrong} className="rounded-xl border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">
        {t('assistants.fallback.title')} <span className="font-normal text-soft">· {provider || t('assistants.fallback.server')}</span>
      </summary>
      <div className="flex flex-col gap-5 pt-4">
        <div className="grid gap-5 md:grid-cols-2">
          <SelectField
            label={t('assistants.fallback.provider')}
            hint={t('assistants.fallback.about')}
            value={provider ?? ''}
            error={error}
            onChange={(event) => onProvider((event.target.value || null) as P | null)}
            options={[
              { value: '', label: t('assistants.fallback.server') },
              ...options.map((option) => ({ value: option as string, label: option })),
            ]}
          />
          {provider &&
            names.map((name) => (
              <TextField
                key={name.label}
                label={name.label}
                placeholder={t('assistants.fallback.default')}
                maxLength={200}
                value={name.value ?? ''}
                error={name.error}
                onChange={(event) => name.onChange(event.target.value.trim() === '' ? null : event.target.value)}
              />
            ))}
        </div>
        {children}
      </div>
    </details>
  );
}
