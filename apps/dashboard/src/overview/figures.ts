import type { CallRow } from '../calls/calls.queries.ts';

const DAY_MS = 86_400_000;

export interface Day {
  /** YYYY-MM-DD, in UTC as the API counts days. */
  date: string;
  answered: number;
  missed: number;
  minutes: number;
}

/** Calls by the day they began, the last `days` days, oldest first, empty days too. */
export function byDay(calls: readonly CallRow[], days: number, now: number): Day[] {
  const list = Array.from({ length: days }, (_, at): Day => {
    const date = new Date(now - (days - 1 - at) * DAY_MS).toISOString().slice(0, 10);
    return { date, answered: 0, missed: 0, minutes: 0 };
  });
  const find = new Map(list.map((day) => [day.date, day]));
  for (const call of calls) {
    const day = find.get(call.started_at.slice(0, 10));
    if (!day) continue;
    if (call.answered_at) day.answered++;
    else day.missed++;
    day.minutes += (call.duration_seconds ?? 0) / 60;
  }
  return list;
}

export interface Totals {
  calls: number;
  answered: number;
  minutes: number;
}

export function totalsOf(calls: readonly CallRow[]): Totals {
  const answered = calls.filter((call) => call.answered_at).length;
  return { calls: calls.length, answered, minutes: calls.reduce((sum, call) => sum + (call.duration_seconds ?? 0), 0) / 60 };
}

/** Calls in groups, the largest first; those without a key are left out. */
export function groupBy(calls: readonly CallRow[], keyOf: (call: CallRow) => string | null): [string, CallRow[]][] {
  const groups = new Map<string, CallRow[]>();
  for (const call of calls) {
    const key = keyOf(call);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
