import { randomBytes } from 'node:crypto';
import type { SimulatedAnswer } from '../rest-simulator.ts';

export const errorAnswer = (status: number, code: string, message: string): SimulatedAnswer => ({
  status,
  body: { code: Number(code), message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/** `CA` and 32 hex digits. */
export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

/** RFC 2822, as Twilio writes times. */
export const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

/** A page of a list. */
export function pageOf(name: string, records: readonly unknown[], query: URLSearchParams, uri: string): SimulatedAnswer {
  const size = Number(query.get('PageSize') ?? 50);
  const page = Number(query.get('Page') ?? 0);
  const some = records.slice(page * size, (page + 1) * size);
  const at = (number: number) => {
    const next = new URLSearchParams(query);
    next.set('PageSize', String(size));
    next.set('Page', String(number));
    return `${uri}?${next}`;
  };
  return {
    status: 200,
    body: {
      first_page_uri: at(0),
      next_page_uri: (page + 1) * size < records.length ? at(page + 1) : null,
      previous_page_uri: page > 0 ? at(page - 1) : null,
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, some.length - 1),
      uri: at(page),
      [name]: some,
    },
  };
}
