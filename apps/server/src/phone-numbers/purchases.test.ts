import { createTelnyxApi, createTelnyxNumbers } from '@talkturo/carriers';
import { startTelnyxSimulator, type TelnyxSimulator } from '@talkturo/carriers/testing';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { phoneNumbers as table } from './phone-numbers.table.ts';
import { createPhoneNumbers, createSuppliers } from './phone-numbers.ts';

const NUMBER = '+14155550101';
const ORDER = 'POST /number_orders';
const MINUTE_MS = 60_000;

let telnyx: TelnyxSimulator;
let server: TestServer;
let team: TestTenant;
let caller: Caller;
/** The test's own clock, ms ahead of real time. */
let ahead: number;

beforeEach(async () => {
  telnyx = await startTelnyxSimulator();
  server = await createTestServer({ TELNYX_API_KEY: telnyx.apiKey, TELNYX_API_URL: telnyx.url });
  team = await server.tenant();
  const { accountId, teamId, slug } = team;
  caller = { accountId, teamId, accountSlug: slug, keyId: null, userId: null, via: 'key', role: null, scopes: ['*'] };
  ahead = 0;
  telnyx.numbers.stock(NUMBER, '+14155550198');
});
afterEach(async () => {
  expect(telnyx.problems).toEqual([]);
  await server.close();
  await telnyx.close();
});

/** The feature on the same database with time of the test's own: waiting moves it at once. */
function node(timeoutMs = 10_000) {
  const wait = async (ms: number) => {
    ahead += ms;
  };
  const api = createTelnyxApi({ apiKey: telnyx.apiKey, apiUrl: telnyx.url }, { wait, now: () => ahead, timeoutMs });
  return createPhoneNumbers({
    db: server.platform.db,
    assistants: server.platform.assistants,
    suppliers: createSuppliers([createTelnyxNumbers(api)]),
    logger: pino({ level: 'silent' }),
    now: () => new Date(Date.now() + ahead),
    wait,
  });
}
const rows = () => server.platform.db.select().from(table);
const rowsOf = (status: string) => server.platform.db.select().from(table).where(eq(table.status, status));

it('searches and buys over the API, field by field as documented', async () => {
  const found = await team.post('/api/phone-numbers/search', {
    filters: { countryCode: 'US', areaCode: '415', numberType: 'local', limit: 10 },
  });
  expect(found.body).toEqual({
    success: true,
    numbers: [
      { phoneNumber: '+14155550101', monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice', 'sms'] },
      { phoneNumber: '+14155550198', monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice', 'sms'] },
    ],
    provider: 'telnyx',
    count: 2,
  });
  const bought = await team.post('/api/phone-numbers/purchase', { phoneNumber: NUMBER, teamId: team.teamId, connectionId: '77' });
  expect(bought.body).toMatchObject({
    success: true,
    phoneNumber: { phone_number: NUMBER, provider_number_id: `telnyx_${telnyx.numbers.owned[0]?.id}`, status: 'active' },
  });
  expect(telnyx.requests.find((request) => request.operation === ORDER)?.body).toEqual({
    phone_numbers: [{ phone_number: NUMBER }],
    customer_reference: bought.body.phoneNumber.id,
    connection_id: '77',
  });
  const released = await team.delete(`/api/phone-numbers/${bought.body.phoneNumber.id}`);
  expect(released.body.phoneNumber).toMatchObject({ status: 'released', provider: 'telnyx' });
  expect(telnyx.numbers.owned[0]?.status).toBe('deleted');
});

it('answers 404 for a number Telnyx does not offer, 503 for troubles of the operator’s account', async () => {
  const buy = (phoneNumber: string) => team.post('/api/phone-numbers/purchase', { phoneNumber, teamId: team.teamId });
  expect((await buy('+14155550150')).status).toBe(404);
  telnyx.trouble(ORDER, { kind: 'error', status: 403, code: '20100' });
  const broke = await buy(NUMBER);
  expect(broke.status).toBe(503);
  expect(broke.body.error).toMatch(/no funds/);
  expect((await rowsOf('failed')).length).toBe(2);
  expect((await buy(NUMBER)).status).toBe(200);
});

describe('an answer that is lost', () => {
  it.each([
    ['the connection breaks after the order was taken', { kind: 'lost-answer' as const }],
    ['Telnyx answers too late', { kind: 'stalled' as const, taken: true }],
    ['Telnyx answers 500 although it took the order', { kind: 'error' as const, status: 500, code: '10007', taken: true }],
  ])('%s: the number is found and kept, ordered once', async (_what, trouble) => {
    telnyx.numbers.mood.searchFirst = false;
    telnyx.trouble(ORDER, trouble);
    const { row } = await node(200).purchase(caller, NUMBER);
    expect(row).toMatchObject({ status: 'active', providerNumberId: telnyx.numbers.owned[0]?.id });
    expect(telnyx.count(ORDER)).toBe(1);
    await expect(node().purchase(caller, NUMBER)).rejects.toMatchObject({ status: 409 });
    expect(telnyx.count(ORDER)).toBe(1);
  });

  it('is told to the caller when nothing can be found out, and cleared up later', async () => {
    telnyx.numbers.mood.searchFirst = false;
    telnyx.trouble(ORDER, { kind: 'dropped' });
    const numbers = node();
    await expect(numbers.purchase(caller, NUMBER)).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('not be bought twice'),
    });
    const [open] = await rows();
    expect(open).toMatchObject({ status: 'pending', phoneNumber: NUMBER });
    await expect(numbers.purchase(caller, NUMBER)).rejects.toMatchObject({ status: 409 });

    await numbers.upkeep();
    expect((await rows())[0]).toMatchObject({ status: 'pending' });
    ahead += 31 * MINUTE_MS;
    await numbers.upkeep();
    expect((await rows())[0]).toMatchObject({ status: 'failed' });
    expect(telnyx.count(ORDER)).toBe(1);
    expect((await numbers.purchase(caller, NUMBER)).row.status).toBe('active');
  });

  it('leaves the row pending while Telnyx is away; it becomes active when Telnyx is back', async () => {
    telnyx.numbers.mood.searchFirst = false;
    telnyx.trouble(ORDER, { kind: 'lost-answer' });
    telnyx.trouble('GET /number_orders', ...Array.from({ length: 30 }, () => ({ kind: 'dropped' as const })));
    await expect(node().purchase(caller, NUMBER)).rejects.toMatchObject({ status: 503 });
    telnyx.calm();
    await node().upkeep();
    expect((await rows())[0]).toMatchObject({ status: 'active', providerNumberId: telnyx.numbers.owned[0]?.id });
  });
});

