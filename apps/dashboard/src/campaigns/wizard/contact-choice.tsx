import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactsQuery } from '../../crm/crm.queries.ts';
import { TextField } from '../../ui/field.tsx';
import { Badge, Failure, Loading } from '../../ui/surface.tsx';
import { Paging } from '../../ui/table.tsx';

const LIMIT = 25;

/** Contacts of a company with a tick each; those on other pages of the list stay chosen. */
export function ContactChoice({
  companyId,
  chosen,
  onChange,
}: {
  companyId: string;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const { data, error, isPending, refetch } = useQuery(
    contactsQuery(slug, { companyId, limit: LIMIT, offset, ...(search ? { search } : {}) }),
  );
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{t('campaigns.chosen', { count: chosen.length })}</legend>
      <TextField
        bare
        type="search"
        label={t('search')}
        className="max-w-sm"
        placeholder={t('contacts.searchHint')}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setOffset(0);
        }}
      />
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {data?.contacts.map((contact) => (
          <li key={contact.id}>
            <label className="flex cursor-pointer flex-wrap items-center gap-x-3 px-3 py-2 hover:bg-wash">
              <input
                type="checkbox"
                className="size-4 accent-brand"
                checked={chosen.includes(contact.id)}
                onChange={(event) => onChange(event.target.checked ? [...chosen, contact.id] : chosen.filter((id) => id !== contact.id))}
              />
              <span className="grow font-medium">
                {contact.first_name} {contact.last_name}
              </span>
              {contact.do_not_call && <Badge tone="danger">{t('contacts.doNotCall')}</Badge>}
              <span className="text-soft tabular-nums">{contact.phone ?? '–'}</span>
            </label>
          </li>
        ))}
      </ul>
      {data && <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={setOffset} />}
    </fieldset>
  );
}
