import type { AnswerOf, getAssistant, listAssistants } from '@talkturo/contract';
import { queryOptions } from '@tanstack/react-query';
import { request, versioned } from '../api.ts';

export type Assistant = AnswerOf<typeof getAssistant>['assistant'];

/** Settings an assistant need not have. The API leaves them out while they are not set. */
type Optional = { [Field in keyof Assistant]-?: undefined extends Assistant[Field] ? Field : never }[keyof Assistant];

/** An assistant as it is edited: null takes an optional setting away. */
export type EditedAssistant = Omit<Assistant, Optional> & { [Field in Optional]?: Assistant[Field] | null };

export const assistantsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'assistants'],
    queryFn: () => request<typeof listAssistants>('GET', '/api/assistants', { query: { accountSlug: slug, limit: 200 } }),
  });

export const assistantQuery = (slug: string, id: string) =>
  queryOptions({ queryKey: [slug, 'assistants', id], queryFn: () => versioned<typeof getAssistant>('GET', `/api/assistants/${id}`) });
