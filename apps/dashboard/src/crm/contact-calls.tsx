import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callColumns } from '../calls/call-columns.tsx';
import { callsQuery } from '../calls/calls.queries.ts';
import { Failure } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';

const LIMIT = 10;

/** The calls with one person, newest first. */
export function ContactCalls({ contactId }: { contactId: string }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useQuery(callsQuery(slug, { contactId, limit: LIMIT, offset }));
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('nav.calls')}</h2>
      {error && <Failure error={error} retry={refetch} />}
      {data?.calls.length === 0 && <p className="text-soft">{t('contacts.noCalls')}</p>}
      {data && data.calls.length > 0 && (
        <>
          <Table label={t('nav.calls')} rows={data.calls} columns={callColumns(t, slug, ['direction', 'outcome'])} />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={setOffset} />
        </>
      )}
    </section>
  );
}
