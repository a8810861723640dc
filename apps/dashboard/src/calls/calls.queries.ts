import type { AnswerOf, getCall, listCalls, QueryInputOf } from '@talkturo/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type CallRow = AnswerOf<typeof listCalls>['calls'][number];
export type Call = AnswerOf<typeof getCall>['call'];

export const isLive = (call: { status: string }) => ['queued', 'ringing', 'in_progress'].includes(call.status);

/** The list looks again every few seconds: calls come and go. */
export const callsQuery = (slug: string, query: QueryInputOf<typeof listCalls>) =>
  queryOptions({
    queryKey: [slug, 'calls', 'list', query],
    queryFn: () => request<typeof listCalls>('GET', '/api/calls', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });

/** The calls going on just now, newest first. */
export const liveCallsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'calls', 'live'],
    queryFn: () => request<typeof listCalls>('GET', '/api/calls', { query: { live: 'true', limit: 50 } }),
    refetchInterval: 2_000,
  });

export const callQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [slug, 'calls', 'one', id],
    queryFn: () => request<typeof getCall>('GET', `/api/calls/${id}`),
    refetchInterval: ({ state }) => (state.data && isLive(state.data.call) ? 1_500 : false),
  });
