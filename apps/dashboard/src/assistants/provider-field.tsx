import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';

/** A choice of providers that says what the chosen one needs. */
export function ProviderField<P extends string>({
  value,
  options,
  onChange,
  error,
}: {
  value: P;
  options: readonly P[];
  onChange: (provider: P) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('assistants.provider')}
      value={value}
      error={error}
      hint={t(value === 'local' ? 'assistants.localNote' : 'assistants.keyNote')}
      onChange={(event) => onChange(event.target.value as P)}
      options={options.map((option) => ({ value: option, label: option }))}
    />
  );
}
