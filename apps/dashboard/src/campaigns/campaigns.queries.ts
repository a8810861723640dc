import type {
  AnswerOf,
  getCampaign,
  getCampaignDashboard,
  listCampaigns,
  listOutboundAssistants,
  preflightCampaign,
  QueryInputOf,
} from '@talkturo/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type Campaign = AnswerOf<typeof listCampaigns>['campaigns'][number];

export const campaignsQuery = (slug: string, query: QueryInputOf<typeof listCampaigns> = { limit: 100 }) =>
  queryOptions({
    queryKey: [slug, 'campaigns', 'list', query],
    queryFn: () => request<typeof listCampaigns>('GET', '/api/crm/campaigns', { query: { accountSlug: slug, ...query } }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });

export const campaignQuery = (slug: string, id: string) =>
  queryOptions({ queryKey: [slug, 'campaigns', id], queryFn: () => request<typeof getCampaign>('GET', `/api/crm/campaigns/${id}`) });

export const dashboardQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [slug, 'campaigns', id, 'dashboard'],
    queryFn: () => request<typeof getCampaignDashboard>('GET', `/api/crm/campaigns/${id}/dashboard`),
  });

export const outboundAssistantsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'outbound-assistants'],
    queryFn: () =>
      request<typeof listOutboundAssistants>('GET', '/api/crm/outbound-assistants', { query: { accountSlug: slug, limit: 200 } }),
  });

export const preflightQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [slug, 'campaigns', id, 'preflight'],
    queryFn: () => request<typeof preflightCampaign>('GET', `/api/crm/campaigns/${id}/preflight`),
  });
