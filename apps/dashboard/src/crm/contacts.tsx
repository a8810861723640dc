import type { deleteContact } from '@talkturo/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction } from '../ui/row-action.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Badge } from '../ui/surface.tsx';
import { useFilters } from '../ui/use-filters.ts';
import { useRemoval } from '../ui/use-removal.ts';
import { ContactForm } from './contact-form.tsx';
import { type Contact, contactsQuery } from './crm.queries.ts';
import { LEAD_STATUSES, type LeadStatus } from './lead-status.ts';

const LIMIT = 25;
const nameOf = (contact: Contact) => `${contact.first_name} ${contact.last_name}`;

export function Contacts() {
  const { slug } = useParams({ from: '/home/$slug/contacts' });
  const { filters, set, onOffset, onClear } = useFilters<{ search?: string; leadStatus?: LeadStatus; offset?: number }>();
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const query = useQuery(contactsQuery(slug, { limit: LIMIT, ...filters }));
  const removal = useRemoval<Contact>({
    remove: ({ id }) => request<typeof deleteContact>('DELETE', `/api/crm/contacts/${id}`),
    question: (contact) => t('contacts.deleteSure', { name: nameOf(contact) }),
    stale: [slug, 'contacts'],
  });
  const make = (
    <Button kind="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> {t('contacts.new')}
    </Button>
  );
  const upload = (
    <Link to="/home/$slug/contacts/import" params={{ slug }} className={buttonLook({ kind: 'plain' })}>
      <Upload aria-hidden /> {t('contacts.import')}
    </Link>
  );
  return (
    <ListPage
      title={t('nav.contacts')}
      about={t('contacts.about')}
      actions={[upload, make]}
      filters={
        <>
          <SearchField
            label={t('search')}
            placeholder={t('contacts.searchHint')}
            value={filters.search ?? ''}
            onSearch={(search) => set({ search })}
          />
          <SelectField
            bare
            label={t('contacts.leadStatus')}
            className="max-sm:col-span-2"
            value={filters.leadStatus ?? ''}
            onChange={(event) => set({ leadStatus: event.target.value as LeadStatus })}
            options={[
              { value: '', label: `${t('contacts.leadStatus')}: ${t('all')}` },
              ...LEAD_STATUSES.map((value) => ({ value, label: t(`contacts.leads.${value}`) })),
            ]}
          />
        </>
      }
      query={query}
      rows={(answer) => answer.contacts}
      empty={{
        title: t('contacts.empty'),
        about: t('contacts.emptyAbout'),
        action: <span className="flex flex-wrap gap-2">{[upload, make]}</span>,
      }}
      onClear={onClear}
      paging={{ limit: LIMIT, onOffset }}
      selection={{
        nameOf,
        actions: (rows, clear) => (
          <Button
            kind="danger"
            size="small"
            busy={removal.busy}
            onClick={() => removal.askAll(rows, t('contacts.deleteManySure', { count: rows.length }), clear)}
          >
            <Trash2 aria-hidden /> {t('delete')}
          </Button>
        ),
      }}
      columns={[
        {
          title: t('name'),
          cell: (row) => (
            <Link to="/home/$slug/contacts/$contactId" params={{ slug, contactId: row.id }} className="font-medium hover:underline">
              {nameOf(row)}
            </Link>
          ),
        },
        { title: t('contacts.phone'), cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.phone ?? '–'}</span> },
        { title: t('contacts.company'), wide: true, cell: (row) => row.company_name },
        {
          title: t('contacts.leadStatus'),
          wide: true,
          cell: (row) => (
            <span className="flex flex-wrap gap-1">
              <Badge>{t(`contacts.leads.${row.lead_status}`)}</Badge>
              {row.do_not_call && <Badge tone="danger">{t('contacts.doNotCall')}</Badge>}
            </span>
          ),
        },
        { title: t('contacts.lastCall'), wide: true, cell: (row) => <span className="whitespace-nowrap">{when(row.last_call_at)}</span> },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => <RowAction icon={Trash2} name={t('delete')} of={nameOf(row)} onClick={() => removal.ask(row)} />,
        },
      ]}
    >
      {making && (
        <ContactForm
          contact={null}
          onClose={() => setMaking(false)}
          onSaved={() => queries.invalidateQueries({ queryKey: [slug, 'contacts'] })}
        />
      )}
    </ListPage>
  );
}
