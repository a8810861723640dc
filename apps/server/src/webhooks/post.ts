import http from 'node:http';
import https from 'node:https';
import { AddressForbiddenError, guardedLookup, isForbiddenLiteral } from '../http/address-guard.ts';

/** How a receiver answered, or why it did not. */
export interface PostResult {
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** Null when it took the event; else one sentence. */
  error: string | null;
  /** The beginning of the answer's text. */
  response: string | null;
  durationMs: number;
  /** What `Retry-After` asked for. */
  retryAfterMs: number | null;
}

export interface PostOptions {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** From the first packet to the status line. */
  timeoutMs: number;
  /** Refuse private and loopback addresses, decided when connecting. */
  guard: boolean;
}

const SNIPPET_BYTES = 1_000;

/**
 * Posts once: no redirect is followed, no proxy of the environment is used, nothing but the beginning of the answer is kept.
 * Never rejects.
 */
export function post({ url, headers, body, timeoutMs, guard }: PostOptions): Promise<PostResult> {
  const started = performance.now();
  const result = (status: number | null, error: string | null, more: Partial<PostResult> = {}): PostResult => ({
    status,
    error,
    response: null,
    retryAfterMs: null,
    durationMs: Math.round(performance.now() - started),
    ...more,
  });
  const target = new URL(url);
  // An address literal is never looked up, so it is checked here.
  if (guard && isForbiddenLiteral(target.hostname)) return Promise.resolve(result(null, new AddressForbiddenError().message));

  return new Promise((resolve) => {
    const client = target.protocol === 'https:' ? https : http;
    const request = client.request(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(body.length) },
      // A connection of its own: none is shared between tenants and none is stale.
      agent: false,
      ...(guard ? { lookup: guardedLookup() } : {}),
    });
    const overdue = setTimeout(() => {
      resolve(result(null, `It did not answer within ${timeoutMs / 1000} seconds.`));
      request.destroy();
    }, timeoutMs);
    request.on('error', (error) => {
      clearTimeout(overdue);
      resolve(result(null, sentenceOf(error)));
    });
    request.on('response', (answer) => {
      clearTimeout(overdue);
      const status = answer.statusCode ?? 0;
      readSnippet(answer, timeoutMs).then((response) => {
        request.destroy();
        const taken = status >= 200 && status < 300;
        resolve(result(status, taken ? null : answeredSentence(status), { response, retryAfterMs: retryAfterOf(answer) }));
      });
    });
    request.end(body);
  });
}

/** The first bytes of the answer; the rest is left, however long or slow it is. NUL cannot be stored as text. */
function readSnippet(answer: http.IncomingMessage, timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = () => {
      clearTimeout(overdue);
      resolve(Buffer.concat(chunks).subarray(0, SNIPPET_BYTES).toString('utf8').replaceAll('\0', ''));
    };
    const overdue = setTimeout(done, timeoutMs);
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= SNIPPET_BYTES) done();
    });
    answer.on('close', done);
    answer.on('error', done);
  });
}

function answeredSentence(status: number): string {
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`;
  return `It answered ${status}.`;
}

function retryAfterOf(answer: http.IncomingMessage): number | null {
  const asked = Number(answer.headers['retry-after']);
  return Number.isFinite(asked) && asked > 0 ? asked * 1000 : null;
}

function sentenceOf(error: Error): string {
  if (error instanceof AddressForbiddenError) return error.message;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return 'Its name could not be resolved.';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'It refused the connection.';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'HPE_INVALID_CONSTANT') return 'It broke the connection off.';
  if (/CERT|SSL|TLS|SIGNATURE/.test(code)) return `Its certificate was not accepted (${code}).`;
  return `The connection failed${code ? ` (${code})` : ''}.`;
}
