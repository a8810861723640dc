import type { AnswerOf, checkProvider, listProviders, listVoices, QueryInputOf } from '@talkturo/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type Provider = AnswerOf<typeof listProviders>['providers'][number];
export type ProviderCheck = AnswerOf<typeof checkProvider>['check'];
export type Voice = AnswerOf<typeof listVoices>['voices'][number];
export type VoiceSources = AnswerOf<typeof listVoices>['sources'];

export const providersQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'providers'],
    queryFn: () => request<typeof listProviders>('GET', '/api/settings/providers'),
  });

export const checkKey = (provider: string) =>
  request<typeof checkProvider>('POST', `/api/settings/providers/${provider}/check`, { body: {} });

export const voicesQuery = (slug: string, query: QueryInputOf<typeof listVoices>) =>
  queryOptions({
    queryKey: [slug, 'voices', query],
    queryFn: () => request<typeof listVoices>('GET', '/api/voices', { query }),
    // While a filter changes the list before stays: nothing jumps.
    placeholderData: keepPreviousData,
  });
