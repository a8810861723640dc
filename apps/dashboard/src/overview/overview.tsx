import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { callColumns } from '../calls/call-columns.tsx';
import { callsQuery } from '../calls/calls.queries.ts';
import { campaignsQuery } from '../campaigns/campaigns.queries.ts';
import { number, percent } from '../format.ts';
import { buttonLook } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Card, Empty, Failure, Figure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { useFilters } from '../ui/use-filters.ts';
import { DayChart } from './day-chart.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Groups } from './groups.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { type Statistics, statisticsQuery } from './overview.queries.ts';
import { Shares } from './shares.tsx';

const TIMES = [7, 30, 90, 365];

export function Overview() {
  const { slug } = useParams({ from: '/home/$slug/' });
  const { filters, set, onClear } = useFilters<{ days?: number; assistant?: string; campaign?: string; offset?: number }>();
  const { t } = useTranslation();
  const { days = 30, assistant, campaign } = filters;
  const of = { ...(assistant ? { assistantId: assistant } : {}), ...(campaign ? { campaignId: campaign } : {}) };
  const { data, error, isPending, refetch } = useQuery(statisticsQuery(slug, { days, ...of }));
  const assistants = useQuery(assistantsQuery(slug)).data?.assistants ?? [];
  const campaigns = useQuery(campaignsQuery(slug)).data?.campaigns ?? [];
  const choices = (label: string, list: readonly { id: string; name: string }[]) => [
    { value: '', label },
    ...list.map((one) => ({ value: one.id, label: one.name })),
  ];
  const nothing = data !== undefined && data.statistics.totals.calls === 0;
  return (
    <Page
      title={t('overview.hello')}
      about={t('overview.about')}
      actions={
        <search className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
          <SelectField
            bare
            label={t('overview.time')}
            className="max-sm:col-span-2"
            value={String(days)}
            onChange={(event) => set({ days: Number(event.target.value) })}
            options={TIMES.map((count) => ({ value: String(count), label: t('overview.lastDays', { count }) }))}
          />
          <SelectField
            bare
            label={t('calls.assistant')}
            className="sm:max-w-44"
            value={assistant ?? ''}
            onChange={(event) => set({ assistant: event.target.value })}
            options={choices(t('overview.allAssistants'), assistants)}
          />
          {campaigns.length > 0 && (
            <SelectField
              bare
              label={t('overview.campaign')}
              className="sm:max-w-44"
              value={campaign ?? ''}
              onChange={(event) => set({ campaign: event.target.value })}
              options={choices(t('overview.allCampaigns'), campaigns)}
            />
          )}
        </search>
      }
    >
      <FirstSteps />
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {nothing && onClear && <Empty title={t('overview.noCalls')} />}
      {nothing && !onClear && assistants.length > 0 && (
        <Empty
          title={t('calls.empty')}
          action={
            <Link to="/home/$slug/talk" params={{ slug }} className={buttonLook({ kind: 'main' })}>
              {t('assistants.talk')}
            </Link>
          }
        >
          {t('calls.emptyAbout')}
        </Empty>
      )}
      {data && !nothing && <Figures slug={slug} statistics={data.statistics} of={of} assistants={assistants} campaigns={campaigns} />}
    </Page>
  );
}

interface Named {
  id: string;
  name: string;
}

function Figures({
  slug,
  statistics,
  of,
  assistants,
  campaigns,
}: {
  slug: string;
  statistics: Statistics;
  of: { assistantId?: string; campaignId?: string };
  assistants: readonly Named[];
  campaigns: readonly Named[];
}) {
  const { t } = useTranslation();
  const { totals } = statistics;
  const over = statistics.outcomes.reduce((sum, { calls }) => sum + calls, 0);
  const recent = useQuery(callsQuery(slug, { limit: 8, ...of })).data?.calls ?? [];
  const nameOf = (list: readonly Named[], id: string) => list.find((one) => one.id === id)?.name ?? t('overview.deleted');
  return (
    <>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name={t('overview.calls')} value={number(totals.calls)} />
        <Figure name={t('overview.live')} value={number(statistics.live)} />
        <Figure name={t('overview.answerRate')} value={percent(totals.answered / totals.calls)} />
        <Figure name={t('overview.minutes')} value={number(Math.round(totals.minutes * 10) / 10)} />
      </div>
      <Card title={t('overview.perDay')}>
        <DayChart days={statistics.days} />
      </Card>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <LatencyChart statistics={statistics} />
        <Card title={t('overview.outcomes')}>
          <Shares
            rows={statistics.outcomes.map(({ outcome, calls }) => ({
              name: t(`calls.outcomes.${outcome}`),
              count: calls,
              note: percent(calls / over),
            }))}
          />
        </Card>
      </div>
      <Groups
        title={t('overview.perAssistant')}
        rows={statistics.assistants.map(({ assistant_id: id, ...figures }) => ({ ...figures, id, name: nameOf(assistants, id) }))}
      />
      <Groups
        title={t('overview.perCampaign')}
        rows={statistics.campaigns.map(({ campaign_id: id, ...figures }) => ({ ...figures, id, name: nameOf(campaigns, id) }))}
      />
      <Card
        bare
        title={t('overview.recent')}
        actions={
          <Link to="/home/$slug/calls" params={{ slug }} className={buttonLook({ kind: 'quiet', size: 'small' })}>
            {t('overview.allCalls')}
          </Link>
        }
      >
        <Table
          bare
          label={t('overview.recent')}
          rows={recent}
          columns={callColumns(t, slug, ['assistant', 'direction', 'outcome'], assistants)}
        />
      </Card>
    </>
  );
}
