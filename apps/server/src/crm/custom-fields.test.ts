import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let tenant: TestTenant;
let round = 0;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  tenant = await server.tenant(`team-${++round}`);
});

const define = (fields: object = {}) =>
  tenant.post('/api/crm/custom-fields', { teamId: tenant.teamId, entity: 'contact', name: 'Score', type: 'number', ...fields });
const company = async (fields: object = {}) =>
  (await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme', ...fields })).body.company;
const contact = async (customFields?: object) =>
  tenant.post('/api/crm/contacts', {
    teamId: tenant.teamId,
    companyId: (await company()).id,
    firstName: 'Ada',
    lastName: 'L',
    ...(customFields ? { customFields } : {}),
  });

test('a field is defined, its key made from the name', async () => {
  const answer = await define({ name: 'Größe (m²)' });
  expect(answer.body.customField).toEqual({
    id: expect.stringMatching(/^cf_[0-9a-z]{26}$/),
    team_id: tenant.teamId,
    entity: 'contact',
    name: 'Größe (m²)',
    key: 'grosse_m2',
    type: 'number',
    options: [],
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  expect((await define({ name: 'Grosse m2' })).status).toBe(409);
  expect((await define({ name: 'Grosse m2', entity: 'company' })).status).toBe(200);
  const listed = await tenant.get(`/api/crm/custom-fields?teamId=${tenant.teamId}&entity=contact`);
  expect(listed.body).toMatchObject({ count: 1, customFields: [{ key: 'grosse_m2' }] });
});

test.each([
  ['a key with capitals', { key: 'Score' }, 'key'],
  ['a name no key can be made from', { name: '№ 1' }, undefined],
  ['a select without options', { type: 'select' }, 'options'],
  ['options of a number', { options: ['a'] }, 'options'],
  ['an unknown type', { type: 'money' }, 'type'],
  ['an unknown entity', { entity: 'deal' }, 'entity'],
])('%s is refused', async (_what, fields, path) => {
  const answer = await define(fields);
  if (path === undefined) return expect(answer.status).toBe(200);
  expect(answer).toMatchObject({ status: 400, body: { details: [{ path }] } });
});

test.each([
  ['text', 'hello', 7],
  ['number', 1.5, '1.5'],
  ['date', '2026-02-28', '2026-02-30'],
  ['boolean', false, 'false'],
  ['select', 'b', 'c'],
])('a value of type %s is held to it', async (type, good, bad) => {
  await define({ name: 'f', type, ...(type === 'select' ? { options: ['a', 'b'] } : {}) });
  const kept = await contact({ f: good });
  expect(kept.body.contact.custom_fields).toEqual({ f: good });
  expect(await contact({ f: bad })).toMatchObject({ status: 400, body: { details: [{ path: 'customFields.f' }] } });
  expect(await contact({ g: good })).toMatchObject({ status: 400, body: { details: [{ path: 'customFields.g' }] } });
});

test('a change of values keeps the others; null takes one away', async () => {
  await define({ name: 'a' });
  await define({ name: 'b' });
  const { id } = (await contact({ a: 1, b: 2 })).body.contact;
  const changed = await tenant.patch(`/api/crm/contacts/${id}`, { customFields: { a: null } });
  expect(changed.body.contact.custom_fields).toEqual({ b: 2 });
});

test('values of companies are kept apart from those of contacts', async () => {
  await define({ entity: 'company', name: 'tier', type: 'text' });
  expect((await company({ customFields: { tier: 'gold' } })).custom_fields).toEqual({ tier: 'gold' });
  expect((await contact({ tier: 'gold' })).status).toBe(400);
});

test('name and options change, entity, key and type do not; stored values outlive their option', async () => {
  const { id } = (await define({ name: 'Size', type: 'select', options: ['S', 'M'] })).body.customField;
  const { contact: person } = (await contact({ size: 'S' })).body;
  const changed = await tenant.patch(`/api/crm/custom-fields/${id}`, { name: 'T-shirt', options: ['M', 'L', 'M'] });
  expect(changed.body.customField).toMatchObject({ name: 'T-shirt', key: 'size', options: ['M', 'L'] });
  expect((await tenant.patch(`/api/crm/custom-fields/${id}`, { type: 'text' })).status).toBe(400);
  expect((await tenant.patch(`/api/crm/custom-fields/${id}`, { options: [] })).status).toBe(400);
  expect((await contact({ size: 'S' })).status).toBe(400);
  expect((await tenant.get(`/api/crm/contacts/${person.id}`)).body.contact.custom_fields).toEqual({ size: 'S' });
  expect((await tenant.patch(`/api/crm/contacts/${person.id}`, { jobTitle: 'x' })).status).toBe(200);
});

test('a deleted field takes its values with it, everywhere in this account and nowhere else', async () => {
  const { id } = (await define({ name: 'a' })).body.customField;
  await define({ name: 'b' });
  const { contact: person } = (await contact({ a: 1, b: 2 })).body;
  const other = tenant;
  tenant = await server.tenant(`neighbour-${round}`);
  await define({ name: 'a' });
  const { contact: neighbour } = (await contact({ a: 5 })).body;
  expect((await tenant.delete(`/api/crm/custom-fields/${id}`)).status).toBe(403);
  expect((await other.delete(`/api/crm/custom-fields/${id}`)).body).toEqual({ success: true, id });
  expect((await other.get(`/api/crm/contacts/${person.id}`)).body.contact.custom_fields).toEqual({ b: 2 });
  expect((await tenant.get(`/api/crm/contacts/${neighbour.id}`)).body.contact.custom_fields).toEqual({ a: 5 });
  expect((await other.delete(`/api/crm/custom-fields/${id}`)).status).toBe(404);
  expect((await other.delete(`/api/crm/custom-fields/${newId('cont')}`)).status).toBe(404);
});

test('at most a hundred of a kind', async () => {
  const answers = await Promise.all(Array.from({ length: 104 }, (_, i) => define({ name: `f ${i}` })));
  expect(answers.filter(({ status }) => status === 200).length).toBe(100);
  expect(answers.filter(({ status }) => status === 409).length).toBe(4);
});
