import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duration, number } from '../format.ts';
import { CallStatus } from './call-status.tsx';
import { type CallRow, liveCallsQuery } from './calls.queries.ts';

const SECOND_MS = 1_000;

/** The calls going on, above all others; they come and go by themselves. Nothing while there are none. */
export function LiveCalls({ assistants }: { assistants: readonly { id: string; name: string }[] }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(liveCallsQuery(slug));
  const ids = data?.calls.map((call) => call.id).join(' ') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that began or ended belongs in the list below, too
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: [slug, 'calls', 'list'] });
  }, [ids, queries, slug]);
  if (!data || data.calls.length === 0) return null;
  return (
    <section aria-labelledby="live-calls" className="rounded-xl border border-brand/40 bg-card">
      <h2 id="live-calls" className="flex items-center gap-2 border-line border-b px-4 py-3 font-semibold">
        <span className="relative flex size-2.5" aria-hidden>
          <span className="absolute size-full animate-ping rounded-full bg-brand opacity-60" />
          <span className="size-full rounded-full bg-brand" />
        </span>
        {t('calls.live')}
        <span className="font-normal text-soft tabular-nums">{number(data.count)}</span>
      </h2>
      <ul className="divide-y divide-line">
        {data.calls.map((call) => (
          <LiveCall key={call.id} call={call} slug={slug} assistant={assistants.find((one) => one.id === call.assistant_id)?.name ?? '–'} />
        ))}
      </ul>
    </section>
  );
}

function LiveCall({ call, slug, assistant }: { call: CallRow; slug: string; assistant: string }) {
  const { t } = useTranslation();
  const Arrow = call.direction === 'inbound' ? ArrowDownLeft : ArrowUpRight;
  const other = (call.direction === 'inbound' ? call.from_number : call.to_number) || t('calls.browser');
  return (
    <li>
      <Link
        to="/home/$slug/calls/$callId"
        params={{ slug, callId: call.id }}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-wash/60"
      >
        <span className="flex min-w-36 items-center gap-2 font-medium max-sm:w-full tabular-nums">
          <Arrow className="size-4 text-soft" aria-label={t(`calls.${call.direction}`)} />
          {other}
        </span>
        <span className="min-w-0 grow truncate text-soft">{assistant}</span>
        <CallStatus status={call.status} />
        <span className="text-right tabular-nums empty:hidden sm:w-14 sm:empty:block">
          {call.answered_at && <Elapsed since={call.answered_at} />}
        </span>
      </Link>
    </li>
  );
}

/** Time that goes on, as m:ss. */
function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return duration(Math.max(0, (now - Date.parse(since)) / SECOND_MS));
}
