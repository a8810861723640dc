import type { AnswerOf, BodyInputOf, EndpointShape, ErrorDetail, QueryInputOf } from '@talkturo/contract';

/** A refused request, with what was wrong field by field. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: readonly ErrorDetail[];

  constructor(status: number, message: string, details: readonly ErrorDetail[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
  }

  /** What was wrong with one field, if anything. */
  of(path: string): string | undefined {
    return this.details.find((detail) => detail.path === path)?.message;
  }
}

let workspace: string | null = null;

/** All further requests are made in this workspace. */
export function useWorkspaceForRequests(slug: string | null): void {
  workspace = slug;
}

/** The workspace of the page, as its slug. */
export const currentWorkspace = (): string => workspace ?? '';

/**
 * The only door to the API. The type of the endpoint comes from the contract:
 * `request<typeof listCalls>('GET', '/api/calls', { query })`.
 * @throws ApiError with the server's sentence; TypeError when it cannot be reached.
 */
export async function request<E extends EndpointShape>(
  method: E['method'],
  path: string,
  input: { query?: QueryInputOf<E>; body?: BodyInputOf<E>; headers?: Record<string, string> } = {},
): Promise<AnswerOf<E>> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const answer = await fetch(search.size > 0 ? `${path}?${search}` : path, {
    method,
    credentials: 'same-origin',
    headers: {
      ...(workspace ? { 'x-account-slug': workspace } : {}),
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...input.headers,
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  const json = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(answer.status, json?.error ?? json?.message ?? answer.statusText, json?.details);
  return json as AnswerOf<E>;
}
