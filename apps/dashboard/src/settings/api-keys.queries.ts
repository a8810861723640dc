import type { AnswerOf, listApiKeys } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api.ts';

export type ApiKey = AnswerOf<typeof listApiKeys>['apiKeys'][number];

export const apiKeysQuery = (slug: string) =>
  queryOptions({ queryKey: [slug, 'api-keys'], queryFn: () => request<typeof listApiKeys>('GET', '/api/api-keys') });
