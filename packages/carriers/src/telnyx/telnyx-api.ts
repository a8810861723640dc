import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import { createRestClient, type RestTiming } from '../rest/rest-client.ts';
import { kindOf, TelnyxRefusal } from './telnyx-errors.ts';

export interface TelnyxSettings {
  apiKey: string;
  /** With the version, without a slash at the end: https://api.telnyx.com/v2 */
  apiUrl: string;
}

export interface TelnyxRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's address, parts already URL-encoded. */
  path: string;
  query?: Record<string, string | number>;
  body?: object;
  /** Whether a request whose outcome is unknown may be sent again. One that Telnyx turned away for its rate always is. */
  repeatable: boolean;
  /** How long one try may take, where that is not the general time. */
  timeoutMs?: number;
}

export type TelnyxApi = ReturnType<typeof createTelnyxApi>;

const errorBody = z.object({
  errors: z.array(z.object({ code: z.coerce.string(), title: z.string(), detail: z.string().nullish() })).min(1),
});

/**
 * Requests to Telnyx's REST API.
 * Rejects with CarrierError (`rate-limit`, `timeout`, `unavailable`, `auth`) or, for what Telnyx refused, TelnyxRefusal.
 */
export function createTelnyxApi(settings: TelnyxSettings, timing: Partial<RestTiming> = {}) {
  const base = settings.apiUrl.replace(/\/+$/, '');
  const client = createRestClient(
    {
      carrier: 'telnyx',
      vendor: 'Telnyx',
      headers: { authorization: `Bearer ${settings.apiKey}` },
      contentType: 'application/json',
      refusal,
    },
    timing,
  );
  return {
    request({ method, path, query = {}, body, repeatable, timeoutMs }: TelnyxRequest): Promise<unknown> {
      const url = new URL(base + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      return client.send({
        method,
        url,
        repeatable,
        counted: endpointOf(method, path),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
    },
    wait: client.wait,
  };
}

/**
 * Telnyx tells of each endpoint how many requests it still takes, without saying whether all are counted together: one that is exhausted
 * holds back no other, for calls in progress are steered beside searches and dials.
 */
const endpointOf = (method: string, path: string): string => `${method} ${path.replace(/^(\/\w+)\/[^/]+/, '$1/{id}')}`;

function refusal(status: number, body: unknown): CarrierError {
  const parsed = errorBody.safeParse(body);
  const first = parsed.success ? parsed.data.errors[0] : undefined;
  const code = first?.code ?? '';
  const kind = kindOf(status, code);
  if (kind === 'rate-limit') return new CarrierError('telnyx', 'rate-limit', 'Telnyx takes no more requests for now.');
  return new TelnyxRefusal(
    kind,
    status,
    code,
    `Telnyx refused (${[status, code, first?.detail ?? first?.title].filter(Boolean).join(', ')}).`,
  );
}
