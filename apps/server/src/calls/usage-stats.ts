import { sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { calls } from './calls.table.ts';

const minutes = (ms: number): number => Math.round((ms / 60_000) * 100) / 100;

interface Totals extends Record<string, unknown> {
  total: number;
  spoken: number;
  spoken_ms: number;
  today: number;
  week: number;
  month: number;
  year: number;
}
interface Day extends Record<string, unknown> {
  date: string;
  calls: number;
  ms: number;
}

/** Figures of one assistant's calls, without those that ask somebody whether they take a caller. Days are those of UTC; the last 7 days include today. */
export async function usageStats(db: Database, assistantId: string) {
  const today = sql`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`;
  const since = (days: number) => sql`${calls.startedAt} >= ${today} - ${days - 1} * interval '1 day'`;
  const [totals, days] = await Promise.all([
    db.execute<Totals>(sql`
      select count(*)::int as total,
        (count(*) filter (where ${calls.status} = 'completed' and ${calls.durationMs} > 0))::int as spoken,
        coalesce(sum(${calls.durationMs}) filter (where ${calls.status} = 'completed'), 0)::float8 as spoken_ms,
        (count(*) filter (where ${since(1)}))::int as today,
        (count(*) filter (where ${since(7)}))::int as week,
        (count(*) filter (where ${since(30)}))::int as month,
        (count(*) filter (where ${since(365)}))::int as year
      from ${calls} where ${calls.assistantId} = ${assistantId} and ${calls.consultationOf} is null`),
    db.execute<Day>(sql`
      select to_char(day, 'YYYY-MM-DD') as date, count(${calls.id})::int as calls, coalesce(sum(${calls.durationMs}), 0)::float8 as ms
      from generate_series((now() at time zone 'UTC')::date - 29, (now() at time zone 'UTC')::date, interval '1 day') as day
      left join ${calls} on ${calls.assistantId} = ${assistantId} and ${calls.consultationOf} is null
        and ${calls.startedAt} >= day at time zone 'UTC' and ${calls.startedAt} < (day + interval '1 day') at time zone 'UTC'
      group by day order by day`),
  ]);
  const row = totals.rows[0] as Totals;
  return {
    totalCalls: row.total,
    totalMinutes: minutes(row.spoken_ms),
    avgDurationMinutes: row.spoken === 0 ? 0 : minutes(row.spoken_ms / row.spoken),
    completedCallsWithDuration: row.spoken,
    // Calls are judged by the analysis; one that was not judged counts neither way.
    successRatePercent: null,
    successEvaluatedCount: 0,
    timeline: { today: row.today, last7Days: row.week, last30Days: row.month, last365Days: row.year },
    dailySeries: days.rows.map((day) => ({ date: day.date, calls: day.calls, minutes: minutes(day.ms) })),
  };
}
