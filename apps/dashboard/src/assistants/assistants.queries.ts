import type { AnswerOf, getAssistant, listAssistants } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request, versioned } from '../api.ts';

export type Assistant = AnswerOf<typeof getAssistant>['assistant'];

export const assistantsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'assistants'],
    queryFn: () => request<typeof listAssistants>('GET', '/api/assistants', { query: { accountSlug: slug, limit: 200 } }),
  });

export const assistantQuery = (slug: string, id: string) =>
  queryOptions({ queryKey: [slug, 'assistants', id], queryFn: () => versioned<typeof getAssistant>('GET', `/api/assistants/${id}`) });
