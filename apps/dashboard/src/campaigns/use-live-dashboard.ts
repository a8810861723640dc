import type { AnswerOf, getCampaignDashboard } from '@talkturo/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readEvents } from '../event-stream.ts';
import { campaignQuery, dashboardQuery } from './campaigns.queries.ts';

const AGAIN_AFTER_MS = 3_000;
const OVER = ['completed', 'cancelled'];

/** The figures of a campaign, as the server sends them while it is not over; a stream that breaks is taken up again. */
export function useLiveDashboard(slug: string, id: string) {
  const queries = useQueryClient();
  const figures = useQuery(dashboardQuery(slug, id));
  const live = figures.data !== undefined && !OVER.includes(figures.data.dashboard.status);
  useEffect(() => {
    if (!live) return;
    const leaving = new AbortController();
    const { queryKey } = dashboardQuery(slug, id);
    const follow = async () => {
      for await (const { type, data } of readEvents(`/api/crm/campaigns/${id}/dashboard/stream`, leaving.signal)) {
        if (type !== 'dashboard') continue;
        const before = queries.getQueryData(queryKey)?.dashboard.status;
        queries.setQueryData(queryKey, (old) => ({ ...(old as AnswerOf<typeof getCampaignDashboard>), dashboard: data }));
        if (before !== data.status) void queries.invalidateQueries({ queryKey: campaignQuery(slug, id).queryKey, exact: true });
      }
    };
    const keepOn = async () => {
      while (!leaving.signal.aborted) {
        await follow().catch(() => {
          // The banner says that the server is away; here it is only tried again.
        });
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    };
    void keepOn();
    return () => leaving.abort();
  }, [live, slug, id, queries]);
  return figures;
}
