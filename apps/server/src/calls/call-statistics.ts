import type { CallFigures, CallOutcome, CallStatistics } from '@talkturo/contract';
import { and, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { callDayReplies, callDays, callDaysDone } from './call-statistics.table.ts';
import { callMarks, calls } from './calls.table.ts';
import { bucketOf, replyPercentile } from './reply-histogram.ts';

/** A day is counted once it is over for so long: no call of it can still be going on. */
const SETTLES_AFTER_DAYS = 2;
const MOST_GROUPS = 50;
const DAY_MS = 86_400_000;

export interface StatisticsFilter {
  days: number;
  assistantId?: string | undefined;
  campaignId?: string | undefined;
}

/** What rows are grouped by; exactly one is set, or none in the row of all. */
interface Group extends Record<string, unknown> {
  day: string | null;
  assistant_id: string | null;
  campaign_id: string | null;
  outcome: string | null;
}
interface CountRow extends Group {
  calls: number;
  answered: number;
  duration_ms: number;
}
interface ReplyRow extends Group {
  bucket: number;
  replies: number;
}

export type CallStatisticsOf = ReturnType<typeof createCallStatistics>;

/** Figures over the calls of an account: days that are over from their counts, the last days from the calls themselves. */
export function createCallStatistics(db: Database) {
  return {
    /** @param now decides which day is today, in UTC. */
    async of(accountId: string, { days, assistantId, campaignId }: StatisticsFilter, now: Date): Promise<CallStatistics> {
      const since = dayOf(now, days - 1);
      const until = dayOf(now, 0);
      const theirs = and(
        eq(calls.accountId, accountId),
        ofCallers,
        assistantId ? eq(calls.assistantId, assistantId) : undefined,
        campaignId ? eq(calls.campaignId, campaignId) : undefined,
      );
      const where = sql`account_id = ${accountId} and day between ${since}::date and ${until}::date
        ${assistantId ? sql`and assistant_id = ${assistantId}` : sql``} ${campaignId ? sql`and campaign_id = ${campaignId}` : sql``}`;
      const recent = sql`${theirs} and ${startsWithin(since, until)} and ${notCounted}`;
      const [counts, replies, [going]] = await Promise.all([
        db.execute<CountRow>(sql`
          with cells as (
            select account_id, day, assistant_id, campaign_id, outcome, calls, answered, duration_ms from ${callDays} where ${where}
            union all ${countCalls(recent)}
          )
          select day::text, assistant_id, campaign_id, outcome, sum(calls)::int as calls, sum(answered)::int as answered,
            sum(duration_ms)::float8 as duration_ms
          from cells group by grouping sets ((day), (assistant_id), (campaign_id), (outcome), ())`),
        db.execute<ReplyRow>(sql`
          with cells as (
            select account_id, day, assistant_id, campaign_id, bucket, replies from ${callDayReplies} where ${where}
            union all ${countReplies(recent)}
          )
          select day::text, assistant_id, campaign_id, null as outcome, bucket, sum(replies)::int as replies
          from cells group by grouping sets ((day, bucket), (assistant_id, bucket), (campaign_id, bucket), (bucket))`),
        db
          .select({ live: count() })
          .from(calls)
          .where(and(theirs, inArray(calls.status, ['queued', 'ringing', 'in_progress']))),
      ]);
      const figures = figuresBy(counts.rows, replies.rows);
      const groups = (of: 'assistant_id' | 'campaign_id') =>
        counts.rows
          .filter((row) => row[of])
          .map((row) => ({ id: row[of] as string, ...figures(keyOf(row)) }))
          .sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1))
          .slice(0, MOST_GROUPS);
      return {
        since,
        until,
        live: going?.live ?? 0,
        totals: figures(''),
        days: Array.from({ length: days }, (_, at) => {
          const date = dayOf(now, days - 1 - at);
          return { date, ...figures(`day ${date}`) };
        }),
        outcomes: counts.rows
          .filter((row) => row.outcome)
          .map((row) => ({ outcome: row.outcome as CallOutcome, calls: row.calls }))
          .sort((a, b) => b.calls - a.calls || (a.outcome < b.outcome ? -1 : 1)),
        assistants: groups('assistant_id').map(({ id, ...rest }) => ({ assistant_id: id, ...rest })),
        campaigns: groups('campaign_id').map(({ id, ...rest }) => ({ campaign_id: id, ...rest })),
      };
    },

    /** Counts every day that is over and not counted yet, one transaction a day. @returns how many days. */
    async countDays(now: Date): Promise<number> {
      const last = dayOf(now, SETTLES_AFTER_DAYS);
      for (let counted = 0; ; counted++) {
        if (!(await db.transaction((tx) => countNextDay(tx, last)))) return counted;
      }
    },
  };
}

