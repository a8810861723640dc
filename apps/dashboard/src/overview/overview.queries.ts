import type { AnswerOf, getCallStatistics, QueryInputOf } from '@talkturo/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type Statistics = AnswerOf<typeof getCallStatistics>['statistics'];

/** Figures over the calls of the last days; read anew every half minute. */
export const statisticsQuery = (slug: string, query: QueryInputOf<typeof getCallStatistics>) =>
  queryOptions({
    queryKey: [slug, 'calls', 'statistics', query],
    queryFn: () => request<typeof getCallStatistics>('GET', '/api/calls/statistics', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
