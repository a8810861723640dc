import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTelnyxSimulator, type TelnyxSimulator } from './telnyx-simulator.ts';

let telnyx: TelnyxSimulator;

beforeEach(async () => {
  telnyx = await startTelnyxSimulator();
});
afterEach(() => telnyx.close());

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${telnyx.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${telnyx.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

it.each([
  ['a misspelt field', 'POST', '/number_orders', { phone_number: '+14155550101' }],
  ['a field of the wrong type', 'POST', '/number_orders', { phone_numbers: [{ phone_number: 14155550101 }] }],
  ['a number that is not E.164', 'POST', '/number_orders', { phone_numbers: [{ phone_number: '415 555 0101' }] }],
  ['an unknown filter', 'GET', '/available_phone_numbers?filter[area]=415', undefined],
  ['a filter out of its list', 'GET', '/available_phone_numbers?filter[phone_number_type]=toll-free', undefined],
  ['an unknown parameter', 'GET', '/phone_numbers?number=1', undefined],
  ['a limit that is no number', 'GET', '/available_phone_numbers?filter[limit]=ten', undefined],
  ['a path that does not exist', 'GET', '/numbers', undefined],
  ['a dial without a destination', 'POST', '/calls', { connection_id: '1', from: '+14155550101' }],
])('refuses %s and remembers it', async (_what, method, path, body) => {
  const answer = await send(method, path, body);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ code: '10015' }] });
  expect(telnyx.problems).toHaveLength(1);
});

it('takes what the specification allows, lists as words between commas included', async () => {
  telnyx.numbers.stock('+14155550101');
  const answer = await send('GET', '/available_phone_numbers?filter[country_code]=US&filter[features]=voice,sms&filter[limit]=5');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ data: [{ phone_number: '+14155550101' }], meta: { total_results: 1 } });
  expect(telnyx.problems).toEqual([]);
});

it('asks for the key', async () => {
  expect((await fetch(`${telnyx.url}/phone_numbers`)).status).toBe(401);
});
