import type { IncomingMessage } from 'node:http';
import { type Reaction, type SimulatedAnswer, startRestSimulator } from '../rest-simulator.ts';
import { createSimulatedAccount } from './simulated-account.ts';
import { createSimulatedCalls } from './simulated-calls.ts';
import { createSimulatedNumbers, errorAnswer } from './simulated-numbers.ts';
import { createTelnyxSpec } from './telnyx-spec.ts';
import { createWebhookPost } from './webhook-post.ts';

/** A request the simulator got. */
export interface SeenRequest {
  operation: string;
  query: URLSearchParams;
  body: unknown;
}

export type TelnyxSimulator = Awaited<ReturnType<typeof startTelnyxSimulator>>;

export interface TelnyxSimulatorOptions {
  /** The application's webhook: calls that come in are reported there. */
  webhookUrl?: () => string;
  /** Divides ringing and limits of time; 1 is real. */
  speed?: number;
}

const API_KEY = 'KEY0123456789';
const CONNECTION_ID = '1494404757140276705';

/**
 * Telnyx on loopback: its REST API, webhooks and media sockets. Every request is held against Telnyx's specification: one that does not fit is answered 422 and stands
 * in `problems`, where a test must find nothing; so are the simulator's own answers.
 */
export async function startTelnyxSimulator({ webhookUrl = () => 'http://127.0.0.1:9/', speed = 1 }: TelnyxSimulatorOptions = {}) {
  const spec = createTelnyxSpec();
  const numbers = createSimulatedNumbers();
  const problems: string[] = [];
  const problem = (sentence: string) => void problems.push(sentence);
  const post = createWebhookPost(spec, problem);
  const account = createSimulatedAccount();
  const calls = createSimulatedCalls({ connectionId: CONNECTION_ID, webhookUrl, post, problem, speed });
  const operations: Record<string, (typeof numbers.operations)[string]> = {
    ...numbers.operations,
    ...calls.operations,
    ...account.operations,
  };
  const requests: SeenRequest[] = [];

  function react(request: IncomingMessage, url: URL, text: string): Reaction {
    if (request.headers.authorization !== `Bearer ${API_KEY}`) return errorAnswer(401, '10009', 'Authentication failed');
    const body = text === '' ? undefined : (JSON.parse(text) as unknown);
    const verdict = spec.request({
      method: request.method ?? 'GET',
      path: url.pathname.replace(/^\/v2/, ''),
      query: url.searchParams,
      body,
    });
    const operation = verdict.operation ?? `${request.method} ${url.pathname}`;
    requests.push({ operation, query: url.searchParams, body });
    if (verdict.problems.length > 0) {
      problems.push(...verdict.problems);
      return errorAnswer(422, '10015', verdict.problems.join('; '));
    }
    const carryOut = (): SimulatedAnswer => {
      const answer = operations[operation]?.(verdict, body) ?? errorAnswer(404, '10005', 'Resource not found');
      problems.push(...spec.answer(operation, answer.status, answer.body));
      return answer;
    };
    return { operation, carryOut };
  }

  const rest = await startRestSimulator({
    react,
    rateLimit: (resetSeconds) => ({
      ...errorAnswer(429, '10011', 'Too many requests'),
      headers: { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds) },
    }),
    error: errorAnswer,
    failed: problem,
  });

  return {
    apiKey: API_KEY,
    /** The API's address, as TELNYX_API_URL takes it. */
    url: `${rest.url}/v2`,
    /** The id of its one call control application. */
    connectionId: CONNECTION_ID,
    /** Signs and delivers webhooks. */
    post,
    numbers,
    account,
    calls,
    /** All requests in the order they came. */
    requests: requests as readonly SeenRequest[],
    /** What did not fit the specification. */
    problems: problems as readonly string[],
    /** How many requests of an operation came: `POST /number_orders`. */
    count: (operation: string): number => requests.filter((request) => request.operation === operation).length,
    trouble: rest.trouble,
    calm: rest.calm,
    async close(): Promise<void> {
      calls.stop();
      post.stop();
      await rest.close();
    },
  };
}
