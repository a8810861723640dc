import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTroubles, type Trouble } from '../trouble.ts';
import { createSimulatedAccount } from './simulated-account.ts';
import { createSimulatedCalls } from './simulated-calls.ts';
import { createSimulatedNumbers, errorAnswer, type SimulatedAnswer } from './simulated-numbers.ts';
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
  const troubles = createTroubles();
  const requests: SeenRequest[] = [];
  const stalled = new Set<ServerResponse>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://telnyx');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    if (request.headers.authorization !== `Bearer ${API_KEY}`) return send(response, errorAnswer(401, '10009', 'Authentication failed'));
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
      return send(response, errorAnswer(422, '10015', verdict.problems.join('; ')));
    }
    const carryOut = (): SimulatedAnswer => {
      const answer = operations[operation]?.(verdict, body) ?? errorAnswer(404, '10005', 'Resource not found');
      problems.push(...spec.answer(operation, answer.status, answer.body));
      return answer;
    };
    const trouble = troubles.take(operation);
    if (trouble) makeTrouble(trouble, response, carryOut);
    else send(response, carryOut());
  }

  function makeTrouble(trouble: Trouble, response: ServerResponse, carryOut: () => SimulatedAnswer): void {
    switch (trouble.kind) {
      case 'lost-answer':
        carryOut();
        response.destroy();
        return;
      case 'dropped':
        response.destroy();
        return;
      case 'stalled':
        if (trouble.taken) carryOut();
        stalled.add(response);
        return;
      case 'rate-limit': {
        const headers = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(trouble.resetSeconds) };
        send(response, errorAnswer(429, '10011', 'Too many requests'), headers);
        return;
      }
      case 'error':
        if (trouble.taken) carryOut();
        send(response, errorAnswer(trouble.status, trouble.code, trouble.title ?? 'Refused'));
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    apiKey: API_KEY,
    /** The API's address, as TELNYX_API_URL takes it. */
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
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
    /** Lets the next request of an operation go wrong; several are used up in order. */
    trouble: troubles.add,
    /** Forgets the troubles that have not come yet. */
    calm: troubles.clear,
    async close(): Promise<void> {
      calls.stop();
      post.stop();
      for (const response of stalled) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, answer: SimulatedAnswer, headers: Record<string, string> = {}): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(answer.body));
}