it('finishes after a crash between the order and its record', async () => {
  telnyx.numbers.mood.searchFirst = false;
  // A node that dies while it waits for Telnyx.
  const dying = createPhoneNumbers({
    db: server.platform.db,
    assistants: server.platform.assistants,
    suppliers: createSuppliers([createTelnyxNumbers(createTelnyxApi({ apiKey: telnyx.apiKey, apiUrl: telnyx.url }))]),
    logger: pino({ level: 'silent' }),
    wait: async () => {
      throw new Error('killed');
    },
  });
  await expect(dying.purchase(caller, NUMBER)).rejects.toThrow('killed');
  expect((await rows())[0]).toMatchObject({ status: 'pending', providerNumberId: null });
  await Promise.all([node().upkeep(), node().upkeep()]);
  expect(await rows()).toMatchObject([{ status: 'active', providerNumberId: telnyx.numbers.owned[0]?.id }]);
  expect(telnyx.count(ORDER)).toBe(1);
});

describe('an order that takes its time', () => {
  it('is waited for a little', async () => {
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 2, idLooks: 1 });
    expect((await node().purchase(caller, NUMBER)).row.status).toBe('active');
  });

  it('is answered as pending, and becomes active later', async () => {
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 8 });
    const numbers = node();
    const { row, eligibility } = await numbers.purchase(caller, NUMBER);
    expect(row).toMatchObject({ status: 'pending', providerNumberId: null });
    expect(eligibility.currentCount).toBe(1);
    expect((await team.get(`/api/phone-numbers/${row.id}`)).body.phoneNumber.status).toBe('pending');
    expect((await team.delete(`/api/phone-numbers/${row.id}`)).status).toBe(409);
    for (let minutes = 0; minutes < 5; minutes++) await numbers.upkeep();
    expect((await numbers.get(caller, row.id)).status).toBe('active');
  });

  it('because papers are missing says so to its buyer, and no longer once they are handed in', async () => {
    Object.assign(telnyx.numbers.mood, { searchFirst: false, papers: 'missing' });
    const bought = (await team.post('/api/phone-numbers/purchase', { phoneNumber: NUMBER, teamId: team.teamId })).body.phoneNumber;
    expect(bought).toMatchObject({ status: 'pending', papers_missing: true, message: expect.stringContaining('demands proofs') });
    // Nobody waits for papers on the line.
    expect(telnyx.count('GET /number_orders')).toBe(0);
    const shown = async () => (await team.get(`/api/phone-numbers/purchase?teamId=${team.teamId}`)).body.numbers[0];
    expect(await shown()).toMatchObject({ id: bought.id, status: 'pending', papers_missing: true });
    telnyx.numbers.mood.papers = 'under-review';
    await node().upkeep();
    expect(await shown()).toMatchObject({ status: 'pending', papers_missing: false });
    telnyx.numbers.mood.papers = 'right';
    await node().upkeep();
    expect(await shown()).toMatchObject({ status: 'active', papers_missing: false });
  });

  it('because papers are missing can be withdrawn, and frees its place', async () => {
    Object.assign(telnyx.numbers.mood, { searchFirst: false, papers: 'missing' });
    const numbers = node();
    const { row } = await numbers.purchase(caller, NUMBER);
    telnyx.trouble('PATCH /sub_number_orders/{sub_number_order_id}/cancel', { kind: 'error', status: 401, code: '10009' });
    await expect(numbers.release(caller, row.id)).rejects.toMatchObject({ status: 503 });
    const withdrawn = await team.delete(`/api/phone-numbers/${row.id}`);
    expect(withdrawn.body.phoneNumber).toMatchObject({ status: 'failed', papers_missing: false });
    expect(telnyx.numbers.orders).toMatchObject([{ status: 'failure' }]);
    expect(await numbers.list(caller)).toEqual([]);
    expect((await team.delete(`/api/phone-numbers/${row.id}`)).status).toBe(409);
  });

  it('that fails is not bought and frees its place', async () => {
    Object.assign(telnyx.numbers.mood, { searchFirst: false, pendingLooks: 1, outcome: 'failure' });
    const numbers = node();
    await expect(numbers.purchase(caller, NUMBER)).rejects.toMatchObject({ status: 404 });
    expect((await numbers.list(caller)).length).toBe(0);
    telnyx.numbers.mood.outcome = 'success';
    expect((await numbers.purchase(caller, NUMBER)).row.status).toBe('active');
  });
});

