import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import { createRestClient, type RestTiming } from '../rest/rest-client.ts';
import { kindOf, TwilioRefusal } from './twilio-errors.ts';

export interface TwilioSettings {
  /** `AC` and 32 hex digits. */
  accountSid: string;
  authToken: string;
  /** Without a version: https://api.twilio.com */
  apiUrl: string;
  /** Where prices are asked: https://pricing.twilio.com */
  pricingUrl: string;
}

/** Fields of a form; a list is sent as the same field several times, and what is undefined is left out. */
export type TwilioForm = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface TwilioRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the account, with a slash, parts already URL-encoded: `/Calls.json`. Empty: the account itself. */
  path: string;
  query?: TwilioForm;
  form?: TwilioForm;
  /** Whether a request whose outcome is unknown may be sent again. One that Twilio turned away for its rate always is. */
  repeatable: boolean;
  /** How long one try may take, where that is not the general time. */
  timeoutMs?: number;
}

export type TwilioApi = ReturnType<typeof createTwilioApi>;

const VERSION = '2010-04-01';
/** The most Twilio gives at once. */
const PAGE_SIZE = 1000;
const MAX_PAGES = 40;

const errorBody = z.object({ code: z.coerce.string().nullish(), message: z.string().nullish() });
const page = z.looseObject({ next_page_uri: z.string().nullish() });

function encoded(form: TwilioForm): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  return params;
}

/**
 * Requests to Twilio's REST API, for one account. Twilio knows no idempotency key: what must happen once is not `repeatable`.
 * Rejects with CarrierError (`rate-limit`, `timeout`, `unavailable`, `auth`) or, for what Twilio refused, TwilioRefusal.
 */
export function createTwilioApi(settings: TwilioSettings, timing: Partial<RestTiming> = {}) {
  const { accountSid, authToken } = settings;
  const apiUrl = settings.apiUrl.replace(/\/+$/, '');
  const account = `${apiUrl}/${VERSION}/Accounts/${accountSid}`;
  const client = createRestClient(
    {
      carrier: 'twilio',
      vendor: 'Twilio',
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
      contentType: 'application/x-www-form-urlencoded',
      refusal,
    },
    timing,
  );

  async function read<T>(schema: z.ZodType<T>, answer: Promise<unknown>): Promise<T> {
    const parsed = schema.safeParse(await answer);
    if (!parsed.success) throw new CarrierError('twilio', 'unavailable', 'Twilio answered in a form that is not known.', parsed.error);
    return parsed.data;
  }

  const get = (url: string) => client.send({ method: 'GET', url: new URL(url), repeatable: true });

  function request<T>(schema: z.ZodType<T>, { method, path, query = {}, form, repeatable, timeoutMs }: TwilioRequest): Promise<T> {
    const url = new URL(path === '' ? `${account}.json` : account + path);
    url.search = encoded(query).toString();
    const body = form === undefined ? {} : { body: encoded(form).toString() };
    return read(schema, client.send({ method, url, ...body, repeatable, ...(timeoutMs === undefined ? {} : { timeoutMs }) }));
  }

  /** Every record of a list, over all its pages. @param name the field that holds them. */
  async function list<T>(schema: z.ZodType<T>, path: string, name: string, query: TwilioForm = {}): Promise<T[]> {
    const records: T[] = [];
    let url = `${account}${path}?${encoded({ ...query, PageSize: PAGE_SIZE })}`;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const { next_page_uri: next, ...rest } = await read(page, get(url));
      records.push(...(await read(z.array(schema), Promise.resolve(rest[name]))));
      if (!next) break;
      url = apiUrl + next;
    }
    return records;
  }

  return {
    accountSid,
    request,
    list,
    /** @param path with the version: `/v1/…` */
    pricing: <T>(schema: z.ZodType<T>, path: string): Promise<T> => read(schema, get(settings.pricingUrl.replace(/\/+$/, '') + path)),
    wait: client.wait,
  };
}

function refusal(status: number, body: unknown): CarrierError {
  const parsed = errorBody.safeParse(body);
  const { code = '', message = '' } = parsed.success ? parsed.data : {};
  const kind = kindOf(status, code ?? '');
  if (kind === 'rate-limit') return new CarrierError('twilio', 'rate-limit', 'Twilio takes no more requests for now.');
  return new TwilioRefusal(kind, status, code ?? '', `Twilio refused (${[status, code, message].filter(Boolean).join(', ')}).`);
}
