import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTelnyxSimulator, type TelnyxSimulator } from '../testing/telnyx/telnyx-simulator.ts';
import { createTelnyxApi } from './telnyx-api.ts';
import { createTelnyxNumbers } from './telnyx-numbers.ts';

const NUMBER = '+14155550101';

let telnyx: TelnyxSimulator;
let waited: number[];

beforeEach(async () => {
  telnyx = await startTelnyxSimulator();
  waited = [];
});
afterEach(async () => {
  expect(telnyx.problems).toEqual([]);
  await telnyx.close();
});

/** Waiting moves a clock of the test's own. */
function supplier(options: { apiKey?: string; timeoutMs?: number; connectionId?: string } = {}) {
  let now = 0;
  const wait = async (ms: number) => {
    waited.push(ms);
    now += ms;
  };
  const api = createTelnyxApi(
    { apiKey: options.apiKey ?? telnyx.apiKey, apiUrl: telnyx.url },
    { wait, now: () => now, timeoutMs: options.timeoutMs ?? 10_000 },
  );
  return createTelnyxNumbers(api, { connectionId: options.connectionId });
}

const wanted = { phoneNumber: NUMBER, customerReference: 'pn_1', countryCode: 'US' };
const search = { countryCode: 'US', numberType: 'local' as const, limit: 10 };

describe('search', () => {
  it('asks with every filter and answers in our shape', async () => {
    telnyx.numbers.stock(NUMBER, { phoneNumber: '+14155550198', monthly: '1.10000', upfront: '0.00500', features: ['voice'] });
    telnyx.numbers.stock('+12125550101', { phoneNumber: '+18005550101', type: 'toll_free' });
    expect(await supplier().search({ ...search, areaCode: '415' })).toEqual([
      { phoneNumber: NUMBER, monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice', 'sms'] },
      { phoneNumber: '+14155550198', monthlyPrice: '1.10', setupPrice: '0.005', features: ['voice'] },
    ]);
    expect(await supplier().search({ ...search, numberType: 'toll-free' })).toMatchObject([{ phoneNumber: '+18005550101' }]);
    expect(Object.fromEntries(telnyx.requests[0]!.query)).toEqual({
      'filter[country_code]': 'US',
      'filter[phone_number_type]': 'local',
      'filter[features]': 'voice',
      'filter[limit]': '10',
      'filter[national_destination_code]': '415',
    });
  });

  it('is repeated after errors and broken connections, and gives up', async () => {
    telnyx.numbers.stock(NUMBER);
    telnyx.trouble('GET /available_phone_numbers', { kind: 'error', status: 503, code: '10007' }, { kind: 'dropped' });
    expect(await supplier().search(search)).toHaveLength(1);
    telnyx.trouble('GET /available_phone_numbers', { kind: 'dropped' }, { kind: 'dropped' }, { kind: 'dropped' });
    await expect(supplier().search(search)).rejects.toMatchObject({ name: 'CarrierError', kind: 'unavailable' });
  });

  it('waits as long as Telnyx says after 429', async () => {
    telnyx.numbers.stock(NUMBER);
    telnyx.trouble('GET /available_phone_numbers', { kind: 'rate-limit', resetSeconds: 2 });
    expect(await supplier().search(search)).toHaveLength(1);
    expect(waited.filter((ms) => ms > 0)).toEqual([2000]);
  });

  it('does not wait long: the caller is told to come back', async () => {
    telnyx.trouble('GET /available_phone_numbers', { kind: 'rate-limit', resetSeconds: 60 });
    const numbers = supplier();
    await expect(numbers.search(search)).rejects.toMatchObject({ kind: 'rate-limit' });
    await expect(numbers.search(search)).rejects.toMatchObject({ kind: 'rate-limit' });
    expect(telnyx.requests).toHaveLength(1);
  });

  it('says when the key is wrong, without repeating', async () => {
    await expect(supplier({ apiKey: 'KEYwrong' }).search(search)).rejects.toMatchObject({ kind: 'auth' });
    expect(waited).toEqual([]);
  });
});

describe('order', () => {
  it('carries our reference and the connection, and is found as active', async () => {
    telnyx.numbers.stock(NUMBER);
    const numbers = supplier({ connectionId: '1494404757140276705' });
    await numbers.search(search);
    expect(await numbers.order(wanted)).toEqual({ state: 'pending' });
    expect(telnyx.requests.at(-1)?.body).toEqual({
      phone_numbers: [{ phone_number: NUMBER }],
      customer_reference: 'pn_1',
      connection_id: '1494404757140276705',
    });
    expect(await numbers.find(wanted)).toEqual({ state: 'active', numberId: telnyx.numbers.owned[0]?.id });
    await numbers.find({ ...wanted, customerReference: 'pn_2' }).then((state) => expect(state).toEqual({ state: 'none' }));
  });

  it('searches for the number itself where Telnyx wants a search first (85000)', async () => {
    telnyx.numbers.stock(NUMBER);
    expect(await supplier().order(wanted)).toEqual({ state: 'pending' });
    expect(telnyx.numbers.orders).toHaveLength(1);
  });

  it('says when the number is not for sale, before or after a search (85000, 85001)', async () => {
    expect(await supplier().order(wanted)).toEqual({ state: 'not-offered' });
    telnyx.trouble('POST /number_orders', { kind: 'error', status: 422, code: '85001' });
    expect(await supplier().order(wanted)).toEqual({ state: 'not-offered' });
  });

  it('is never sent twice when its answer is lost', async () => {
    telnyx.numbers.stock(NUMBER);
    const numbers = supplier();
    await numbers.search(search);
    telnyx.trouble('POST /number_orders', { kind: 'lost-answer' });
    await expect(numbers.order(wanted)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(telnyx.count('POST /number_orders')).toBe(1);
    expect(await numbers.find(wanted)).toMatchObject({ state: 'active' });
  });

  it('is never sent twice when it takes too long', async () => {
    telnyx.numbers.stock(NUMBER);
    const numbers = supplier({ timeoutMs: 150 });
    telnyx.numbers.mood.searchFirst = false;
    telnyx.trouble('POST /number_orders', { kind: 'stalled', taken: true });
    await expect(numbers.order(wanted)).rejects.toMatchObject({ kind: 'timeout' });
    expect(telnyx.count('POST /number_orders')).toBe(1);
  });

  it('is sent again after 429, for nothing was ordered', async () => {
    telnyx.numbers.stock(NUMBER);
    telnyx.numbers.mood.searchFirst = false;
    telnyx.trouble('POST /number_orders', { kind: 'rate-limit', resetSeconds: 1 });
    expect(await supplier().order(wanted)).toEqual({ state: 'pending' });
    expect(telnyx.numbers.orders).toHaveLength(1);
  });

  it('says when the account has no funds (20100)', async () => {
    telnyx.trouble('POST /number_orders', { kind: 'error', status: 403, code: '20100', title: 'Insufficient funds' });
    await expect(supplier().order(wanted)).rejects.toMatchObject({ kind: 'quota' });
  });

  it('stays pending until the order is done and the number has its id, or fails', async () => {
    telnyx.numbers.stock(NUMBER, '+14155550102');
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 2, idLooks: 1 });
    const numbers = supplier();
    await numbers.order(wanted);
    const states = [];
    for (let looks = 0; looks < 4; looks++) states.push((await numbers.find(wanted)).state);
    expect(states).toEqual(['pending', 'pending', 'active', 'active']);

    telnyx.numbers.mood.outcome = 'failure';
    const other = { phoneNumber: '+14155550102', customerReference: 'pn_2' };
    await numbers.order(other);
    await numbers.find(other);
    expect(await numbers.find(other)).toEqual({ state: 'failed' });
  });
});

