import type { IncomingMessage } from 'node:http';
import { type Reaction, type SimulatedAnswer, startRestSimulator } from '../rest-simulator.ts';
import { createCallbackPost } from './callback-post.ts';
import { errorAnswer } from './simulated-answer.ts';
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
  const requests: SeenTwilioRequest[] = [];
  const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;

  function react(request: IncomingMessage, url: URL, text: string): Reaction {
    if (request.headers.authorization !== authorization) return errorAnswer(401, '20003', 'Authenticate');
    const priced = PRICES.exec(url.pathname);
    if (priced) {
      requests.push({ operation: 'GET prices', query: url.searchParams, form: new URLSearchParams() });
      return { operation: 'GET prices', carryOut: () => numbers.pricesOf(priced[1]!) };
    }
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
      return errorAnswer(400, '20001', verdict.problems.join('; '));
    }
    const carryOut = (): SimulatedAnswer => {
      const { AccountSid = ACCOUNT_SID } = verdict.params;
      const notFound = errorAnswer(404, '20404', 'The requested resource was not found');
      const given = AccountSid === ACCOUNT_SID ? (operations[operation]?.(verdict) ?? notFound) : notFound;
      problems.push(...spec.answer(operation, given.status, given.body));
      return given;
    };
    return { operation, carryOut };
  }

  const rest = await startRestSimulator({
    react,
    rateLimit: (resetSeconds) => ({ ...errorAnswer(429, '20429', 'Too Many Requests'), headers: { 'retry-after': String(resetSeconds) } }),
    error: errorAnswer,
    failed: problem,
  });

  return {
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    /** The address of the API and of the price list, as TWILIO_API_URL and TWILIO_PRICING_URL take it. */
    url: rest.url,
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
    trouble: rest.trouble,
    calm: rest.calm,
    async close(): Promise<void> {
      calls.stop();
      post.stop();
      await rest.close();
    },
  };
}
