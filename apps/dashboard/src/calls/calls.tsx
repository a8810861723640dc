import type { listCalls, QueryInputOf } from '@talkturo/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { ListPage } from '../ui/list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useFilters } from '../ui/use-filters.ts';
import { callColumns } from './call-columns.tsx';
import { callsQuery } from './calls.queries.ts';
import { LiveCalls } from './live-calls.tsx';
import { PlaceCall } from './place-call.tsx';

const LIMIT = 25;

/** The calls of a workspace: those going on above, then the others by filters that stand in the address. */
export function Calls() {
  const { slug } = useParams({ from: '/home/$slug/calls' });
  const { filters, set, onOffset, onClear } = useFilters<{
    search?: string;
    status?: string;
    direction?: string;
    assistant?: string;
    offset?: number;
  }>();
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  const { assistant, ...rest } = filters;
  const wanted = { limit: LIMIT, ...rest, assistantId: assistant, live: 'false' } as QueryInputOf<typeof listCalls>;
  const query = useQuery(callsQuery(slug, wanted));
  const { data } = useQuery(assistantsQuery(slug));
  const assistants = data?.assistants ?? [];
  const place = (
    <Button kind="main" onClick={() => setPlacing(true)}>
      <PhoneOutgoing aria-hidden /> {t('calls.newCall')}
    </Button>
  );
  return (
    <ListPage
      title={t('calls.title')}
      about={t('calls.about')}
      actions={place}
      before={<LiveCalls assistants={assistants} />}
      filters={
        <>
          <SearchField
            label={t('search')}
            placeholder={t('calls.searchHint')}
            value={filters.search ?? ''}
            onSearch={(search) => set({ search })}
          />
          <SelectField
            bare
            label={t('calls.assistant')}
            className="max-sm:col-span-2 sm:max-w-48"
            value={assistant ?? ''}
            onChange={(event) => set({ assistant: event.target.value })}
            options={[
              { value: '', label: `${t('calls.assistant')}: ${t('all')}` },
              ...assistants.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
          <SelectField
            bare
            label={t('status')}
            value={filters.status ?? ''}
            onChange={(event) => set({ status: event.target.value })}
            options={[
              { value: '', label: `${t('status')}: ${t('all')}` },
              ...(['completed', 'failed'] as const).map((value) => ({ value, label: t(`calls.statuses.${value}`) })),
            ]}
          />
          <SelectField
            bare
            label={t('calls.direction')}
            value={filters.direction ?? ''}
            onChange={(event) => set({ direction: event.target.value })}
            options={[
              { value: '', label: `${t('calls.direction')}: ${t('all')}` },
              ...(['inbound', 'outbound'] as const).map((value) => ({ value, label: t(`calls.${value}`) })),
            ]}
          />
        </>
      }
      query={query}
      rows={(answer) => answer.calls}
      empty={{ title: t('calls.empty'), about: t('calls.emptyAbout'), action: place }}
      onClear={onClear}
      paging={{ limit: LIMIT, onOffset }}
      columns={callColumns(t, slug, ['assistant', 'direction', 'from', 'to', 'outcome'], assistants)}
    >
      {placing && <PlaceCall onClose={() => setPlacing(false)} />}
    </ListPage>
  );
}