describe('an order that waits for papers', () => {
  const lacking = { state: 'pending', papersMissing: true };

  it('says so until they are handed in', async () => {
    telnyx.numbers.stock(NUMBER);
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 1, papers: 'missing' });
    const numbers = supplier();
    expect(await numbers.order(wanted)).toEqual(lacking);
    expect(await numbers.find(wanted)).toEqual(lacking);
    telnyx.numbers.mood.papers = 'under-review';
    expect(await numbers.find(wanted)).toEqual({ state: 'pending' });
    telnyx.numbers.mood.papers = 'right';
    expect(await numbers.find(wanted)).toMatchObject({ state: 'active' });
  });

  it('is withdrawn, twice as once, and not any more when it is done', async () => {
    telnyx.numbers.stock(NUMBER, '+14155550102');
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 1, papers: 'missing' });
    const numbers = supplier();
    await numbers.order(wanted);
    await numbers.cancel?.(wanted);
    await numbers.cancel?.(wanted);
    expect(await numbers.find(wanted)).toEqual({ state: 'failed' });

    telnyx.numbers.mood.papers = 'right';
    const other = { phoneNumber: '+14155550102', customerReference: 'pn_2' };
    await numbers.order(other);
    telnyx.trouble('PATCH /sub_number_orders/{sub_number_order_id}/cancel', { kind: 'error', status: 422, code: '10027' });
    await numbers.cancel?.(other);
    expect(await numbers.find(other)).toMatchObject({ state: 'active' });
    await numbers.cancel?.({ ...wanted, customerReference: 'pn_3' });
  });

  it('has failed when they do not come in time', async () => {
    telnyx.numbers.stock(NUMBER);
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 2, outcome: 'failure', papers: 'missing' });
    const numbers = supplier();
    expect(await numbers.order(wanted)).toEqual(lacking);
    expect(await numbers.find(wanted)).toEqual(lacking);
    expect(await numbers.find(wanted)).toEqual({ state: 'failed' });
    expect(telnyx.numbers.owned).toEqual([]);
  });
});

describe('release', () => {
  it('deletes the number; once more is not an error', async () => {
    telnyx.numbers.stock(NUMBER);
    telnyx.numbers.mood.searchFirst = false;
    const numbers = supplier();
    await numbers.order(wanted);
    const number = { phoneNumber: NUMBER, numberId: telnyx.numbers.owned[0]!.id };
    telnyx.trouble('DELETE /phone_numbers/{id}', { kind: 'lost-answer' });
    await numbers.release(number);
    await numbers.release(number);
    expect(telnyx.numbers.owned[0]?.status).toBe('deleted');
  });
});
