import type { createCompany, deleteCompany } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, request } from '../api.ts';
import { when } from '../format.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';
import { companiesQuery } from './crm.queries.ts';

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
    mutationFn: (id: string) => request<typeof deleteCompany>('DELETE', `/api/crm/companies/${id}`),
    onSuccess: fresh,
    onError: (problem) => toast.error(problem.message),
  });
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
              { title: t('name'), cell: (row) => <span className="font-medium">{row.name}</span> },
              { title: t('nav.contacts'), cell: (row) => row.contact_count },
              { title: t('companies.industry'), wide: true, cell: (row) => row.industry ?? '–' },
              { title: t('companies.city'), wide: true, cell: (row) => row.city ?? '–' },
              { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
              {
                title: t('actions'),
                end: true,
                cell: (row) => (
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('delete')}: ${row.name}`}
                    onClick={() => confirm(t('companies.deleteSure', { name: row.name })) && remove.mutate(row.id)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                ),
              },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={setOffset} />
        </>
      )}
      <NewCompany open={making} onOpenChange={setMaking} onMade={fresh} />
    </Page>
  );
}

function NewCompany({ open, onOpenChange, onMade }: { open: boolean; onOpenChange: (open: boolean) => void; onMade: () => void }) {
  const { slug } = useParams({ from: '/home/$slug/companies' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const [form, setForm] = useState({ name: '', website: '', industry: '', city: '', country: '' });
  const create = useMutation({
    mutationFn: () => {
      const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== '')) as { name: string };
      return request<typeof createCompany>('POST', '/api/crm/companies', { body: { teamId, ...given } });
    },
    onSuccess: () => {
      onMade();
      onOpenChange(false);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const field = (name: keyof typeof form) => ({
    value: form[name],
    error: create.error instanceof ApiError ? create.error.of(name) : undefined,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('companies.new')}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('name')} required maxLength={200} className="sm:col-span-2" {...field('name')} />
        <TextField label={t('companies.website')} {...field('website')} />
        <TextField label={t('companies.industry')} {...field('industry')} />
        <TextField label={t('companies.city')} {...field('city')} />
        <TextField label={t('numbers.country')} placeholder="US" maxLength={2} {...field('country')} />
        {create.error && (
          <div className="sm:col-span-2">
            <Failure error={create.error} />
          </div>
        )}
        <Button kind="main" type="submit" className="sm:col-span-2" busy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Dialog>
  );
}
