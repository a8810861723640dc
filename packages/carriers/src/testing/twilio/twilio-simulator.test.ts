import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTwilioSimulator, type TwilioSimulator } from './twilio-simulator.ts';

let twilio: TwilioSimulator;

beforeEach(async () => {
  twilio = await startTwilioSimulator();
});
afterEach(() => twilio.close());

const send = (method: string, path: string, form?: Record<string, string>) =>
  fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}` },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
const DIAL = { To: '+12025550143', From: '+14155550101', Twiml: '<Response><Hangup/></Response>' };

it.each([
  ['a misspelt field', 'POST', '/IncomingPhoneNumbers.json', { Phonenumber: '+14155550101' }],
  ['a field out of its list', 'POST', '/Calls.json', { ...DIAL, StatusCallbackMethod: 'PUT' }],
  ['a number that is none', 'POST', '/Calls.json', { ...DIAL, TimeLimit: 'long' }],
  ['a call to what is no number', 'POST', '/Calls.json', { ...DIAL, To: '202 555 0143' }],
  ['a document that is not well-formed', 'POST', '/Calls.json', { ...DIAL, Twiml: '<Response><Hangup></Response>' }],
  ['a document that is no answer', 'POST', '/Calls.json', { ...DIAL, Twiml: '<Connect/>' }],
  ['a dial without a destination', 'POST', '/Calls.json', { From: DIAL.From, Twiml: DIAL.Twiml }],
  ['an unknown parameter', 'GET', '/IncomingPhoneNumbers.json?Number=1', undefined],
  ['a page too large', 'GET', '/Calls.json?PageSize=5000', undefined],
  ['an id of the wrong form', 'GET', '/Calls/CA1.json', undefined],
  ['a path that does not exist', 'GET', '/Telephones.json', undefined],
])('refuses %s and remembers it', async (_what, method, path, form) => {
  const answer = await send(method, path, form as Record<string, string> | undefined);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 20001 });
  expect(twilio.problems.length).toBeGreaterThan(0);
});

it('takes what the specification allows', async () => {
  expect((await send('POST', '/Calls.json', DIAL)).status).toBe(201);
  const list = (await (await send('GET', '/Calls.json?To=%2B12025550143&PageSize=1')).json()) as { calls: unknown[] };
  expect(list.calls).toMatchObject([{ status: 'queued', start_time: null, direction: 'outbound-api' }]);
  expect(twilio.problems).toEqual([]);
});

it('asks for the account', async () => {
  expect((await fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}.json`)).status).toBe(401);
});
