import type {
  AnswerOf,
  getCompany,
  getContact,
  listCompanies,
  listContacts,
  listCustomFields,
  listOpportunities,
  QueryInputOf,
} from '@talkturo/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type Contact = AnswerOf<typeof listContacts>['contacts'][number];
export type Company = AnswerOf<typeof listCompanies>['companies'][number];

export const contactsQuery = (slug: string, query: QueryInputOf<typeof listContacts>) =>
  queryOptions({
    queryKey: [slug, 'contacts', query],
    queryFn: () => request<typeof listContacts>('GET', '/api/crm/contacts', { query: { accountSlug: slug, ...query } }),
    placeholderData: keepPreviousData,
  });

export const companiesQuery = (slug: string, query: QueryInputOf<typeof listCompanies>) =>
  queryOptions({
    queryKey: [slug, 'companies', query],
    queryFn: () => request<typeof listCompanies>('GET', '/api/crm/companies', { query: { accountSlug: slug, ...query } }),
    placeholderData: keepPreviousData,
  });

export type CustomField = AnswerOf<typeof listCustomFields>['customFields'][number];
export type Opportunity = AnswerOf<typeof listOpportunities>['opportunities'][number];

/** All custom fields of the workspace; there are at most 100 for contacts and 100 for companies. */
export const customFieldsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'custom-fields'],
    queryFn: () => request<typeof listCustomFields>('GET', '/api/crm/custom-fields', { query: { accountSlug: slug, limit: 200 } }),
  });

export const contactQuery = (slug: string, id: string) =>
  queryOptions({ queryKey: [slug, 'contacts', 'one', id], queryFn: () => request<typeof getContact>('GET', `/api/crm/contacts/${id}`) });

export const companyQuery = (slug: string, id: string) =>
  queryOptions({ queryKey: [slug, 'companies', 'one', id], queryFn: () => request<typeof getCompany>('GET', `/api/crm/companies/${id}`) });

export const opportunitiesQuery = (slug: string, query: QueryInputOf<typeof listOpportunities>) =>
  queryOptions({
    queryKey: [slug, 'opportunities', query],
    queryFn: () => request<typeof listOpportunities>('GET', '/api/crm/opportunities', { query: { accountSlug: slug, ...query } }),
    placeholderData: keepPreviousData,
  });
