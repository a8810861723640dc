import { ProviderError, type ProviderErrorKind } from '@talkturo/voice';

const LONGEST_MESSAGE = 300;

/** What an HTTP status of a vendor means for us. A 404 is a wrong address or model: nothing that another try would mend. */
function kindOf(status: number, body: string): ProviderErrorKind {
  if (/insufficient_quota|insufficient.balance|billing_hard_limit|quota_exceeded|Arrearage/i.test(body)) return 'quota';
  // Google answers 400 for a wrong key.
  if (/API_KEY_INVALID|API key not valid/.test(body)) return 'auth';
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate-limit';
  if (status >= 500) return 'unavailable';
  return status >= 400 ? 'refused' : 'protocol';
}

/** How long a vendor asks to wait: `retry-after-ms`, `retry-after` in seconds or as a date, or Google's `retryDelay` in the body. */
function retryAfterOf(headers: Headers, body: string, nowMs: number): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return exact;
  const given = headers.get('retry-after');
  if (given === null) {
    const delay = /"retryDelay":\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1];
    return delay === undefined ? undefined : Number(delay) * 1000;
  }
  const ms = /^\d+(\.\d+)?$/.test(given.trim()) ? Number(given) * 1000 : Date.parse(given) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The vendor's own sentence, whichever of the usual shapes it stands in. */
function messageIn(body: string): string {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>;
    const given = parsed.error ?? parsed.message ?? parsed.err_msg ?? parsed.detail;
    const said = given !== null && typeof given === 'object' ? (given as { message?: unknown }).message : given;
    if (typeof said === 'string') return said;
  } catch {
    // Not JSON: an error page of something in between; its text says as much.
  }
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The error for a refused request. `body` is what came with it; Deepgram says the same in a header. */
export function httpError(provider: string, status: number, headers: Headers, body: string, nowMs = Date.now()): ProviderError {
  const said = (messageIn(body) || (headers.get('dg-error') ?? '')).slice(0, LONGEST_MESSAGE);
  return new ProviderError(provider, kindOf(status, body), `${provider} answered ${status}${said ? `: ${said}` : '.'}`, {
    retryAfterMs: retryAfterOf(headers, body, nowMs),
  });
}

/** The error for a request that got no answer, or whose answer broke off. */
export function connectionError(provider: string, cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  const deepest = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = (deepest as { code?: unknown } | null)?.code;
  const why = typeof code === 'string' ? code : deepest instanceof Error ? deepest.message : String(deepest);
  return new ProviderError(provider, 'unavailable', `The connection to ${provider} failed: ${why}.`, { cause });
}
