import { ProviderError } from '@talkturo/voice';
import { connectionError, httpError } from './http-error.ts';

export interface JsonRequest {
  url: string | URL;
  headers: Record<string, string>;
  /** Sent as JSON with POST; without it the request is a GET. */
  body?: unknown;
  signal: AbortSignal;
  fetch?: typeof fetch | undefined;
}

/** A page of a hundred voices takes some 200 kB. */
const MOST_BYTES = 4_000_000;

/**
 * One question with an answer in JSON, outside of calls. Redirects are not followed: they would carry the key elsewhere.
 * @throws ProviderError, whatever goes wrong; `timeout` once the signal aborts
 */
export async function requestJson(
  provider: string,
  { url, headers, body, signal, fetch = globalThis.fetch }: JsonRequest,
): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal,
    });
    const text = await boundedText(provider, response);
    if (!response.ok) throw httpError(provider, response.status, response.headers, text);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (signal.aborted) throw new ProviderError(provider, 'timeout', `${provider} did not answer in time.`, { cause: error });
    if (error instanceof SyntaxError) throw new ProviderError(provider, 'protocol', `${provider} answered with what is no JSON.`);
    throw connectionError(provider, error);
  }
}

async function boundedText(provider: string, response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new ProviderError(provider, 'protocol', `${provider} answered with more than ${MOST_BYTES} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
