import { createHmac, timingSafeEqual } from 'node:crypto';

/** What of a form is signed: each name with its values, sorted. Read once, for a stranger chooses how many fields there are. */
function signedPart(form: URLSearchParams): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) {
    const before = values.get(name);
    if (before) before.add(value);
    else values.set(name, new Set([value]));
  }
  const names = [...values.keys()].sort();
  return names.flatMap((name) => [...values.get(name)!].sort().map((value) => name + value)).join('');
}

const sign = (authToken: string, url: string, fields: string): string =>
  createHmac('sha1', authToken)
    .update(url + fields)
    .digest('base64');

/**
 * Twilio's signature of a request: base64 of HMAC-SHA1 over the address as it was asked for and, for a form, each name with its values,
 * sorted (https://www.twilio.com/docs/usage/security#validating-requests; the same value twice counts once, as in Twilio's own library).
 * @param authToken the primary auth token, also where requests are made with an API key
 */
export const signatureOf = (authToken: string, url: string, form: URLSearchParams = new URLSearchParams()): string =>
  sign(authToken, url, signedPart(form));

const PARTS = /^(https?|wss?):\/\/(\[[^\]]*\]|[^/:?#]+)(:\d+)?(.*)$/s;
const STANDARD_PORTS: Readonly<Record<string, string>> = { https: ':443', wss: ':443', http: ':80', ws: ':80' };

/** The ways in which an address can have been written when it was signed: Twilio adds and drops the port at times. */
function spellings(url: string): string[] {
  const parts = PARTS.exec(url);
  if (!parts) return [url];
  const [, scheme = '', host = '', port = STANDARD_PORTS[scheme] ?? '', rest = ''] = parts;
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${port}${rest}`];
}

/** Whether a request with this signature is Twilio's. @param url as Twilio was told it, with the query and without the fragment */
export function isGenuine(authToken: string, signature: string | string[] | undefined, url: string, form?: URLSearchParams): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature);
  const fields = form === undefined ? '' : signedPart(form);
  return spellings(url).some((spelling) => {
    const right = Buffer.from(sign(authToken, spelling, fields));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}
