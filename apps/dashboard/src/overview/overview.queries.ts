import type { listCalls } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';
import type { CallRow } from '../calls/calls.queries.ts';

const PAGE = 200;
const MOST_PAGES = 5;
const DAY_MS = 86_400_000;

/** The calls of the last days, newest first, at most a thousand; `all` says how many there really are. */
export const recentCallsQuery = (slug: string, days: number, assistantId: string) =>
  queryOptions({
    queryKey: [slug, 'calls', 'recent', days, assistantId],
    refetchInterval: 30_000,
    queryFn: async (): Promise<{ calls: CallRow[]; all: number }> => {
      const since = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS).toISOString();
      const calls: CallRow[] = [];
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { since, limit: PAGE, offset: page * PAGE, ...(assistantId ? { assistantId } : {}) };
        const answer = await request<typeof listCalls>('GET', '/api/calls', { query });
        calls.push(...answer.calls);
        if (calls.length >= answer.count || answer.calls.length === 0) return { calls, all: answer.count };
      }
      return { calls, all: calls.length + 1 };
    },
  });
