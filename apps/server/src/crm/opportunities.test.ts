import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let ours: TestTenant;
let theirs: TestTenant;
let company: string;
let contact: string;
beforeAll(async () => {
  server = await createTestServer();
  ours = await server.tenant('ours');
  theirs = await server.tenant('theirs');
  [company, contact] = await personOf(ours);
});
afterAll(() => server.close());

async function personOf(tenant: TestTenant): Promise<[string, string]> {
  const made = await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme' });
  const companyId = made.body.company.id;
  const person = await tenant.post('/api/crm/contacts', { teamId: tenant.teamId, companyId, firstName: 'Ada', lastName: 'L' });
  return [companyId, person.body.contact.id];
}
const create = (fields: object = {}) => ours.post('/api/crm/opportunities', { teamId: ours.teamId, name: 'Engine', ...fields });

test('an opportunity is kept with what it is about; a contact brings its company', async () => {
  const answer = await create({ amount: 1200.5, probability: 40, expectedCloseDate: '2026-12-24', contactId: contact, stage: 'proposal' });
  expect(answer.body.opportunity).toEqual({
    id: expect.stringMatching(/^opp_[0-9a-z]{26}$/),
    team_id: ours.teamId,
    name: 'Engine',
    stage: 'proposal',
    amount: '1200.50',
    probability: 40,
    expected_close_date: '2026-12-24',
    contact_id: contact,
    contact_name: 'Ada L',
    company_id: company,
    company_name: 'Acme',
    notes: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  const { id } = answer.body.opportunity;
  const changed = await ours.patch(`/api/crm/opportunities/${id}`, { stage: 'closed-won', contactId: null, amount: '99' });
  expect(changed.body.opportunity).toMatchObject({ stage: 'closed-won', contact_id: null, company_id: company, amount: '99.00' });
  expect((await ours.get(`/api/crm/opportunities/${id}`)).body.opportunity).toEqual(changed.body.opportunity);
  expect((await ours.delete(`/api/crm/opportunities/${id}`)).body).toEqual({ success: true, id });
  expect((await ours.get(`/api/crm/opportunities/${id}`)).status).toBe(404);
});

test.each([
  ['no name', { name: '' }, 'name'],
  ['an unknown stage', { stage: 'won' }, 'stage'],
  ['a probability past 100', { probability: 101 }, 'probability'],
  ['a day that is none', { expectedCloseDate: '2026-02-30' }, 'expectedCloseDate'],
  ['an amount below nothing', { amount: -1 }, 'amount'],
  ['an amount that is none', { amount: 'much' }, 'amount'],
])('%s is refused', async (_what, fields, path) => {
  expect(await create(fields)).toMatchObject({ status: 400, body: { details: [{ path }] } });
});

test('what is another’s is 403, what is not there 404', async () => {
  const [company, contact] = await personOf(theirs);
  expect((await create({ companyId: company })).status).toBe(403);
  expect((await create({ contactId: contact })).status).toBe(403);
  expect((await create({ contactId: newId('cont') })).status).toBe(404);
  expect((await create({ teamId: theirs.teamId })).status).toBe(403);
  const foreign = await theirs.post('/api/crm/opportunities', { teamId: theirs.teamId, name: 'x' });
  const { id } = foreign.body.opportunity;
  for (const [at, status] of [
    [id, 403],
    [newId('opp'), 404],
    ['x', 404],
  ]) {
    expect((await ours.get(`/api/crm/opportunities/${at}`)).status).toBe(status);
    expect((await ours.patch(`/api/crm/opportunities/${at}`, { name: 'y' })).status).toBe(status);
    expect((await ours.delete(`/api/crm/opportunities/${at}`)).status).toBe(status);
  }
});

test('lists filter, count and sum', async () => {
  const tenant = await server.tenant('board');
  const [company, contact] = await personOf(tenant);
  const add = (name: string, fields: object) => tenant.post('/api/crm/opportunities', { teamId: tenant.teamId, name, ...fields });
  await add('First', { stage: 'new', amount: 10 });
  await add('Second', { stage: 'proposal', amount: '20.25', contactId: contact });
  await add('Third', { stage: 'proposal', companyId: company });
  const list = async (query = '') => (await tenant.get(`/api/crm/opportunities?teamId=${tenant.teamId}${query}`)).body;
  expect(await list()).toMatchObject({
    count: 3,
    amount: '30.25',
    opportunities: [{ name: 'Third' }, { name: 'Second' }, { name: 'First' }],
  });
  expect(await list('&stage=proposal&limit=1')).toMatchObject({ count: 2, amount: '20.25', opportunities: [{ name: 'Third' }] });
  expect(await list(`&contactId=${contact}`)).toMatchObject({ count: 1 });
  expect(await list(`&companyId=${company}`)).toMatchObject({ count: 2 });
  expect(await list('&search=fir')).toMatchObject({ count: 1 });
  expect(await list('&stage=closed-lost')).toMatchObject({ count: 0, amount: '0.00' });
});

test('an opportunity outlives its contact', async () => {
  const [, person] = await personOf(ours);
  const { id } = (await create({ contactId: person })).body.opportunity;
  await ours.delete(`/api/crm/contacts/${person}`);
  expect((await ours.get(`/api/crm/opportunities/${id}`)).body.opportunity).toMatchObject({ contact_id: null, contact_name: null });
});
