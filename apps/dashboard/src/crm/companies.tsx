import type { deleteCompany } from '@talkturo/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { number, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction } from '../ui/row-action.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useFilters } from '../ui/use-filters.ts';
import { useRemoval } from '../ui/use-removal.ts';
import { CompanyForm } from './company-form.tsx';
import { type Company, companiesQuery } from './crm.queries.ts';

const LIMIT = 25;

export function Companies() {
  const { slug } = useParams({ from: '/home/$slug/companies' });
  const { filters, set, onOffset, onClear } = useFilters<{ search?: string; offset?: number }>();
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const query = useQuery(companiesQuery(slug, { limit: LIMIT, ...filters }));
  const removal = useRemoval<Company>({
    remove: ({ id, contact_count }) =>
      request<typeof deleteCompany>('DELETE', `/api/crm/companies/${id}`, { query: contact_count > 0 ? { deleteContacts: 'true' } : {} }),
    question: ({ name, contact_count }) =>
      t(contact_count > 0 ? 'companies.deleteWithContacts' : 'companies.deleteSure', { name, count: contact_count }),
    stale: [slug],
  });
  const make = (
    <Button kind="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> {t('companies.new')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.companies')}
      about={t('companies.about')}
      actions={make}
      filters={
        <SearchField
          label={t('search')}
          placeholder={t('companies.searchHint')}
          value={filters.search ?? ''}
          onSearch={(search) => set({ search })}
        />
      }
      query={query}
      rows={(answer) => answer.companies}
      empty={{ title: t('companies.empty'), about: t('companies.emptyAbout'), action: make }}
      onClear={onClear}
      paging={{ limit: LIMIT, onOffset }}
      columns={[
        {
          title: t('name'),
          cell: (row) => (
            <Link to="/home/$slug/companies/$companyId" params={{ slug, companyId: row.id }} className="font-medium hover:underline">
              {row.name}
            </Link>
          ),
        },
        { title: t('nav.contacts'), cell: (row) => <span className="tabular-nums">{number(row.contact_count)}</span> },
        { title: t('companies.industry'), wide: true, cell: (row) => row.industry ?? '–' },
        { title: t('companies.city'), wide: true, cell: (row) => row.city ?? '–' },
        { title: t('created'), wide: true, cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => <RowAction icon={Trash2} name={t('delete')} of={row.name} onClick={() => removal.ask(row)} />,
        },
      ]}
    >
      {making && (
        <CompanyForm
          company={null}
          onClose={() => setMaking(false)}
          onSaved={() => queries.invalidateQueries({ queryKey: [slug, 'companies'] })}
        />
      )}
    </ListPage>
  );
}
