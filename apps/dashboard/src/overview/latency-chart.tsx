import { useTranslation } from 'react-i18next';
import { day as dayName, milliseconds, number } from '../format.ts';
import { Card } from '../ui/surface.tsx';
import type { Statistics } from './overview.queries.ts';
import { axisEnd } from './scale.ts';

const WIDTH = 640;
const HEIGHT = 150;
const PARTS = 2;
type Measured = { at: number; date: string; p50: number; p95: number };

/** How long callers waited for a reply, day by day: the median, and what 95 of 100 replies do not exceed. Days without replies are left out. */
export function LatencyChart({ statistics: { days, totals } }: { statistics: Statistics }) {
  const { t } = useTranslation();
  const points = days.flatMap(({ date, reply_p50_ms: p50, reply_p95_ms: p95 }, at): Measured[] =>
    p50 === null || p95 === null ? [] : [{ at, date, p50, p95 }],
  );
  const end = axisEnd(Math.max(1000, ...points.map((point) => point.p95)), PARTS);
  const x = (at: number) => ((at + 0.5) / days.length) * WIDTH;
  const y = (ms: number) => HEIGHT - (ms / end) * (HEIGHT - 4);
  const line = (of: 'p50' | 'p95') => points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.at)} ${y(point[of])}`).join('');
  return (
    <Card title={t('overview.latency')}>
      {points.length === 0 ? (
        <p className="text-soft">{t('overview.noReplies')}</p>
      ) : (
        <figure>
          <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-2">
            <Reply name={t('calls.median')} ms={totals.reply_p50_ms} dot="bg-brand" />
            <Reply name={t('calls.p95')} ms={totals.reply_p95_ms} dot="bg-soft" />
            <div>
              <dt className="text-[13px] text-soft">{t('overview.replies')}</dt>
              <dd className="font-semibold text-2xl tabular-nums tracking-tight">{number(totals.replies)}</dd>
            </div>
          </dl>
          <div className="flex gap-3">
            <ol
              className="flex h-36 flex-col-reverse justify-between text-right text-[13px] text-soft leading-none tabular-nums"
              aria-hidden
            >
              {[0, 0.5, 1].map((part) => (
                <li key={part} className="whitespace-nowrap">
                  {number((end * part) / 1000)} s
                </li>
              ))}
            </ol>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-36 w-0 grow" aria-hidden="true">
              {[0, 0.5, 1].map((part) => (
                <line
                  key={part}
                  x1={0}
                  x2={WIDTH}
                  y1={y(end * part)}
                  y2={y(end * part)}
                  className="stroke-line"
                  vectorEffect="non-scaling-stroke"
                />
              ))}
              <path d={line('p95')} className="fill-none stroke-soft" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
              <path d={line('p50')} className="fill-none stroke-brand" strokeWidth={2} vectorEffect="non-scaling-stroke" />
              {points.map((point) => (
                <g key={point.date}>
                  <title>{`${dayName(point.date)}: ${milliseconds(point.p50)} · ${milliseconds(point.p95)}`}</title>
                  {/* Lines without length, whose round ends are dots that do not stretch. */}
                  <path d={`M${x(point.at)} ${y(point.p95)}h0`} className="stroke-soft" {...DOT} strokeWidth={6} />
                  <path d={`M${x(point.at)} ${y(point.p50)}h0`} className="stroke-brand" {...DOT} strokeWidth={7} />
                </g>
              ))}
            </svg>
          </div>
          <p className="mt-1 flex justify-between pl-10 text-[13px] text-soft" aria-hidden>
            <span>{dayName(days[0]?.date ?? null)}</span>
            <span>{dayName(days.at(-1)?.date ?? null)}</span>
          </p>
          <table className="sr-only">
            <caption>{t('overview.latency')}</caption>
            <tbody>
              {points.map((point) => (
                <tr key={point.date}>
                  <th scope="row">{dayName(point.date)}</th>
                  <td>{milliseconds(point.p50)}</td>
                  <td>{milliseconds(point.p95)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </figure>
      )}
    </Card>
  );
}

const DOT = { strokeLinecap: 'round', vectorEffect: 'non-scaling-stroke' } as const;

function Reply({ name, ms, dot }: { name: string; ms: number | null; dot: string }) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-[13px] text-soft">
        <span className={`size-2.5 rounded-full ${dot}`} aria-hidden /> {name}
      </dt>
      <dd className="font-semibold text-2xl tabular-nums tracking-tight">{milliseconds(ms)}</dd>
    </div>
  );
}
