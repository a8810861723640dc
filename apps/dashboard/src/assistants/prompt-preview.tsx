import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { companyQuery, contactsQuery } from '../crm/crm.queries.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { fillIn, valuesOf } from './variables.ts';

/** First message and prompt as a call with a real contact would have them. */
export function PromptPreview({ firstMessage, prompt }: { firstMessage: string; prompt: string }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState('');
  const { data } = useQuery(contactsQuery(slug, { limit: 20, ...(search ? { search } : {}) }));
  const people = data?.contacts ?? [];
  const contact = people.find((person) => person.id === picked) ?? people[0];
  const company = useQuery({ ...companyQuery(slug, contact?.company_id ?? ''), enabled: contact !== undefined });
  const values = contact ? valuesOf(contact, company.data?.company ?? null) : {};
  return (
    <section aria-label={t('assistants.preview')} className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('assistants.previewSearch')}
          type="search"
          placeholder={t('contacts.searchHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <SelectField
          label={t('assistants.previewWith')}
          value={contact?.id ?? ''}
          onChange={(event) => setPicked(event.target.value)}
          options={people.map((person) => ({ value: person.id, label: `${person.first_name} ${person.last_name}` }))}
        />
      </div>
      {people.length === 0 && <p className="text-soft">{t('contacts.empty')}</p>}
      <p className="text-[13px] text-soft">{t('assistants.previewAbout')}</p>
      <Filled title={t('assistants.firstMessage')} text={firstMessage} values={values} />
      <Filled title={t('assistants.prompt')} text={prompt} values={values} />
    </section>
  );
}

function Filled({ title, text, values }: { title: string; text: string; values: Readonly<Record<string, string>> }) {
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <p className="whitespace-pre-wrap rounded-md bg-wash p-3">
        {fillIn(text, values).map((piece, at) =>
          piece.variable === undefined ? (
            piece.text
          ) : (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are known by their place
              key={at}
              className={piece.filled ? 'rounded bg-good-wash px-0.5 text-good' : 'rounded bg-warn-wash px-0.5 text-warn line-through'}
            >
              {piece.text}
            </mark>
          ),
        )}
      </p>
    </div>
  );
}
