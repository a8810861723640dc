import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let ours: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  ours = await server.tenant('ours');
  theirs = await server.tenant('theirs');
});
afterAll(() => server.close());

const make = async (tenant: TestTenant, fields: object = {}) => {
  const answer = await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme', ...fields });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.company;
};

test('a company is created with every field and read back in snake_case', async () => {
  const company = await make(ours, {
    name: ' Müller GmbH ',
    website: 'https://mueller.example',
    industry: 'Bakery',
    companySize: '11-50',
    addressLine1: 'Hauptstr. 1',
    addressLine2: '',
    city: 'Berlin',
    state: 'BE',
    postalCode: '10115',
    country: 'DE',
    phone: '030 901820',
    notes: 'regular',
  });
  expect(company).toEqual({
    id: expect.stringMatching(/^comp_[0-9a-z]{26}$/),
    team_id: ours.teamId,
    name: 'Müller GmbH',
    website: 'https://mueller.example',
    industry: 'Bakery',
    company_size: '11-50',
    address_line1: 'Hauptstr. 1',
    address_line2: null,
    city: 'Berlin',
    state: 'BE',
    postal_code: '10115',
    country: 'DE',
    phone: '+4930901820',
    notes: 'regular',
    custom_fields: {},
    contact_count: 0,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  });
  expect((await ours.get(`/api/crm/companies/${company.id}`)).body.company).toEqual(company);
});

test('null clears a field, a field left out stays', async () => {
  const { id } = await make(ours, { website: 'https://a.example', industry: 'Steel', phone: '+14155550100' });
  const changed = await ours.patch(`/api/crm/companies/${id}`, { website: null, phone: '' });
  expect(changed.body.company).toMatchObject({ website: null, phone: null, industry: 'Steel', name: 'Acme' });
});

test.each([
  ['a missing name', { name: undefined }, 'name'],
  ['an empty name', { name: '  ' }, 'name'],
  ['a country that is none', { country: 'XX' }, 'country'],
  ['a number that is none', { phone: '12' }, 'phone'],
  ['an unknown field', { adress: 'x' }, 'adress'],
  ['an unknown custom field', { customFields: { size: 1 } }, 'customFields.size'],
  ['a name too long', { name: 'x'.repeat(201) }, 'name'],
])('%s is refused with 400 that names it', async (_what, fields, path) => {
  const answer = await ours.post('/api/crm/companies', { teamId: ours.teamId, name: 'Acme', ...fields });
  expect(answer.status).toBe(400);
  expect(answer.body.details[0].path).toBe(path);
});

test('another team is 403, another’s company 403, an unknown or ill-formed id 404', async () => {
  const { id } = await make(theirs);
  expect((await ours.post('/api/crm/companies', { teamId: theirs.teamId, name: 'x' })).status).toBe(403);
  expect((await ours.get(`/api/crm/companies?teamId=${theirs.teamId}`)).status).toBe(403);
  for (const [method, body] of [['get'], ['patch', {}], ['delete']] as const) {
    const call = (path: string) => (body ? ours[method](path, body) : ours[method](path));
    expect((await call(`/api/crm/companies/${id}`)).status).toBe(403);
    expect((await call(`/api/crm/companies/${newId('comp')}`)).status).toBe(404);
    expect((await call(`/api/crm/companies/${newId('cont')}`)).status).toBe(404);
    expect((await call('/api/crm/companies/%20')).status).toBe(404);
  }
  expect((await ours.get(`/api/crm/companies/${id}/contacts`)).status).toBe(403);
});

test('a list is newest first, pages without gaps, counts all, and finds by name and industry', async () => {
  const tenant = await server.tenant('listing');
  const ids = [];
  for (const name of ['Café Zoë', 'Cafe Müller', 'Stahl AG', '100% Bio'])
    ids.unshift((await make(tenant, { name, industry: name === 'Stahl AG' ? 'Steel' : 'Food' })).id);
  const page = async (query: string) => (await tenant.get(`/api/crm/companies?teamId=${tenant.teamId}&${query}`)).body;
  const idsOf = (body: { companies: { id: string }[] }) => body.companies.map(({ id }) => id);
  expect(idsOf(await page(''))).toEqual(ids);
  expect(await page('limit=3&offset=2')).toMatchObject({ count: 4, limit: 3, offset: 2, companies: [{ id: ids[2] }, { id: ids[3] }] });
  expect(idsOf(await page('search=cafe'))).toEqual([ids[2], ids[3]]);
  expect(idsOf(await page('search=MULL'))).toEqual([ids[2]]);
  expect(idsOf(await page(`search=${encodeURIComponent('%')}`))).toEqual([]);
  expect(idsOf(await page(`search=${encodeURIComponent('100%')}`))).toEqual([ids[0]]);
  expect(idsOf(await page('industry=Steel'))).toEqual([ids[1]]);
  expect((await tenant.get(`/api/crm/companies?accountSlug=${tenant.slug}`)).body.count).toBe(4);
  expect((await tenant.get('/api/crm/companies?accountSlug=ours')).status).toBe(403);
  expect((await tenant.get('/api/crm/companies?limit=201')).status).toBe(400);
});

test('a company with contacts is deleted only when told that they go with it', async () => {
  const { id } = await make(ours);
  const contact = await ours.post('/api/crm/contacts', { teamId: ours.teamId, companyId: id, firstName: 'Ada', lastName: 'L' });
  expect((await ours.get(`/api/crm/companies/${id}`)).body.company.contact_count).toBe(1);
  const refused = await ours.delete(`/api/crm/companies/${id}`);
  expect(refused).toMatchObject({ status: 409, body: { success: false, error: expect.stringContaining('1 contact') } });
  expect((await ours.delete(`/api/crm/companies/${id}?deleteContacts=true`)).body).toEqual({ success: true, id });
  expect((await ours.get(`/api/crm/companies/${id}`)).status).toBe(404);
  expect((await ours.get(`/api/crm/contacts/${contact.body.contact.id}`)).status).toBe(404);
});

test('a scope for reading does not write', async () => {
  const reader = await server.tenant('reader', { scopes: ['companies:read'] });
  expect((await reader.get('/api/crm/companies')).status).toBe(200);
  expect((await reader.post('/api/crm/companies', { teamId: reader.teamId, name: 'x' })).status).toBe(403);
  expect((await reader.get('/api/crm/contacts')).status).toBe(403);
});
