import { createTransport, TalkturoError } from '@talkturo/client';
import type { AnswerOf, BodyInputOf, EndpointShape, ErrorDetail, QueryInputOf } from '@talkturo/contract';
import i18next from 'i18next';
import { setReachable } from './connection.ts';

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
  const { etag: _, ...answer } = await versioned<E>(method, path, input);
  return answer as unknown as AnswerOf<E>;
}

/** A request whose answer carries its version: sent back as `If-Match`, a change that comes too late is refused with 412. */
export async function versioned<E extends EndpointShape>(
  method: E['method'],
  path: string,
  input: { query?: QueryInputOf<E>; body?: BodyInputOf<E>; headers?: Record<string, string> } = {},
): Promise<AnswerOf<E> & { etag: string | null }> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const answer = await send(search.size > 0 ? `${path}?${search}` : path, {
    method,
    headers: { ...(input.body === undefined ? {} : { 'content-type': 'application/json' }), ...input.headers },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  return { ...((await answer.json()) as AnswerOf<E>), etag: answer.headers.get('etag') };
}

/** The client's own transport: what fails in passing is repeated, and a write whose answer was lost does not happen twice. */
const transport = createTransport({ maxRetries: 2 });

/**
 * A request whose body or answer is not JSON, such as a file or a stream.
 * @throws ApiError with the server's sentence; TypeError when it cannot be reached.
 */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const { signal, body, method = 'GET' } = init;
  // The server tells people what went wrong in the language of the page.
  const language = { 'accept-language': document.documentElement.lang };
  const headers = { ...language, ...(workspace ? { 'x-account-slug': workspace } : {}), ...(init.headers as Record<string, string>) };
  try {
    const answer = await transport({ method, url: path, ...(body ? { body } : {}) }, { headers, ...(signal ? { signal } : {}) });
    setReachable(true);
    return answer;
  } catch (problem) {
    if (!(problem instanceof TalkturoError)) throw problem;
    setReachable(problem.status !== 0);
    if (problem.status === 0) throw new TypeError(i18next.t('unreachable'), { cause: problem });
    // The text of a 401 is fixed by the contract: why it was refused stands in the details.
    const reason = (problem.status === 401 && problem.details[0]?.message) || problem.message;
    throw new ApiError(problem.status, reason, problem.details);
  }
}
