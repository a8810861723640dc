import { ProviderError } from '@talkturo/voice';
import { connectionError, httpError } from '../wire/http-error.ts';

/** Errors of Anthropic that come in the middle of a stream, without a status of their own. */
const STATUS_OF_TYPE: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
};

/** Names of the SDK's errors that mean: the answer was none. */
const UNREADABLE = /^AI_(JSONParse|TypeValidation|InvalidResponseData|NoSuchTool|InvalidToolInput|NoOutputGenerated)/;

/** What Anthropic's part of the SDK throws when the first event of a stream is garbage. */
const GARBAGE_FIRST = 'Expected a normalized Anthropic stream error';

interface SdkError {
  name?: unknown;
  message?: unknown;
  statusCode?: unknown;
  responseBody?: unknown;
  responseHeaders?: unknown;
  type?: unknown;
  cause?: unknown;
}

/** Whatever the SDK lets out, as an error of the port. */
export function vendorError(provider: string, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (typeof error === 'string') return httpError(provider, 500, new Headers(), JSON.stringify({ message: error }));
  const { name, message, statusCode, responseBody, responseHeaders, type } = (error ?? {}) as SdkError;
  if (typeof statusCode === 'number' && statusCode >= 400) {
    const body = typeof responseBody === 'string' && responseBody !== '' ? responseBody : JSON.stringify({ message });
    return httpError(provider, statusCode, new Headers((responseHeaders ?? {}) as Record<string, string>), body);
  }
  if ((typeof name === 'string' && UNREADABLE.test(name)) || message === GARBAGE_FIRST) {
    return new ProviderError(provider, 'protocol', `${provider} sent something that is no chunk of a reply.`, { cause: error });
  }
  // A request without an answer, or an answer that broke off: the reason is further in.
  if (error instanceof Error && error.cause !== undefined) return vendorError(provider, error.cause);
  if (typeof statusCode === 'number') {
    return new ProviderError(provider, 'protocol', `${provider} answered without a reply: is its address right?`, { cause: error });
  }
  if (error instanceof Error) return connectionError(provider, error);
  const status = (typeof type === 'string' && STATUS_OF_TYPE[type]) || 500;
  return httpError(provider, status, new Headers(), JSON.stringify({ message: message ?? type }));
}