it('keeps trying to give a number back', async () => {
  const numbers = node();
  const { row } = await numbers.purchase(caller, NUMBER);
  telnyx.trouble('DELETE /phone_numbers/{id}', { kind: 'dropped' }, { kind: 'dropped' }, { kind: 'dropped' });
  expect((await numbers.release(caller, row.id)).status).toBe('released');
  expect(telnyx.numbers.owned[0]?.status).toBe('active');
  await numbers.upkeep();
  expect(telnyx.numbers.owned[0]?.status).toBe('deleted');
  await numbers.upkeep();
  expect(telnyx.count('DELETE /phone_numbers/{id}')).toBe(4);
});

it('gives an expired trial back after 30 days', async () => {
  const free = await server.tenant('free', { plan: 'free' });
  const numbers = node();
  const { row } = await numbers.purchase({ ...caller, accountId: free.accountId }, NUMBER);
  ahead += 20 * 24 * 60 * MINUTE_MS;
  await numbers.upkeep();
  expect(await rows()).toMatchObject([{ id: row.id, status: 'expired' }]);
  expect(telnyx.numbers.owned[0]?.status).toBe('active');
  ahead += 20 * 24 * 60 * MINUTE_MS;
  await numbers.upkeep();
  expect(await rows()).toMatchObject([{ id: row.id, status: 'released' }]);
  expect(telnyx.numbers.owned[0]?.status).toBe('deleted');
});

it('holds the limit over two servers on one database, whatever Telnyx does', async () => {
  const starter = await server.tenant('starter', { plan: 'starter' });
  const wanted = Array.from({ length: 20 }, (_, i) => `+1415555${3000 + i}`);
  telnyx.numbers.stock(...wanted);
  telnyx.numbers.mood.searchFirst = false;
  telnyx.trouble(ORDER, { kind: 'lost-answer' }, { kind: 'rate-limit', resetSeconds: 1 });
  const nodes = [node(), node()];
  const answers = await Promise.allSettled(
    wanted.map((phoneNumber, i) => nodes[i % 2]!.purchase({ ...caller, accountId: starter.accountId }, phoneNumber)),
  );
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 403 });
  expect(telnyx.numbers.owned).toHaveLength(3);
});
