import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTroubles, type Trouble } from '../trouble.ts';
import { createCallbackPost } from './callback-post.ts';
import { errorAnswer, type SimulatedAnswer } from './simulated-answer.ts';
import { createSimulatedCalls } from './simulated-calls.ts';
import { createSimulatedNumbers } from './simulated-numbers.ts';
import { createTwilioSpec, type SpecVerdict } from './twilio-spec.ts';

/** A request the simulator got. */
export interface SeenTwilioRequest {
  operation: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export type TwilioSimulator = Awaited<ReturnType<typeof startTwilioSimulator>>;

export interface TwilioSimulatorOptions {
  /** Where numbers that the account does not hold are asked about; those it holds have addresses of their own. */
  voiceUrl?: () => string;
  /** Divides ringing and limits of time; 1 is real. */
  speed?: number;
}

const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;
const AUTH_TOKEN = 'fedcba9876543210fedcba9876543210';
const PRICES = /^\/v1\/PhoneNumbers\/Countries\/([A-Z]{2})$/;

/**
 * Twilio on loopback: its REST API and price list, callbacks and media streams. Every request is held against Twilio's specification: one
 * that does not fit is answered 400 and stands in `problems`, where a test must find nothing; so are the simulator's own answers.
 */
export async function startTwilioSimulator({ voiceUrl = () => 'http://127.0.0.1:9/', speed = 1 }: TwilioSimulatorOptions = {}) {
  const spec = createTwilioSpec();
  const problems: string[] = [];
  const problem = (sentence: string) => void problems.push(sentence);
  const numbers = createSimulatedNumbers(ACCOUNT_SID);
  const post = createCallbackPost(AUTH_TOKEN);
  const calls = createSimulatedCalls({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    voiceUrl,
    numbers: numbers.owned,
    post,
    problem,
    speed,
  });
  const account = { status: 'active', type: 'Full', balance: '12.34' as string | null };
  const operations: Record<string, (verdict: SpecVerdict) => SimulatedAnswer> = {
    ...numbers.operations,
    ...calls.operations,
    'GET /2010-04-01/Accounts/{Sid}.json': () => ({
      status: 200,
      body: { sid: ACCOUNT_SID, owner_account_sid: ACCOUNT_SID, friendly_name: 'Flower shop', status: account.status, type: account.type },
    }),
    'GET /Balance.json': () =>
      account.balance === null
        ? errorAnswer(404, '20404', 'The requested resource was not found')
        : { status: 200, body: { account_sid: ACCOUNT_SID, balance: account.balance, currency: 'USD' } },
  };
  const troubles = createTroubles();
  const requests: SeenTwilioRequest[] = [];
  const stalled = new Set<ServerResponse>();
  const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;

  const carryOutPrices = (operation: string, country: string, url: URL): (() => SimulatedAnswer) => {
    requests.push({ operation, query: url.searchParams, form: new URLSearchParams() });
    return () => numbers.pricesOf(country);
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://twilio');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    if (request.headers.authorization !== authorization) return send(response, errorAnswer(401, '20003', 'Authenticate'));
    const priced = PRICES.exec(url.pathname);
    if (priced) return answer('GET prices', carryOutPrices('GET prices', priced[1]!, url), response);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (text !== '' && !isForm) problem(`${request.method} ${url.pathname} is no form`);
    const verdict = spec.request({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      form: text === '' ? null : new URLSearchParams(text),
    });
    const operation = verdict.operation ?? `${request.method} ${url.pathname}`;
    requests.push({ operation, query: url.searchParams, form: verdict.form });
    if (verdict.problems.length > 0) {
      problems.push(...verdict.problems);
      return send(response, errorAnswer(400, '20001', verdict.problems.join('; ')));
    }
    const carryOut = (): SimulatedAnswer => {
      const { AccountSid = ACCOUNT_SID } = verdict.params;
      const notFound = errorAnswer(404, '20404', 'The requested resource was not found');
      const given = AccountSid === ACCOUNT_SID ? (operations[operation]?.(verdict) ?? notFound) : notFound;
      problems.push(...spec.answer(operation, given.status, given.body));
      return given;
    };
    answer(operation, carryOut, response);
  }

  function answer(operation: string, carryOut: () => SimulatedAnswer, response: ServerResponse): void {
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
      case 'rate-limit':
        send(response, errorAnswer(429, '20429', 'Too Many Requests'), { 'retry-after': String(trouble.resetSeconds) });
        return;
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
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    /** The address of the API and of the price list, as TWILIO_API_URL and TWILIO_PRICING_URL take it. */
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Signs and delivers callbacks. */
    post,
    numbers,
    account,
    calls,
    /** All requests in the order they came. */
    requests: requests as readonly SeenTwilioRequest[],
    /** What did not fit the specification. */
    problems: problems as readonly string[],
    /** How many requests of an operation came: `POST /Calls.json`. */
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

function send(response: ServerResponse, { status, body }: SimulatedAnswer, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
