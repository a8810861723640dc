import type { runCampaign } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Pause, Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { number, percent, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge, Card, Failure, Figure, Loading, Page } from '../ui/surface.tsx';
import { Preflight } from './campaign-preflight.tsx';
import { CampaignStatus } from './campaign-status.tsx';
import { campaignQuery } from './campaigns.queries.ts';
import { useLiveDashboard } from './use-live-dashboard.ts';

type Action = 'start' | 'pause' | 'resume' | 'stop';
const POSSIBLE: Record<string, readonly Action[]> = {
  draft: ['start'],
  scheduled: ['start', 'stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
};
const ICONS = { start: Play, resume: Play, pause: Pause, stop: Square };

export function CampaignPage() {
  const { slug, campaignId } = useParams({ from: '/home/$slug/campaigns/$campaignId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const campaign = useQuery(campaignQuery(slug, campaignId));
  const figures = useLiveDashboard(slug, campaignId);
  const run = useMutation({
    mutationFn: (action: Action) => request<typeof runCampaign>('POST', `/api/crm/campaigns/${campaignId}/run`, { body: { action } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, 'campaigns'] }),
    onError: (problem) => toast.error(problem.message),
  });
  if (campaign.error) return <Failure error={campaign.error} retry={campaign.refetch} />;
  if (figures.error) return <Failure error={figures.error} retry={figures.refetch} />;
  if (!campaign.data || !figures.data) return <Loading />;
  const { dashboard } = figures.data;
  const { status, contacts } = dashboard;
  const over = contacts.completed + contacts.skipped + contacts.failed;
  const act = async (action: Action) => {
    if (action === 'stop' && !(await sure(t('campaigns.stopSure'), t('campaigns.actions.stop')))) return;
    run.mutate(action);
  };

  return (
    <Page
      title={campaign.data.campaign.name}
      actions={(POSSIBLE[status] ?? []).map((action) => {
        const Icon = ICONS[action];
        return (
          <Button
            key={action}
            kind={action === 'stop' ? 'danger' : action === 'pause' ? 'plain' : 'main'}
            busy={run.isPending && run.variables === action}
            onClick={() => act(action)}
          >
            <Icon aria-hidden /> {t(`campaigns.actions.${action}`)}
          </Button>
        );
      })}
    >
      <div className="flex flex-wrap items-center gap-3">
        <CampaignStatus status={status} />
        {dashboard.problem && <Badge tone="warn">{dashboard.problem}</Badge>}
        {dashboard.expected_end_at && (
          <span className="text-soft">{t('campaigns.expectedEnd', { when: when(dashboard.expected_end_at) })}</span>
        )}
      </div>
      <div>
        <progress className="h-2 w-full accent-brand" max={Math.max(1, contacts.total)} value={over} aria-label={t('campaigns.progress')} />
        <p className="mt-1 text-soft">{t('campaigns.progressOf', { over, total: contacts.total })}</p>
      </div>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name={t('campaigns.contactStatus.calling')} value={number(contacts.calling)} />
        <Figure name={t('campaigns.called')} value={number(dashboard.contacts_called)} />
        <Figure
          name={t('campaigns.answerRate')}
          value={dashboard.answer_rate_percent === null ? '–' : percent(dashboard.answer_rate_percent / 100)}
        />
        <Figure name={t('campaigns.attemptsMade')} value={number(dashboard.attempts)} />
      </div>
      {['draft', 'scheduled'].includes(status) && <Preflight slug={slug} campaignId={campaignId} />}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('campaigns.byOutcome')}>
          <Counts
            rows={Object.entries(dashboard.outcomes).map(([name, count]) => [
              t(`campaigns.outcomes.${name as keyof typeof dashboard.outcomes}`),
              count,
            ])}
          />
        </Card>
        <Card title={t('campaigns.byStatus')}>
          <Counts
            rows={(['pending', 'queued', 'calling', 'completed', 'skipped', 'failed'] as const).map((name) => [
              t(`campaigns.contactStatus.${name}`),
              contacts[name],
            ])}
          />
        </Card>
        <Card title={t('campaigns.now')}>
          <People
            slug={slug}
            rows={dashboard.live_calls.map((call) => ({
              id: call.call_id,
              name: call.contact_name ?? call.to_number ?? '–',
              note: when(call.started_at),
              callId: call.call_id,
            }))}
          />
        </Card>
        <Card title={t('campaigns.next')}>
          <People
            slug={slug}
            rows={dashboard.next_due.map((due) => ({ id: due.contact_id, name: due.contact_name, note: when(due.at) }))}
          />
        </Card>
        <Card title={t('campaigns.recent')} className="lg:col-span-2">
          <People
            slug={slug}
            rows={dashboard.recent_calls.map((call) => ({
              id: `${call.call_id} ${call.attempt}`,
              name: call.contact_name ?? call.to_number ?? '–',
              note: `${when(call.ended_at)}${call.outcome ? ` · ${t(`campaigns.outcomes.${call.outcome}`)}` : ''}`,
              callId: call.call_id,
            }))}
          />
        </Card>
      </div>
    </Page>
  );
}

function Counts({ rows }: { rows: readonly (readonly [string, number])[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
      {rows.map(([name, count]) => (
        <div key={name} className="contents">
          <dt className={count === 0 ? 'text-soft' : ''}>{name}</dt>
          <dd className="text-right tabular-nums">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function People({ slug, rows }: { slug: string; rows: readonly { id: string; name: string; note: string; callId?: string }[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="text-soft">{t('none')}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {rows.map((row) => (
        <li key={row.id} className="flex justify-between gap-3">
          {row.callId ? (
            <Link to="/home/$slug/calls/$callId" params={{ slug, callId: row.callId }} className="font-medium hover:underline">
              {row.name}
            </Link>
          ) : (
            <span className="font-medium">{row.name}</span>
          )}
          <span className="text-right text-soft">{row.note}</span>
        </li>
      ))}
    </ul>
  );
}
