import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { companiesQuery } from '../../crm/crm.queries.ts';
import { Choices, SelectField } from '../../ui/field.tsx';
import { ContactChoice } from './contact-choice.tsx';
import type { StepPart } from './step-part.ts';

/** Whose contacts are called: all of a company, or chosen ones. */
export function Audience({ plan, change, errorOf }: StepPart) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data } = useQuery(companiesQuery(slug, { limit: 200 }));
  const first = data?.companies[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the companies arrive
  useEffect(() => {
    if (first && !plan.companyId) change({ companyId: first });
  }, [first]);
  const company = data?.companies.find((one) => one.id === plan.companyId);
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('campaigns.audience')}
        className="max-w-xl"
        hint={data?.companies.length === 0 ? t('contacts.needCompany') : undefined}
        error={errorOf('companyId')}
        required
        value={plan.companyId}
        onChange={(event) => change({ companyId: event.target.value, contactIds: [] })}
        options={(data?.companies ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.contact_count})` }))}
      />
      <Choices
        label={t('campaigns.whom')}
        value={plan.audience}
        onChange={(audience) => change({ audience })}
        options={[
          { value: 'all', label: t('campaigns.allContacts', { count: company?.contact_count ?? 0 }) },
          { value: 'selected', label: t('campaigns.someContacts') },
        ]}
      />
      {plan.audience === 'selected' && plan.companyId && (
        <ContactChoice companyId={plan.companyId} chosen={plan.contactIds} onChange={(contactIds) => change({ contactIds })} />
      )}
    </div>
  );
}
