import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../ui/field.tsx';
import { type Contact, contactsQuery } from './crm.queries.ts';

/** As many as the list shows at once; a search narrows it. */
const SHOWN = 20;

/** One contact out of those a search finds, the choice of `ContactPicker`. */
export function useContactChoice() {
  const { slug } = useParams({ from: '/home/$slug' });
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<Contact | null>(null);
  const { data } = useQuery(contactsQuery(slug, { limit: SHOWN, ...(search ? { search } : {}) }));
  return { search, setSearch, found: data?.contacts ?? [], picked, setPicked };
}

/** A search for contacts and a list of those found. With `nobody`, the name of that choice, there need be none. */
export function ContactPicker({
  choice: { search, setSearch, found, setPicked },
  contact,
  label,
  nobody,
}: {
  choice: ReturnType<typeof useContactChoice>;
  contact: Contact | null;
  label: string;
  nobody?: string;
}) {
  const { t } = useTranslation();
  // Who is chosen stays so while somebody else is searched for.
  const people = contact && !found.some(({ id }) => id === contact.id) ? [contact, ...found] : found;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t('contacts.find')}
        type="search"
        placeholder={t('contacts.searchHint')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <SelectField
        label={label}
        value={contact?.id ?? ''}
        onChange={(event) => setPicked(people.find(({ id }) => id === event.target.value) ?? null)}
        options={[
          ...(nobody === undefined ? [] : [{ value: '', label: nobody }]),
          ...people.map((person) => ({ value: person.id, label: `${person.first_name} ${person.last_name}`.trim() })),
        ]}
      />
    </div>
  );
}
