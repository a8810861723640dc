import { setTimeout as pause } from 'node:timers/promises';
import { CarrierError, type CarrierErrorKind, type CarrierId } from '../carrier.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';

/** What tests replace: real time. */
export interface RestTiming {
  /** How long one try may take. */
  timeoutMs: number;
  wait(ms: number): Promise<unknown>;
  /** Ms, from any beginning. */
  now(): number;
}

export interface RestRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: URL;
  body?: string;
  /** Whether a request whose outcome is unknown may be sent again. One that was turned away for its rate always is. */
  repeatable: boolean;
  /** How long one try may take, where that is not the general time. */
  timeoutMs?: number;
  /** What the carrier counts requests of separately; left out, they are counted with all others without. */
  counted?: string;
}

export interface RestClientOptions {
  carrier: CarrierId;
  /** The carrier as people call it. */
  vendor: string;
  headers: Readonly<Record<string, string>>;
  contentType: string;
  /** What an answer from 400 to 499 means; kind `rate-limit` is tried again. */
  refusal(status: number, body: unknown): CarrierError;
}

export type RestClient = ReturnType<typeof createRestClient>;

const REAL: RestTiming = { timeoutMs: 10_000, wait: (ms) => pause(ms), now: () => performance.now() };
const TRIES = 3;
const BACKOFF_MS = 200;
/** Longer than this the caller is told to come back instead. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Requests to a carrier's REST API, and the one place where they are repeated: after 429 as long as the carrier says (if that is short),
 * after 5xx, time-outs and broken connections only where the request is repeatable.
 * Rejects with CarrierError (`rate-limit`, `timeout`, `unavailable`) or with what `refusal` makes of an answer.
 */
export function createRestClient(options: RestClientOptions, timing: Partial<RestTiming> = {}) {
  const { vendor } = options;
  const time = { ...REAL, ...timing };
  const gates = new Map<string, RateGate>();
  /** @param counted of a small set of names. */
  const gateOf = (counted = ''): RateGate => {
    const gate = gates.get(counted) ?? createRateGate(time.now);
    gates.set(counted, gate);
    return gate;
  };
  const failed = (kind: CarrierErrorKind, sentence: string, cause?: unknown) => new CarrierError(options.carrier, kind, sentence, cause);

  function parseJson(text: string): unknown {
    if (text === '') return {};
    try {
      return JSON.parse(text);
    } catch (error) {
      throw failed('unavailable', `${vendor} answered something that is not JSON.`, error);
    }
  }

  /** Whatever fetch throws left the outcome unknown. */
  function translate(error: unknown): unknown {
    if (error instanceof CarrierError) return error;
    if (error instanceof Error && error.name === 'TimeoutError') return failed('timeout', `${vendor} did not answer in time.`, error);
    return failed('unavailable', `${vendor} could not be reached, or the connection broke.`, error);
  }

  async function once({ method, url, body, timeoutMs }: RestRequest, gate: RateGate): Promise<unknown> {
    try {
      const answer = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...options.headers, ...(body === undefined ? {} : { 'content-type': options.contentType }) },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(Math.min(timeoutMs ?? Infinity, time.timeoutMs)),
        redirect: 'error',
      });
      gate.learn(answer.headers, answer.status === 429);
      const text = await answer.text();
      if (answer.status >= 500) throw failed('unavailable', `${vendor} answered ${answer.status}.`);
      const value = parseJson(text);
      if (answer.status >= 400) throw options.refusal(answer.status, value);
      return value;
    } catch (error) {
      throw translate(error);
    }
  }

  return {
    async send(request: RestRequest): Promise<unknown> {
      const gate = gateOf(request.counted);
      for (let tries = 1; ; tries++) {
        if (gate.waitMs() > LONGEST_WAIT_MS) throw failed('rate-limit', `${vendor} takes no more requests for now.`);
        if (gate.waitMs() > 0) await time.wait(gate.waitMs());
        try {
          return await once(request, gate);
        } catch (error) {
          const kind = (error as CarrierError).kind;
          const again = kind === 'rate-limit' || (request.repeatable && (kind === 'timeout' || kind === 'unavailable'));
          if (!again || tries >= TRIES) throw error;
          await time.wait(kind === 'rate-limit' ? 0 : BACKOFF_MS * 2 ** (tries - 1));
        }
      }
    },
    /** The time that requests go by. */
    wait: time.wait,
  };
}
