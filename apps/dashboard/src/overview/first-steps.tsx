import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { callsQuery } from '../calls/calls.queries.ts';
import { campaignsQuery } from '../campaigns/campaigns.queries.ts';
import { companiesQuery, contactsQuery } from '../crm/crm.queries.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { numbersQuery } from '../phone-numbers/phone-numbers.queries.ts';
import { Card } from '../ui/surface.tsx';

/** The way from nothing to a campaign; what is done is ticked, and when all is done it is gone. */
export function FirstSteps() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const assistants = useQuery(assistantsQuery(slug)).data?.assistants;
  const calls = useQuery(callsQuery(slug, { limit: 1 })).data;
  const numbers = useQuery(numbersQuery(slug, teamId)).data;
  const companies = useQuery(companiesQuery(slug, { limit: 1 })).data;
  const contacts = useQuery(contactsQuery(slug, { limit: 1 })).data;
  const campaigns = useQuery(campaignsQuery(slug)).data;
  if (!assistants || !calls || !numbers || !companies || !contacts || !campaigns) return null;
  const latest = assistants[0];
  const editor = latest
    ? ({ to: '/home/$slug/assistants/$assistantId', params: { slug, assistantId: latest.id } } as const)
    : ({ to: '/home/$slug/assistants', params: { slug } } as const);
  const steps = [
    { name: 'assistant', done: assistants.length > 0, link: { to: '/home/$slug/assistants', params: { slug } } },
    { name: 'business', done: assistants.some((one) => one.updated_at !== one.created_at), link: editor },
    { name: 'talk', done: calls.count > 0, link: { to: '/home/$slug/talk', params: { slug } } },
    { name: 'number', done: numbers.numbers.length > 0, link: { to: '/home/$slug/phone-numbers', params: { slug } } },
    { name: 'company', done: companies.count > 0, link: { to: '/home/$slug/companies', params: { slug } } },
    { name: 'contacts', done: contacts.count > 0, link: { to: '/home/$slug/contacts/import', params: { slug } } },
    { name: 'campaign', done: campaigns.campaigns.length > 0, link: { to: '/home/$slug/campaigns/new', params: { slug } } },
  ] as const;
  const next = steps.find((step) => !step.done);
  if (!next) return null;
  return (
    <Card title={t('overview.first')}>
      <ol className="grid gap-3 sm:grid-cols-2">
        {steps.map(({ name, done, link }) => (
          <li
            key={name}
            className={name === next.name ? 'flex items-start gap-3 rounded-lg bg-brand-wash p-2.5' : 'flex items-start gap-3 p-2.5'}
          >
            {done ? (
              <CircleCheck className="mt-0.5 size-5 shrink-0 text-good" aria-label={t('done')} />
            ) : (
              <Circle className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden />
            )}
            <div>
              <Link {...link} className="font-medium hover:underline">
                {t(`overview.steps.${name}.title`)}
              </Link>
              <p className="text-soft">{t(`overview.steps.${name}.about`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
