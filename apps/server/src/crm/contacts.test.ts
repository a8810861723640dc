import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let theirs: TestTenant;
let theirCompany: string;
beforeAll(async () => {
  server = await createTestServer();
  theirs = await server.tenant('theirs');
  theirCompany = await companyOf(theirs);
});
afterAll(() => server.close());

let ours: TestTenant;
let company: string;
let round = 0;
beforeEach(async () => {
  ours = await server.tenant(`ours-${++round}`);
  company = await companyOf(ours, { name: 'Acme', country: 'DE' });
});

async function companyOf(tenant: TestTenant, fields: object = {}): Promise<string> {
  return (await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme', ...fields })).body.company.id;
}
const create = (fields: object = {}) =>
  ours.post('/api/crm/contacts', { teamId: ours.teamId, companyId: company, firstName: 'Ada', lastName: 'Lovelace', ...fields });
const made = async (fields: object = {}) => {
  const answer = await create(fields);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.contact;
};
const list = async (query = '') => (await ours.get(`/api/crm/contacts?teamId=${ours.teamId}${query}`)).body;
const idsOf = (body: { contacts: { id: string }[] }) => body.contacts.map(({ id }) => id);

test('a contact has its defaults', async () => {
  expect(await made()).toEqual({
    id: expect.stringMatching(/^cont_[0-9a-z]{26}$/),
    team_id: ours.teamId,
    company_id: company,
    company_name: 'Acme',
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: null,
    phone: null,
    phone_secondary: null,
    job_title: null,
    lead_status: 'new',
    source: null,
    timezone: null,
    preferred_contact_method: null,
    do_not_call: false,
    notes: null,
    custom_fields: {},
    tags: [],
    call_count: 0,
    last_call_id: null,
    last_call_at: null,
    last_call_outcome: null,
    last_call_duration_seconds: null,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  });
});

test('every field is kept; phone numbers are read by the company’s country', async () => {
  const contact = await made({
    email: ' ada@example.com ',
    phone: '0151 23456789',
    phoneSecondary: '+1 (415) 555-0101',
    jobTitle: 'Analyst',
    leadStatus: 'qualified',
    source: 'fair',
    timezone: 'Europe/Berlin',
    preferredContactMethod: 'phone',
    doNotCall: true,
    notes: 'likes engines',
    tags: ['vip', 'fair', 'vip'],
  });
  expect(contact).toMatchObject({
    email: 'ada@example.com',
    phone: '+4915123456789',
    phone_secondary: '+14155550101',
    job_title: 'Analyst',
    lead_status: 'qualified',
    source: 'fair',
    timezone: 'Europe/Berlin',
    preferred_contact_method: 'phone',
    do_not_call: true,
    notes: 'likes engines',
    tags: ['vip', 'fair'],
  });
  expect((await ours.get(`/api/crm/contacts/${contact.id}`)).body.contact).toEqual(contact);
});

test('without a country of the company the account’s counts', async () => {
  const elsewhere = await companyOf(ours);
  expect(await made({ companyId: elsewhere, phone: '(415) 555-0102' })).toMatchObject({ phone: '+14155550102' });
});

test.each([
  ['no first name', { firstName: undefined }, 'firstName'],
  ['an e-mail that is none', { email: 'ada' }, 'email'],
  ['a phone number that is none', { phone: '110' }, 'phone'],
  ['a status that is none', { leadStatus: 'hot' }, 'leadStatus'],
  ['a time zone that is none', { timezone: 'Berlin' }, 'timezone'],
  ['an offset as time zone', { timezone: '+02:00' }, 'timezone'],
  ['an ill-formed company id', { companyId: 'acme' }, 'companyId'],
  ['text as a mark', { doNotCall: 'yes' }, 'doNotCall'],
  ['too many tags', { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }, 'tags'],
  ['an unknown field', { phoneNumber: '+14155550101' }, 'phoneNumber'],
])('%s is refused with 400 that names it, and nothing is stored', async (_what, fields, path) => {
  const answer = await create(fields);
  expect(answer.status).toBe(400);
  expect(answer.body.details[0].path).toBe(path);
  expect((await list()).count).toBe(0);
});

test('another’s company is 403, an unknown one 404, another team 403, an unknown campaign 404 and nothing stored', async () => {
  expect((await create({ companyId: theirCompany })).status).toBe(403);
  expect((await create({ companyId: newId('comp') })).status).toBe(404);
  expect((await create({ teamId: theirs.teamId })).status).toBe(403);
  expect((await create({ campaignId: newId('camp') })).status).toBe(404);
  expect((await list()).count).toBe(0);
  expect((await ours.get(`/api/crm/contacts?companyId=${theirCompany}`)).status).toBe(403);
});

test('another’s contact is 403 to every verb, an unknown one 404', async () => {
  const foreign = await theirs.post('/api/crm/contacts', {
    teamId: theirs.teamId,
    companyId: theirCompany,
    firstName: 'Eve',
    lastName: 'X',
  });
  for (const [id, status] of [
    [foreign.body.contact.id, 403],
    [newId('cont'), 404],
    ['cont_1', 404],
  ] as const) {
    expect((await ours.get(`/api/crm/contacts/${id}`)).status).toBe(status);
    expect((await ours.patch(`/api/crm/contacts/${id}`, { firstName: 'Mine' })).status).toBe(status);
    expect((await ours.delete(`/api/crm/contacts/${id}`)).status).toBe(status);
    expect((await ours.post(`/api/crm/contacts/${id}/erase`)).status).toBe(status);
  }
  expect((await theirs.get(`/api/crm/contacts/${foreign.body.contact.id}`)).body.contact.first_name).toBe('Eve');
});

test('a phone number belongs to one contact of a team: 409 names who has it; other teams do not matter', async () => {
  const first = await made({ phone: '+4915111111111' });
  const second = await create({ firstName: 'Other', phone: '0151 11111111' });
  expect(second.status).toBe(409);
  expect(second.body.error).toContain(first.id);
  const other = await made({ phone: '+4915122222222' });
  expect((await ours.patch(`/api/crm/contacts/${other.id}`, { phone: '+4915111111111' })).status).toBe(409);
  expect((await ours.patch(`/api/crm/contacts/${first.id}`, { phone: '+4915111111111' })).status).toBe(200);
  const foreign = { teamId: theirs.teamId, companyId: theirCompany, firstName: 'A', lastName: 'B', phone: '+4915111111111' };
  expect((await theirs.post('/api/crm/contacts', foreign)).status).toBe(200);
});

test('two creates of one number at once: one wins', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => create({ phone: '+4915133333333' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
});

test('a change keeps what it does not name and clears what is null', async () => {
  const { id, created_at } = await made({ email: 'a@example.com', phone: '+4915144444444', tags: ['x'] });
  const next = await companyOf(ours, { name: 'Next' });
  const changed = await ours.patch(`/api/crm/contacts/${id}`, { email: null, companyId: next, doNotCall: true, tags: [] });
  expect(changed.body.contact).toMatchObject({
    email: null,
    phone: '+4915144444444',
    company_id: next,
    company_name: 'Next',
    do_not_call: true,
    tags: [],
    first_name: 'Ada',
    created_at,
  });
  expect((await ours.patch(`/api/crm/contacts/${id}`, { companyId: theirCompany })).status).toBe(403);
  expect((await ours.patch(`/api/crm/contacts/${id}`, { teamId: ours.teamId })).status).toBe(400);
});

test('lists filter, count and page', async () => {
  const other = await companyOf(ours, { name: 'Other' });
  const ada = await made({ tags: ['vip'], phone: '+4915155555555' });
  const grace = await made({ firstName: 'Grace', lastName: 'Hopper', leadStatus: 'qualified', companyId: other });
  const zoe = await made({ firstName: 'Zoë', lastName: 'Łukasz', doNotCall: true, email: 'zoe@navy.example' });
  expect(idsOf(await list())).toEqual([zoe.id, grace.id, ada.id]);
  expect(await list('&limit=1&offset=1')).toMatchObject({ count: 3, limit: 1, offset: 1, contacts: [{ id: grace.id }] });
  expect(await list('&offset=7')).toMatchObject({ count: 3, contacts: [] });
  for (const [query, expected] of [
    [`&companyId=${other}`, [grace]],
    ['&leadStatus=qualified', [grace]],
    ['&leadStatus=new', [zoe, ada]],
    ['&doNotCall=true', [zoe]],
    ['&doNotCall=false', [grace, ada]],
    ['&doNotCall=false&leadStatus=new', [ada]],
    ['&tag=vip', [ada]],
    ['&tag=vi', []],
    ['&search=lukasz', [zoe]],
    ['&search=hopper%20grace', [grace]],
    ['&search=navy.ex', [zoe]],
    ['&search=0151%2055555', [ada]],
    ['&search=gr', [grace]],
    ['&search=%25', []],
    ['&search=ada&tag=vip', [ada]],
    ['&search=%20', [zoe, grace, ada]],
  ] as const) {
    const body = await list(query);
    expect([query, idsOf(body), body.count]).toEqual([query, expected.map(({ id }) => id), expected.length]);
  }
  expect(idsOf((await ours.get(`/api/crm/companies/${other}/contacts`)).body)).toEqual([grace.id]);
  expect((await ours.get(`/api/crm/contacts?accountSlug=${ours.slug}&search=ada&offset=5`)).body).toMatchObject({ count: 1, contacts: [] });
});

test('a deleted contact is gone', async () => {
  const { id } = await made();
  expect((await ours.delete(`/api/crm/contacts/${id}`)).body).toEqual({ success: true, id });
  expect((await ours.get(`/api/crm/contacts/${id}`)).status).toBe(404);
  expect((await ours.delete(`/api/crm/contacts/${id}`)).status).toBe(404);
  expect((await list()).count).toBe(0);
});

test('facts of calls: the newest counts, each is counted', async () => {
  const { id } = await made();
  const { contacts } = server.platform;
  const call = (callId: string, at: string, outcome: string) =>
    contacts.noteCall(id, { callId, at: new Date(at), outcome, durationSeconds: 12.4 });
  await call('call_2', '2026-02-01T10:00:00Z', 'answered');
  await call('call_1', '2026-01-01T10:00:00Z', 'busy');
  expect((await ours.get(`/api/crm/contacts/${id}`)).body.contact).toMatchObject({
    call_count: 2,
    last_call_id: 'call_2',
    last_call_at: '2026-02-01T10:00:00.000Z',
    last_call_outcome: 'answered',
    last_call_duration_seconds: 12,
  });
});

test('other features look contacts up: by number, by ids, a company’s in batches', async () => {
  const { contacts } = server.platform;
  const made3 = [await made({ phone: '+4915166666666' }), await made({ phoneSecondary: '+4915177777777' }), await made()];
  const ids = made3.map(({ id }) => id);
  expect((await contacts.findByPhone(ours.accountId, '+4915166666666'))?.id).toBe(ids[0]);
  expect((await contacts.findByPhone(ours.accountId, '+4915177777777'))?.id).toBe(ids[1]);
  expect(await contacts.findByPhone(theirs.accountId, '+4915166666666')).toBeUndefined();
  expect((await contacts.byIds(ours.accountId, [...ids, newId('cont')])).length).toBe(3);
  expect(await contacts.byIds(theirs.accountId, ids)).toEqual([]);
  const batches: string[][] = [];
  for (let batch = await contacts.nextOfCompany(company, null, 2); batch.length > 0; ) {
    batches.push(batch.map(({ id }) => id));
    batch = await contacts.nextOfCompany(company, batch.at(-1)!, 2);
  }
  expect(batches.map(({ length }) => length)).toEqual([2, 1]);
  expect(batches.flat()).toEqual(ids);
  expect(await contacts.find(ids[0])).toMatchObject({ contact: { id: ids[0] }, company: { name: 'Acme' } });
});
