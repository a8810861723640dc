import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { AddressForbiddenError, guardedLookup, isForbiddenLiteral } from './address-guard.ts';

/** A server that is spoken to again within the minute need not be connected to again. */
const KEPT = { keepAlive: true, maxSockets: 200, maxFreeSockets: 50, timeout: 60_000 };
const NO_BODY = new Set([204, 205, 304]);

/**
 * A `fetch` for addresses that tenants chose: the name is resolved and checked when the connection is made, redirects are
 * answers like others, no proxy of the environment is used. Takes what our adapters send: an address, headers, a text body.
 * @param lookup of tests
 */
export function createGuardedFetch(lookup = guardedLookup()): typeof fetch {
  const agents = { 'http:': new http.Agent(KEPT), 'https:': new https.Agent(KEPT) };

  return async (input, init = {}) => {
    if (input instanceof Request) throw new TypeError('the guarded fetch takes an address, not a Request');
    if (init.body !== undefined && init.body !== null && typeof init.body !== 'string') throw new TypeError('only texts are sent');
    const url = new URL(input);
    const { protocol } = url;
    if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError(`not an address of the web: ${protocol}`);
    // An address literal is never looked up, so it is checked here.
    if (isForbiddenLiteral(url.hostname)) throw new AddressForbiddenError();
    const body = init.body ?? null;
    const headers = Object.fromEntries(new Headers(init.headers));
    return new Promise<Response>((resolve, reject) => {
      const request = (protocol === 'https:' ? https : http).request(url, {
        method: init.method ?? 'GET',
        headers: { ...headers, ...(body === null ? {} : { 'content-length': `${Buffer.byteLength(body)}` }) },
        agent: agents[protocol],
        lookup,
        ...(init.signal ? { signal: init.signal } : {}),
      });
      request.on('error', reject);
      request.on('response', (answer) => resolve(responseOf(answer)));
      request.end(body ?? undefined);
    });
  };
}

function responseOf(answer: http.IncomingMessage): Response {
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) for (const each of [value ?? []].flat()) headers.append(name, each);
  if (!NO_BODY.has(status)) return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
}
