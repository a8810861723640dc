import type { ErrorDetail } from '@talkturo/contract';

/** The failures a person or a program can act on; everything else is a bug and answers 500. */
export class AppError extends Error {
  /** Stable word for logs and tests, e.g. `assistant_not_found`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly details: readonly ErrorDetail[] | undefined;
  /** Extra answer headers, e.g. Retry-After. */
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { details?: readonly ErrorDetail[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.details = options.details;
    this.headers = options.headers;
  }
}

/** 401, the text is part of the contract. */
export const unauthorized = () => new AppError('unauthorized', 401, 'Unauthorized');

/** 403; without a better reason the text is exactly `Forbidden`. */
export const forbidden = (message = 'Forbidden') => new AppError('forbidden', 403, message);

/** 404 that names what was looked for. */
export const notFound = (what: string) => new AppError('not_found', 404, `There is no such ${what}.`);

/** 409 */
export const conflict = (code: string, message: string) => new AppError(code, 409, message);

/** 400 with one sentence and, where known, the field. */
export const badRequest = (message: string, details?: readonly ErrorDetail[]) =>
  new AppError('bad_request', 400, message, details ? { details } : {});
