import { errorOf, TalkturoError } from './talkturo-error.ts';

export interface ClientSettings {
  /** Where the server is, for example https://talkturo.example.com; without it the page's own origin. */
  baseUrl?: string;
  /** `tk_live_…` or `tk_test_…`; without it the browser's session counts. */
  apiKey?: string;
  /** How often a failed request is repeated where that is safe; 3 unless given. */
  maxRetries?: number;
  /** How long one try may take until its answer begins; 60,000 unless given. */
  timeoutMs?: number;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  fetch?: typeof fetch;
  /** How waiting is done between tries. */
  wait?: (ms: number) => Promise<void>;
}

export interface RequestOptions {
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  /** Makes a write happen once however often it is sent; a random one is used unless given. */
  idempotencyKey?: string;
  timeoutMs?: number;
}

/** A request as it is sent. */
export interface Outgoing {
  method: string;
  /** Path and query. */
  url: string;
  body?: NonNullable<RequestInit['body']>;
  contentType?: string;
  /** A body that can be read only once cannot be sent again. */
  once?: boolean;
}

/** The request may have been lost on the way, or the server asks to come again; anything else is an answer. */
const PASSING = new Set([429, 502, 503, 504]);
/** Longer than this nobody is kept waiting: the 429 is told instead. */
const LONGEST_WAIT_MS = 60_000;

export type Transport = (outgoing: Outgoing, options?: RequestOptions) => Promise<Response>;

/**
 * Sends requests. What fails in passing is repeated with growing pauses; writes carry an Idempotency-Key, so that a
 * repetition of one whose answer was lost does not happen twice.
 * @throws TalkturoError for every refusal, and with status 0 when no answer came
 */
export function createTransport(settings: ClientSettings): Transport {
  const send = settings.fetch ?? ((input, init) => fetch(input, init));
  const wait = settings.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const base = (settings.baseUrl ?? '').replace(/\/+$/, '');

  return async (outgoing, options = {}) => {
    const headers = headersOf(settings, outgoing, options);
    const tries = outgoing.once ? 1 : 1 + (settings.maxRetries ?? 3);
    for (let attempt = 1; ; attempt++) {
      const outcome = await tryOnce(send, `${base}${outgoing.url}`, outgoing, headers, options, settings.timeoutMs ?? 60_000);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const pauseMs = pauseAfter(outcome, attempt);
      if (attempt >= tries || pauseMs === null) throw outcome instanceof Response ? await errorOf(outcome) : outcome;
      if (outcome instanceof Response) await outcome.body?.cancel();
      await wait(pauseMs);
      options.signal?.throwIfAborted();
    }
  };
}

function headersOf(settings: ClientSettings, outgoing: Outgoing, options: RequestOptions): Record<string, string> {
  return {
    ...(settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {}),
    ...(outgoing.contentType ? { 'content-type': outgoing.contentType } : {}),
    ...(outgoing.method === 'GET' ? {} : { 'idempotency-key': options.idempotencyKey ?? randomKey() }),
    ...settings.headers,
    ...options.headers,
  };
}

async function tryOnce(
  send: typeof fetch,
  url: string,
  outgoing: Outgoing,
  headers: Record<string, string>,
  options: RequestOptions,
  timeoutMs: number,
): Promise<Response | TalkturoError> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.timeoutMs ?? timeoutMs);
  try {
    return await send(url, {
      method: outgoing.method,
      headers,
      credentials: 'same-origin',
      signal: options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal,
      ...(outgoing.body === undefined ? {} : { body: outgoing.body }),
      ...(outgoing.once ? { duplex: 'half' } : {}),
    } as RequestInit);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const what = late.signal.aborted ? 'The server did not answer in time.' : 'The server could not be reached.';
    return new TalkturoError(what, { status: 0, cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** How long to wait before the next try; null when another try makes no sense. */
function pauseAfter(outcome: Response | TalkturoError, attempt: number): number | null {
  if (outcome instanceof Response && !PASSING.has(outcome.status)) return null;
  const asked = outcome instanceof Response ? Number(outcome.headers.get('retry-after') ?? Number.NaN) : Number.NaN;
  if (Number.isFinite(asked)) return asked * 1000 <= LONGEST_WAIT_MS ? asked * 1000 : null;
  // Between half and all of 250, 500, 1000 … ms, so that clients that failed together do not return together.
  return 250 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

/** 128 random bits; pages without TLS have no randomUUID. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
