import type { deleteContact } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';
import { ContactForm } from './contact-form.tsx';
import { contactsQuery } from './crm.queries.ts';
import { LEAD_STATUSES } from './lead-status.ts';

const LIMIT = 25;

export function Contacts() {
  const { slug } = useParams({ from: '/home/$slug/contacts' });
  const search = useSearch({ from: '/home/$slug/contacts' });
  const navigate = useNavigate({ from: '/home/$slug/contacts' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(
    contactsQuery(slug, {
      limit: LIMIT,
      offset: search.offset ?? 0,
      ...(search.search ? { search: search.search } : {}),
      ...(search.leadStatus ? { leadStatus: search.leadStatus } : {}),
    }),
  );
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'contacts'] });
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteContact>('DELETE', `/api/crm/contacts/${id}`),
    onSuccess: fresh,
    onError: (problem) => toast.error(problem.message),
  });
  const filter = (fields: Partial<typeof search>) =>
    navigate({ search: { ...search, offset: undefined, ...fields } as typeof search, replace: true });

  return (
    <Page
      title={t('nav.contacts')}
      about={t('contacts.about')}
      actions={
        <>
          <Link to="/home/$slug/contacts/import" params={{ slug }} className={buttonLook({ kind: 'plain' })}>
            <Upload aria-hidden /> {t('contacts.import')}
          </Link>
          <Button kind="main" onClick={() => setMaking(true)}>
            <Plus aria-hidden /> {t('contacts.new')}
          </Button>
        </>
      }
    >
      <search className="grid gap-3 sm:grid-cols-[2fr_1fr]">
        <TextField
          bare
          label={t('search')}
          type="search"
          placeholder={t('contacts.searchHint')}
          defaultValue={search.search}
          onChange={(event) => filter({ search: event.target.value })}
        />
        <SelectField
          bare
          label={t('contacts.leadStatus')}
          value={search.leadStatus ?? ''}
          onChange={(event) => filter({ leadStatus: event.target.value as never })}
          options={[
            { value: '', label: `${t('contacts.leadStatus')}: ${t('all')}` },
            ...LEAD_STATUSES.map((value) => ({ value, label: t(`contacts.leads.${value}`) })),
          ]}
        />
      </search>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.contacts.length === 0 && (
        <Empty title={search.search || search.leadStatus ? t('notFound') : t('contacts.empty')}>{t('contacts.emptyAbout')}</Empty>
      )}
      {data && data.contacts.length > 0 && (
        <>
          <Table
            label={t('nav.contacts')}
            rows={data.contacts}
            columns={[
              {
                title: t('name'),
                cell: (row) => (
                  <Link to="/home/$slug/contacts/$contactId" params={{ slug, contactId: row.id }} className="font-medium hover:underline">
                    {row.first_name} {row.last_name}
                  </Link>
                ),
              },
              { title: t('contacts.phone'), cell: (row) => <span className="tabular-nums">{row.phone ?? '–'}</span> },
              { title: t('contacts.company'), wide: true, cell: (row) => row.company_name },
              {
                title: t('contacts.leadStatus'),
                wide: true,
                cell: (row) => (
                  <span className="flex gap-1">
                    <Badge>{t(`contacts.leads.${row.lead_status}`)}</Badge>
                    {row.do_not_call && <Badge tone="danger">{t('contacts.doNotCall')}</Badge>}
                  </span>
                ),
              },
              { title: t('contacts.lastCall'), wide: true, cell: (row) => when(row.last_call_at) },
              {
                title: t('actions'),
                end: true,
                cell: (row) => (
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('delete')}: ${row.first_name} ${row.last_name}`}
                    onClick={async () =>
                      (await sure(t('contacts.deleteSure', { name: `${row.first_name} ${row.last_name}` }), t('delete'))) &&
                      remove.mutate(row.id)
                    }
                  >
                    <Trash2 aria-hidden />
                  </Button>
                ),
              },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={(offset) => filter({ offset })} />
        </>
      )}
      {making && <ContactForm contact={null} onClose={() => setMaking(false)} onSaved={fresh} />}
    </Page>
  );
}
