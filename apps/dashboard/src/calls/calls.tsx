import type { listCalls, QueryInputOf } from '@talkturo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { duration, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';
import { CallStatus } from './call-status.tsx';
import { callsQuery } from './calls.queries.ts';
import { PlaceCall } from './place-call.tsx';

const LIMIT = 25;

export function Calls() {
  const { slug } = useParams({ from: '/home/$slug/calls' });
  const search = useSearch({ from: '/home/$slug/calls' });
  const navigate = useNavigate({ from: '/home/$slug/calls' });
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  const query = {
    limit: LIMIT,
    offset: search.offset ?? 0,
    search: search.search,
    status: search.status,
    direction: search.direction,
  } as QueryInputOf<typeof listCalls>;
  const { data, error, isPending, refetch } = useQuery(callsQuery(slug, query));
  const { data: assistants } = useQuery(assistantsQuery(slug));
  const nameOf = (id: string | null) => assistants?.assistants.find((assistant) => assistant.id === id)?.name ?? '–';
  const filter = (fields: Partial<typeof search>) =>
    navigate({ search: { ...search, offset: undefined, ...fields } as typeof search, replace: true });
  const filtered = Boolean(search.search || search.status || search.direction);

  return (
    <Page
      title={t('calls.title')}
      about={t('calls.about')}
      actions={
        <Button kind="main" onClick={() => setPlacing(true)}>
          <PhoneOutgoing aria-hidden /> {t('calls.newCall')}
        </Button>
      }
    >
      <search className="grid gap-3 sm:grid-cols-3">
        <TextField
          bare
          label={t('search')}
          type="search"
          placeholder={t('calls.searchHint')}
          defaultValue={search.search}
          onChange={(event) => filter({ search: event.target.value })}
        />
        <SelectField
          bare
          label={t('status')}
          value={search.status ?? ''}
          onChange={(event) => filter({ status: event.target.value })}
          options={[
            { value: '', label: `${t('status')}: ${t('all')}` },
            ...(['in_progress', 'ringing', 'completed', 'failed'] as const).map((value) => ({
              value,
              label: t(`calls.statuses.${value}`),
            })),
          ]}
        />
        <SelectField
          bare
          label={t('calls.direction')}
          value={search.direction ?? ''}
          onChange={(event) => filter({ direction: event.target.value })}
          options={[
            { value: '', label: `${t('calls.direction')}: ${t('all')}` },
            ...(['inbound', 'outbound'] as const).map((value) => ({ value, label: t(`calls.${value}`) })),
          ]}
        />
      </search>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.calls.length === 0 && (
        <Empty title={filtered ? t('notFound') : t('calls.empty')}>{filtered ? undefined : t('calls.emptyAbout')}</Empty>
      )}
      {data && data.calls.length > 0 && (
        <>
          <Table
            label={t('calls.title')}
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
              { title: t('calls.assistant'), wide: true, cell: (row) => nameOf(row.assistant_id) },
              { title: t('calls.direction'), wide: true, cell: (row) => t(`calls.${row.direction}`) },
              { title: t('calls.from'), wide: true, cell: (row) => row.from_number ?? '–' },
              { title: t('calls.to'), wide: true, cell: (row) => row.to_number || '–' },
              { title: t('calls.duration'), end: true, cell: (row) => duration(row.duration_seconds) },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={(offset) => filter({ offset })} />
        </>
      )}
      {placing && <PlaceCall onClose={() => setPlacing(false)} />}
    </Page>
  );
}
