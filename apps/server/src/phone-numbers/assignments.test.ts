import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let team: TestTenant;
let numbers: string[];
let sales: string;
let support: string;

beforeEach(async () => {
  server = await createTestServer();
  team = await server.tenant();
  numbers = [];
  for (const i of [1, 2, 3]) numbers.push(await bought(`+1415555010${i}`));
  sales = await assistant('Sales');
  support = await assistant('Support');
});
afterEach(() => server.close());

async function bought(phoneNumber: string, as = team): Promise<string> {
  return (await as.post('/api/phone-numbers/purchase', { phoneNumber, teamId: as.teamId })).body.phoneNumber.id;
}
async function assistant(name: string, as = team): Promise<string> {
  return (await as.post('/api/assistants', { accountSlug: as.slug, name })).body.assistant.id;
}
const assign = (to: string, phoneNumberIds: unknown, as = team) =>
  as.patch(`/api/assistants/${to}/telephony/phone-numbers`, { accountSlug: as.slug, phoneNumberIds });
const ofAssistant = async (id: string) => (await server.platform.phoneNumbers.forCall.ofAssistant(id)).map((number) => number.id);

it('replaces the numbers of the assistant, in the order given', async () => {
  const [a, b, c] = numbers as [string, string, string];
  const answer = await assign(sales, [b, a]);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ success: true });
  expect(await ofAssistant(sales)).toEqual([b, a]);
  await assign(sales, [c, c, a]);
  expect(await ofAssistant(sales)).toEqual([c, a]);
  await assign(sales, []);
  expect(await ofAssistant(sales)).toEqual([]);
});

it('moves a number from the assistant that had it', async () => {
  const [a, b] = numbers as [string, string, string];
  await assign(sales, [a, b]);
  await assign(support, [a]);
  expect(await ofAssistant(sales)).toEqual([b]);
  expect(await ofAssistant(support)).toEqual([a]);
  expect(await server.platform.phoneNumbers.forCall.byCalledNumber('+14155550101')).toMatchObject({ assistantId: support });
});

it('changes nothing when one of the numbers is refused', async () => {
  const [a, b, c] = numbers as [string, string, string];
  const other = await server.tenant('other');
  const theirs = await bought('+14155550109', other);
  await assign(sales, [a]);
  await team.delete(`/api/phone-numbers/${c}`);
  const cases: [string, number, RegExp][] = [
    ['pn_01h455vb4pex5vsknk084sn02q', 404, /pn_01h455vb4pex5vsknk084sn02q/],
    [sales, 404, /There is no such phone number/],
    ['+14155550101', 404, /There is no such phone number/],
    [theirs, 403, /^Forbidden$/],
    [c, 409, /^\+14155550103 is released/],
  ];
  for (const [id, status, error] of cases) {
    const answer = await assign(sales, [b, id]);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ success: false, error: expect.stringMatching(error) });
    expect(await ofAssistant(sales)).toEqual([a]);
  }
});

it('refuses assistants that are not there or not ours', async () => {
  const other = await server.tenant('other');
  const [a] = numbers as [string, string, string];
  expect((await assign('asst_01h455vb4pex5vsknk084sn02q', [a])).status).toBe(404);
  expect((await assign('nonsense', [])).status).toBe(404);
  expect((await assign(sales, [], other)).status).toBe(403);
  expect(
    (await other.patch(`/api/assistants/${sales}/telephony/phone-numbers`, { accountSlug: team.slug, phoneNumberIds: [] })).status,
  ).toBe(403);
  await team.delete(`/api/assistants/${support}?accountSlug=${team.slug}`);
  expect((await assign(support, [a])).status).toBe(404);
});

it('frees the numbers of an assistant that is deleted', async () => {
  const [a] = numbers as [string, string, string];
  await assign(sales, [a]);
  await team.delete(`/api/assistants/${sales}?accountSlug=${team.slug}`);
  expect((await team.get(`/api/phone-numbers/${a}`)).body.phoneNumber).toMatchObject({ assistant_id: null, assistant_name: null });
});

it('refuses a body of another form', async () => {
  for (const ids of [undefined, null, 'pn_1', [1], Array(201).fill('pn_1')]) expect((await assign(sales, ids)).status).toBe(400);
  expect((await team.patch(`/api/assistants/${sales}/telephony/phone-numbers`, { phoneNumberIds: [] })).status).toBe(400);
});

it('stays whole when the same numbers are assigned to two assistants at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => assign(i % 2 ? sales : support, i % 3 ? numbers : numbers.toReversed())),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  const held = [await ofAssistant(sales), await ofAssistant(support)];
  expect(held.map((ids) => ids.length).sort()).toEqual([0, 3]);
});

it('chooses the number to call from: asked for, the assistant’s first, the account’s', async () => {
  const { fromNumber } = server.platform.phoneNumbers.forCall;
  const [a, b, c] = numbers as [string, string, string];
  expect(await fromNumber(team, { assistantId: sales })).toMatchObject({ id: a });
  await assign(support, [a]);
  expect(await fromNumber(team, { assistantId: sales })).toMatchObject({ id: b });
  await assign(sales, [c, b]);
  expect(await fromNumber(team, { assistantId: sales })).toMatchObject({ id: c, phoneNumber: '+14155550103', provider: 'local' });
  expect(await fromNumber(team, { assistantId: sales, fromNumberId: a })).toMatchObject({ id: a });
  const other = await server.tenant('other');
  expect(await fromNumber(other, { assistantId: sales })).toBeNull();
  await expect(fromNumber(other, { fromNumberId: a })).rejects.toMatchObject({ status: 403 });
  await expect(fromNumber(team, { fromNumberId: 'pn_nothing' })).rejects.toMatchObject({ status: 404 });
});
