import { useQueries } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type CallRow, callQuery, isLive } from '../calls/calls.queries.ts';
import { milliseconds, when } from '../format.ts';
import { Card } from '../ui/surface.tsx';

const MOST = 20;
const WIDTH = 320;
const HEIGHT = 110;

/** How long callers waited for a reply in the last calls: median and 95th percentile of each. */
export function LatencyChart({ calls }: { calls: readonly CallRow[] }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const spoken = calls.filter((call) => call.answered_at && !isLive(call) && !call.erased_at).slice(0, MOST);
  const details = useQueries({ queries: spoken.map((call) => ({ ...callQuery(slug, call.id), staleTime: 600_000 })) });
  const points = details
    .flatMap(({ data }) => {
      const p50 = data?.call.latency.p50.voice_to_voice_ms ?? null;
      return data && p50 !== null ? [{ at: data.call.started_at, p50, p95: data.call.latency.p95.voice_to_voice_ms ?? p50 }] : [];
    })
    .reverse();
  if (points.length === 0) return null;
  const most = Math.max(1000, ...points.map((point) => point.p95)) * 1.3;
  const x = (at: number) => (points.length === 1 ? WIDTH / 2 : 6 + (at / (points.length - 1)) * (WIDTH - 12));
  const y = (ms: number) => HEIGHT - (ms / most) * HEIGHT;
  const line = (of: 'p50' | 'p95') => points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(point[of])}`).join('');
  const middle = [...points].sort((a, b) => a.p50 - b.p50)[Math.floor(points.length / 2)];
  return (
    <Card title={t('overview.latency')}>
      <p className="mb-2 font-semibold text-2xl tabular-nums tracking-tight">{milliseconds(middle?.p50 ?? null)}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full text-[10px]"
        role="img"
        aria-label={t('overview.latencyAbout', { count: points.length })}
      >
        <line x1={0} x2={WIDTH} y1={y(1000)} y2={y(1000)} className="stroke-line" strokeDasharray="3 3" />
        <text x={0} y={y(1000) - 3} className="fill-soft">
          1 s
        </text>
        <path d={line('p95')} className="fill-none stroke-soft" strokeWidth={1.5} />
        <path d={line('p50')} className="fill-none stroke-brand" strokeWidth={2} />
        {points.map((point, at) => (
          <g key={point.at}>
            <title>{`${when(point.at)}: ${milliseconds(point.p50)} · ${milliseconds(point.p95)}`}</title>
            <circle cx={x(at)} cy={y(point.p95)} r={2.5} className="fill-soft" />
            <circle cx={x(at)} cy={y(point.p50)} r={3} className="fill-brand" />
          </g>
        ))}
      </svg>
      <p className="mt-2 flex gap-4 text-[13px] text-soft">
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-full bg-brand" aria-hidden /> {t('calls.median')}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-full bg-soft" aria-hidden /> {t('calls.p95')}
        </span>
      </p>
    </Card>
  );
}
