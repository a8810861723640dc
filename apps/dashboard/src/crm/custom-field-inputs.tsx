import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../ui/field.tsx';
import type { CustomField } from './crm.queries.ts';

export type CustomValue = string | number | boolean | null;

/** An input for each custom field, of its type; empty is no value. */
export function CustomFieldInputs({
  fields,
  values,
  onChange,
  errorOf,
}: {
  fields: readonly CustomField[];
  values: Readonly<Record<string, unknown>>;
  onChange: (values: Record<string, CustomValue>) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation();
  return fields.map((field) => {
    const value = values[field.key];
    const about = { label: field.name, error: errorOf(`customFields.${field.key}`) };
    const set = (next: CustomValue) => onChange({ ...(values as Record<string, CustomValue>), [field.key]: next });
    if (field.type === 'select' || field.type === 'boolean') {
      const options =
        field.type === 'select'
          ? field.options.map((option) => ({ value: option, label: option }))
          : [
              { value: 'true', label: t('yes') },
              { value: 'false', label: t('no') },
            ];
      return (
        <SelectField
          key={field.key}
          {...about}
          value={value === undefined || value === null ? '' : String(value)}
          onChange={(event) => {
            const chosen = event.target.value;
            set(chosen === '' ? null : field.type === 'boolean' ? chosen === 'true' : chosen);
          }}
          options={[{ value: '', label: '–' }, ...options]}
        />
      );
    }
    return (
      <TextField
        key={field.key}
        {...about}
        type={field.type}
        {...(field.type === 'number' ? { step: 'any' } : {})}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(event) =>
          set(event.target.value === '' ? null : field.type === 'number' ? Number(event.target.value) : event.target.value)
        }
      />
    );
  });
}
