import type { ErrorDetail } from '@talkturo/contract';

/** A request that failed. The message is the server's sentence, or what went wrong on the way. */
export class TalkturoError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** What was wrong with each field of a refused request. */
  readonly details: readonly ErrorDetail[];
  /** Names the request in the server's log. */
  readonly requestId: string | null;

  constructor(
    message: string,
    facts: { status: number; details?: readonly ErrorDetail[]; requestId?: string | null; cause?: unknown } = { status: 0 },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'TalkturoError';
    this.status = facts.status;
    this.details = facts.details ?? [];
    this.requestId = facts.requestId ?? null;
  }
}

/** The error an answer tells. */
export async function errorOf(answer: Response): Promise<TalkturoError> {
  const body = (await answer.json().catch(() => null)) as { error?: string; details?: ErrorDetail[]; requestId?: string } | null;
  return new TalkturoError(body?.error ?? `The server answered ${answer.status}${answer.statusText ? ` ${answer.statusText}` : ''}.`, {
    status: answer.status,
    details: body?.details ?? [],
    requestId: body?.requestId ?? answer.headers.get('x-request-id'),
  });
}
