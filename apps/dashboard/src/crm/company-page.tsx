import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge, Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';
import { CompanyForm } from './company-form.tsx';
import { companyQuery, contactsQuery } from './crm.queries.ts';
import { CustomFacts } from './custom-facts.tsx';
import { OpportunityList } from './opportunity-list.tsx';

const LIMIT = 25;

export function CompanyPage() {
  const { slug, companyId } = useParams({ from: '/home/$slug/companies/$companyId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [offset, setOffset] = useState(0);
  const { data, error, isPending, refetch } = useQuery(companyQuery(slug, companyId));
  const { data: people } = useQuery(contactsQuery(slug, { companyId, limit: LIMIT, offset }));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  const { company } = data;
  const place = [
    company.address_line1,
    company.address_line2,
    [company.postal_code, company.city].filter(Boolean).join(' '),
    company.state,
    company.country,
  ];
  return (
    <Page
      title={company.name}
      about={company.industry}
      actions={
        <Button onClick={() => setEditing(true)}>
          <Pencil aria-hidden /> {t('edit')}
        </Button>
      }
    >
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('facts')}>
          <Facts
            facts={[
              [t('companies.fields.website'), company.website],
              [t('companies.fields.phone'), company.phone],
              [t('companies.fields.companySize'), company.company_size],
              [t('companies.address'), place.filter(Boolean).join(', ') || null],
              [t('created'), when(company.created_at)],
              [t('contacts.notes'), company.notes && <span className="whitespace-pre-wrap">{company.notes}</span>],
            ]}
          />
        </Card>
        <Card title={t('customFields.title')}>
          <CustomFacts entity="company" values={company.custom_fields} />
        </Card>
      </div>
      <OpportunityList query={{ companyId }} />
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">
          {t('nav.contacts')} <span className="font-normal text-soft">{company.contact_count}</span>
        </h2>
        {people?.contacts.length === 0 && <p className="text-soft">{t('contacts.empty')}</p>}
        {people && people.contacts.length > 0 && (
          <>
            <Table
              label={t('nav.contacts')}
              rows={people.contacts}
              columns={[
                {
                  title: t('name'),
                  cell: (row) => (
                    <Link to="/home/$slug/contacts/$contactId" params={{ slug, contactId: row.id }} className="font-medium hover:underline">
                      {row.first_name} {row.last_name}
                    </Link>
                  ),
                },
                { title: t('contacts.phone'), cell: (row) => row.phone ?? '–' },
                { title: t('contacts.jobTitle'), wide: true, cell: (row) => row.job_title ?? '–' },
                { title: t('contacts.leadStatus'), wide: true, cell: (row) => <Badge>{t(`contacts.leads.${row.lead_status}`)}</Badge> },
              ]}
            />
            <Paging count={people.count} limit={LIMIT} offset={people.offset} onOffset={setOffset} />
          </>
        )}
      </section>
      {editing && (
        <CompanyForm company={company} onClose={() => setEditing(false)} onSaved={() => queries.invalidateQueries({ queryKey: [slug] })} />
      )}
    </Page>
  );
}
