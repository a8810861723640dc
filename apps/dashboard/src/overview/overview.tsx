import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { CallStatus } from '../calls/call-status.tsx';
import { callsQuery, isLive } from '../calls/calls.queries.ts';
import { duration, number, when } from '../format.ts';
import { Card, Failure, Figure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';

export function Overview() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const calls = useQuery(callsQuery(slug, { limit: 200 }));
  const assistants = useQuery(assistantsQuery(slug));
  if (calls.isPending || assistants.isPending) return <Loading />;
  if (calls.error) return <Failure error={calls.error} retry={calls.refetch} />;
  if (assistants.error) return <Failure error={assistants.error} retry={assistants.refetch} />;
  const rows = calls.data.calls;
  const answered = rows.filter((call) => call.answered_at);
  const minutes = rows.reduce((sum, call) => sum + (call.duration_seconds ?? 0), 0) / 60;
  const steps = [
    {
      done: assistants.data.assistants.length > 0,
      title: t('overview.step1'),
      about: t('overview.step1About'),
      to: '/home/$slug/assistants' as const,
    },
    { done: answered.length > 0, title: t('overview.step2'), about: t('overview.step2About'), to: '/home/$slug/talk' as const },
  ];
  return (
    <Page title={t('overview.hello')} about={t('overview.about')}>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name={t('overview.calls')} value={number(calls.data.count)} />
        <Figure name={t('overview.live')} value={number(rows.filter(isLive).length)} />
        <Figure name={t('overview.answered')} value={rows.length ? `${Math.round((100 * answered.length) / rows.length)} %` : '–'} />
        <Figure name={t('overview.minutes')} value={number(Math.round(minutes * 10) / 10)} />
      </div>
      {steps.some((step) => !step.done) && (
        <Card title={t('overview.first')}>
          <ol className="flex flex-col gap-3">
            {steps.map((step) => (
              <li key={step.title} className="flex items-start gap-3">
                {step.done ? (
                  <CircleCheck className="mt-0.5 size-5 text-good" aria-label="✓" />
                ) : (
                  <Circle className="mt-0.5 size-5 text-soft" aria-hidden />
                )}
                <div>
                  <Link to={step.to} params={{ slug }} className="font-medium hover:underline">
                    {step.title}
                  </Link>
                  <p className="text-soft">{step.about}</p>
                </div>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {rows.length > 0 && (
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold">{t('overview.recent')}</h2>
          <Table
            label={t('overview.recent')}
            rows={rows.slice(0, 8)}
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
      )}
    </Page>
  );
}
