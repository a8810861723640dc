import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import { createRateGate } from './rate-gate.ts';
import { kindOf, TelnyxRefusal } from './telnyx-errors.ts';

export interface TelnyxSettings {
  apiKey: string;
  /** With the version, without a slash at the end: https://api.telnyx.com/v2 */
  apiUrl: string;
}

/** What tests replace: real time. */
export interface TelnyxTiming {
  /** How long one try may take. */
  timeoutMs: number;
  wait(ms: number): Promise<unknown>;
  now(): number;
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

const REAL: TelnyxTiming = { timeoutMs: 10_000, wait: (ms) => pause(ms), now: () => performance.now() };
const TRIES = 3;
const BACKOFF_MS = 200;
/** Longer than this the caller is told to come back instead. */
const LONGEST_WAIT_MS = 5_000;

const errorBody = z.object({
  errors: z.array(z.object({ code: z.coerce.string(), title: z.string(), detail: z.string().nullish() })).min(1),
});

/**
 * Requests to Telnyx's REST API, and the one place where they are repeated: after 429 as long as Telnyx says (if that is short),
 * after 5xx, time-outs and broken connections only where the request is repeatable.
 * Rejects with CarrierError (`rate-limit`, `timeout`, `unavailable`, `auth`) or, for what Telnyx refused, TelnyxRefusal.
 */
export function createTelnyxApi(settings: TelnyxSettings, timing: Partial<TelnyxTiming> = {}) {
  const time = { ...REAL, ...timing };
  const gate = createRateGate(time.now);

  async function once(request: TelnyxRequest): Promise<unknown> {
    const url = new URL(`${settings.apiUrl.replace(/\/+$/, '')}${request.path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
    try {
      const answer = await fetch(url, {
        method: request.method,
        headers: {
          authorization: `Bearer ${settings.apiKey}`,
          accept: 'application/json',
          ...(request.body ? { 'content-type': 'application/json' } : {}),
        },
        ...(request.body ? { body: JSON.stringify(request.body) } : {}),
        signal: AbortSignal.timeout(Math.min(request.timeoutMs ?? Infinity, time.timeoutMs)),
        redirect: 'error',
      });
      gate.learn(answer.headers, answer.status === 429);
      return readAnswer(answer.status, await answer.text());
    } catch (error) {
      throw translate(error);
    }
  }

  return {
    async request(request: TelnyxRequest): Promise<unknown> {
      for (let tries = 1; ; tries++) {
        if (gate.waitMs() > LONGEST_WAIT_MS) throw tooFast();
        if (gate.waitMs() > 0) await time.wait(gate.waitMs());
        try {
          return await once(request);
        } catch (error) {
          const kind = (error as CarrierError).kind;
          const again = kind === 'rate-limit' || (request.repeatable && (kind === 'timeout' || kind === 'unavailable'));
          if (!again || tries >= TRIES) throw error;
          await time.wait(kind === 'rate-limit' ? 0 : BACKOFF_MS * 2 ** (tries - 1));
        }
      }
    },
  };
}

const tooFast = () => new CarrierError('telnyx', 'rate-limit', 'Telnyx takes no more requests for now.');

function readAnswer(status: number, text: string): unknown {
  if (status >= 500) throw new CarrierError('telnyx', 'unavailable', `Telnyx answered ${status}.`);
  const body = parseJson(text);
  if (status < 400) return body;
  const parsed = errorBody.safeParse(body);
  const first = parsed.success ? parsed.data.errors[0] : undefined;
  const code = first?.code ?? '';
  const kind = kindOf(status, code);
  if (kind === 'rate-limit') throw tooFast();
  throw new TelnyxRefusal(
    kind,
    status,
    code,
    `Telnyx refused (${[status, code, first?.detail ?? first?.title].filter(Boolean).join(', ')}).`,
  );
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CarrierError('telnyx', 'unavailable', 'Telnyx answered something that is not JSON.', error);
  }
}

/** Whatever fetch throws left the outcome unknown. */
function translate(error: unknown): unknown {
  if (error instanceof CarrierError) return error;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new CarrierError('telnyx', 'timeout', 'Telnyx did not answer in time.', error);
  }
  return new CarrierError('telnyx', 'unavailable', 'Telnyx could not be reached, or the connection broke.', error);
}