/** Counts the day after the last counted one, up to `last`. @returns false when there is none. */
async function countNextDay(tx: Queryable, last: string): Promise<boolean> {
  await tx.execute(sql`
    insert into ${callDaysDone} (id, day)
    select 1, coalesce(min((${calls.startedAt} at time zone 'UTC')::date), ${last}::date + 1) - 1 from ${calls}
    having not exists (select from ${callDaysDone}) on conflict (id) do nothing`);
  // Of several nodes one counts a day.
  const { rows } = await tx.execute<{ day: string }>(sql`
    select (day + 1)::text as day from ${callDaysDone} where day < ${last}::date for update`);
  const day = rows[0]?.day;
  if (!day) return false;
  const within = sql`${startsWithin(day, day)} and ${ofCallers}`;
  await tx.execute(sql`
    insert into ${callDays} (account_id, day, assistant_id, campaign_id, outcome, calls, answered, duration_ms) ${countCalls(within)}`);
  await tx.execute(sql`
    insert into ${callDayReplies} (account_id, day, assistant_id, campaign_id, bucket, replies) ${countReplies(within)}`);
  await tx.execute(sql`update ${callDaysDone} set day = ${day}::date`);
  return true;
}

/** Calls that ask somebody whether they take a caller are part of the caller's. */
const ofCallers = isNull(calls.consultationOf);

/** The day so many days ago, YYYY-MM-DD in UTC. */
const dayOf = (now: Date, daysAgo: number): string => new Date(now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);

const startsWithin = (first: string, last: string): SQL =>
  sql`${calls.startedAt} >= ${first}::timestamp at time zone 'UTC' and ${calls.startedAt} < (${last}::date + 1)::timestamp at time zone 'UTC'`;

const notCounted = sql`${calls.startedAt} >= coalesce((select (day + 1)::timestamp at time zone 'UTC' from ${callDaysDone}), '-infinity')`;

const cell = sql`${calls.accountId} as account_id, (${calls.startedAt} at time zone 'UTC')::date as day,
  coalesce(${calls.assistantId}, '') as assistant_id, coalesce(${calls.campaignId}, '') as campaign_id`;

const countCalls = (where: SQL): SQL => sql`
  select ${cell}, coalesce(${calls.outcome}, '') as outcome, count(*) as calls, count(${calls.answeredAt}) as answered,
    coalesce(sum(${calls.durationMs}), 0) as duration_ms
  from ${calls} where ${where} group by 1, 2, 3, 4, 5`;

const countReplies = (where: SQL): SQL => sql`
  select ${cell}, ${bucketOf(callMarks.callerStopped, callMarks.firstSoundOut)} as bucket, count(*) as replies
  from ${calls} join ${callMarks} on ${callMarks.callId} = ${calls.id} and ${callMarks.firstSoundOut} is not null
  where ${where} group by 1, 2, 3, 4, 5`;

/** Names a group as a row does: nothing for all, else what it is grouped by. An empty id is a group of its own, never asked for. */
function keyOf(row: Group): string {
  if (row.day !== null) return `day ${row.day}`;
  if (row.assistant_id !== null) return `assistant ${row.assistant_id}`;
  if (row.campaign_id !== null) return `campaign ${row.campaign_id}`;
  return row.outcome === null ? '' : `outcome ${row.outcome}`;
}

function figuresBy(counts: readonly CountRow[], replies: readonly ReplyRow[]): (key: string) => CallFigures {
  const counted = new Map(counts.map((row) => [keyOf(row), row]));
  const histograms = new Map<string, Map<number, number>>();
  for (const row of replies) {
    const histogram = histograms.get(keyOf(row)) ?? new Map<number, number>();
    histograms.set(keyOf(row), histogram.set(row.bucket, row.replies));
  }
  return (key) => {
    const row = counted.get(key);
    const histogram = histograms.get(key) ?? new Map<number, number>();
    return {
      calls: row?.calls ?? 0,
      answered: row?.answered ?? 0,
      minutes: Math.round((row?.duration_ms ?? 0) / 600) / 100,
      replies: [...histogram.values()].reduce((sum, count) => sum + count, 0),
      reply_p50_ms: replyPercentile(histogram, 0.5),
      reply_p95_ms: replyPercentile(histogram, 0.95),
    };
  };
}
