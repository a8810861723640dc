import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { CallStatus } from '../calls/call-status.tsx';
import { type CallRow, isLive } from '../calls/calls.queries.ts';
import { campaignsQuery } from '../campaigns/campaigns.queries.ts';
import { duration, number, when } from '../format.ts';
import { SelectField } from '../ui/field.tsx';
import { Card, Empty, Failure, Figure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { DayChart } from './day-chart.tsx';
import { byDay, groupBy, totalsOf } from './figures.ts';
import { FirstSteps } from './first-steps.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { recentCallsQuery } from './overview.queries.ts';
import { Shares } from './shares.tsx';

export function Overview() {
  const { slug } = useParams({ from: '/home/$slug/' });
  const { days = 30, assistant = '' } = useSearch({ from: '/home/$slug/' });
  const navigate = useNavigate({ from: '/home/$slug/' });
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(recentCallsQuery(slug, days, assistant));
  const assistants = useQuery(assistantsQuery(slug)).data?.assistants ?? [];
  const filter = (fields: { days?: number; assistant?: string }) =>
    navigate({ search: { days, ...(assistant ? { assistant } : {}), ...fields }, replace: true });
  return (
    <Page
      title={t('overview.hello')}
      about={t('overview.about')}
      actions={
        <search className="flex flex-wrap gap-2">
          <SelectField
            bare
            label={t('overview.time')}
            value={String(days)}
            onChange={(event) => filter({ days: Number(event.target.value) })}
            options={[7, 30, 90].map((count) => ({ value: String(count), label: t('overview.lastDays', { count }) }))}
          />
          <SelectField
            bare
            label={t('calls.assistant')}
            className="max-w-52"
            value={assistant}
            onChange={(event) => filter({ assistant: event.target.value })}
            options={[{ value: '', label: t('overview.allAssistants') }, ...assistants.map((one) => ({ value: one.id, label: one.name }))]}
          />
        </search>
      }
    >
      <FirstSteps />
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.calls.length === 0 && <Empty title={t('calls.empty')}>{t('calls.emptyAbout')}</Empty>}
      {data && data.calls.length > 0 && <Figures slug={slug} calls={data.calls} days={days} cut={data.all > data.calls.length} />}
    </Page>
  );
}

function Figures({ slug, calls, days, cut }: { slug: string; calls: readonly CallRow[]; days: number; cut: boolean }) {
  const { t } = useTranslation();
  const assistants = useQuery(assistantsQuery(slug)).data?.assistants ?? [];
  const campaigns = useQuery(campaignsQuery(slug)).data?.campaigns ?? [];
  const { answered, minutes } = totalsOf(calls);
  const share = (of: readonly CallRow[]) => `${Math.round((100 * totalsOf(of).answered) / of.length)} %`;
  const named = (groups: [string, CallRow[]][], names: readonly { id: string; name: string }[]) =>
    groups.slice(0, 8).map(([id, group]) => ({
      name: names.find((one) => one.id === id)?.name ?? t('overview.deleted'),
      count: group.length,
      note: share(group),
    }));
  const byCampaign = named(
    groupBy(calls, (call) => call.campaign_id),
    campaigns,
  );
  return (
    <>
      {cut && <p className="text-soft">{t('overview.cut', { count: calls.length })}</p>}
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name={t('overview.calls')} value={number(calls.length)} />
        <Figure name={t('overview.live')} value={number(calls.filter(isLive).length)} />
        <Figure name={t('overview.answered')} value={`${Math.round((100 * answered) / calls.length)} %`} />
        <Figure name={t('overview.minutes')} value={number(Math.round(minutes * 10) / 10)} />
      </div>
      <Card title={t('overview.perDay')}>
        <DayChart days={byDay(calls, days, Date.now())} />
      </Card>
      <div className="grid items-start gap-5 md:grid-cols-2 lg:grid-cols-3">
        <LatencyChart calls={calls} />
        <Card title={t('overview.outcomes')}>
          <Shares
            rows={groupBy(calls, (call) => call.outcome).map(([outcome, group]) => ({
              name: t(`calls.outcomes.${outcome as NonNullable<CallRow['outcome']>}`),
              count: group.length,
            }))}
          />
        </Card>
        <Card title={t('overview.perAssistant')}>
          <Shares
            rows={named(
              groupBy(calls, (call) => call.assistant_id),
              assistants,
            )}
          />
        </Card>
        {byCampaign.length > 0 && (
          <Card title={t('overview.perCampaign')}>
            <Shares rows={byCampaign} />
          </Card>
        )}
      </div>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t('overview.recent')}</h2>
        <Table
          label={t('overview.recent')}
          rows={calls.slice(0, 8)}
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
            { title: t('calls.duration'), end: true, cell: (row) => duration(row.duration_seconds) },
          ]}
        />
      </section>
    </>
  );
}
