import type { AnswerOf, listNumberSuppliers, listPhoneNumbers } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type PhoneNumber = AnswerOf<typeof listPhoneNumbers>['numbers'][number];

export const numbersQuery = (slug: string, teamId: string) =>
  queryOptions({
    queryKey: [slug, 'numbers'],
    queryFn: () => request<typeof listPhoneNumbers>('GET', '/api/phone-numbers/purchase', { query: { teamId } }),
  });

export const suppliersQuery = (slug: string, teamId: string) =>
  queryOptions({
    queryKey: [slug, 'number-suppliers'],
    queryFn: () => request<typeof listNumberSuppliers>('GET', '/api/phone-numbers/suppliers', { query: { teamId } }),
  });
