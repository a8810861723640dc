import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallStatus } from '../calls/call-status.tsx';
import { callsQuery } from '../calls/calls.queries.ts';
import { duration, when } from '../format.ts';
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
          <Table
            label={t('nav.calls')}
            rows={data.calls}
            columns={[
              {
                title: t('calls.started'),
                cell: (row) => (
                  <Link to="/home/$slug/calls/$callId" params={{ slug, callId: row.id }} className="font-medium hover:underline">
                    {when(row.started_at)}
                  </Link>
                ),
              },
              { title: t('status'), cell: (row) => <CallStatus status={row.status} /> },
              { title: t('calls.direction'), wide: true, cell: (row) => t(`calls.${row.direction}`) },
              { title: t('calls.outcome'), wide: true, cell: (row) => (row.outcome ? t(`calls.outcomes.${row.outcome}`) : '–') },
              { title: t('calls.duration'), end: true, cell: (row) => duration(row.duration_seconds) },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={setOffset} />
        </>
      )}
    </section>
  );
}
