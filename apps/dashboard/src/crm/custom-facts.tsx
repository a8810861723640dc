import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { day } from '../format.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { type CustomField, customFieldsQuery } from './crm.queries.ts';

/** The custom fields of a contact or company with their values. */
export function CustomFacts({ entity, values }: { entity: CustomField['entity']; values: Readonly<Record<string, unknown>> }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data } = useQuery(customFieldsQuery(slug));
  const fields = (data?.customFields ?? []).filter((field) => field.entity === entity);
  const shown = (field: CustomField): string => {
    const value = values[field.key];
    if (value === undefined || value === null) return '–';
    if (field.type === 'boolean') return t(value ? 'yes' : 'no');
    return field.type === 'date' ? day(String(value)) : String(value);
  };
  if (fields.length === 0) return <p className="text-soft">{t('customFields.empty')}</p>;
  return <Facts facts={fields.map((field): Fact => [field.name, shown(field)])} />;
}
