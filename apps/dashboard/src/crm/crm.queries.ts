import type { AnswerOf, listCompanies, listContacts, QueryInputOf } from '@talkturo/contract';
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
