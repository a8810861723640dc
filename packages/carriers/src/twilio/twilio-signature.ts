import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Twilio's signature of a request: base64 of HMAC-SHA1 over the address as it was asked for and, for a form, each name with its values,
 * sorted (https://www.twilio.com/docs/usage/security#validating-requests; the same value twice counts once, as in Twilio's own library).
 * @param authToken the primary auth token, also where requests are made with an API key
 */
export function signatureOf(authToken: string, url: string, form: URLSearchParams = new URLSearchParams()): string {
  const names = [...new Set(form.keys())].sort();
  const fields = names.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

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
  return spellings(url).some((spelling) => {
    const right = Buffer.from(signatureOf(authToken, spelling, form));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}
