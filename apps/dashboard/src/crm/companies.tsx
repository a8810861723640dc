import type { deleteCompany } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { TextField } from '../ui/field.tsx';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';
import { CompanyForm } from './company-form.tsx';
import { type Company, companiesQuery } from './crm.queries.ts';

const LIMIT = 25;

export function Companies() {
  const { slug } = useParams({ from: '/home/$slug/companies' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(companiesQuery(slug, { limit: LIMIT, offset, ...(search ? { search } : {}) }));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'companies'] });
  const remove = useMutation({
    mutationFn: ({ id, contact_count }: Company) =>
      request<typeof deleteCompany>('DELETE', `/api/crm/companies/${id}`, {
        query: contact_count > 0 ? { deleteContacts: 'true' } : {},
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug] }),
    onError: (problem) => toast.error(problem.message),
  });
  const askToRemove = async (company: Company) => {
    const text = company.contact_count > 0 ? 'companies.deleteWithContacts' : 'companies.deleteSure';
    if (await sure(t(text, { name: company.name, count: company.contact_count }), t('delete'))) remove.mutate(company);
  };
  return (
    <Page
      title={t('nav.companies')}
      about={t('companies.about')}
      actions={
        <Button kind="main" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> {t('companies.new')}
        </Button>
      }
    >
      <TextField
        bare
        label={t('search')}
        type="search"
        className="max-w-sm"
        placeholder={t('search')}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setOffset(0);
        }}
      />
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.companies.length === 0 && <Empty title={search ? t('notFound') : t('companies.empty')} />}
      {data && data.companies.length > 0 && (
        <>
          <Table
            label={t('nav.companies')}
            rows={data.companies}
            columns={[
              {
                title: t('name'),
                cell: (row) => (
                  <Link to="/home/$slug/companies/$companyId" params={{ slug, companyId: row.id }} className="font-medium hover:underline">
                    {row.name}
                  </Link>
                ),
              },
              { title: t('nav.contacts'), cell: (row) => row.contact_count },
              { title: t('companies.industry'), wide: true, cell: (row) => row.industry ?? '–' },
              { title: t('companies.city'), wide: true, cell: (row) => row.city ?? '–' },
              { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
              {
                title: t('actions'),
                end: true,
                cell: (row) => (
                  <Button kind="quiet" size="icon" aria-label={`${t('delete')}: ${row.name}`} onClick={() => askToRemove(row)}>
                    <Trash2 aria-hidden />
                  </Button>
                ),
              },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={setOffset} />
        </>
      )}
      {making && <CompanyForm company={null} onClose={() => setMaking(false)} onSaved={fresh} />}
    </Page>
  );
}
