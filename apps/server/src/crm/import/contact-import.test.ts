import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../../testing/test-server.ts';

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

const url = (query = '') => `/api/crm/contacts/import?teamId=${tenant.teamId}${query}`;
const csv = async (payload: string | Buffer | Readable, query = '', type = 'text/csv') => {
  const answer = await server.app.inject({
    method: 'POST',
    url: url(query),
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': type },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
};
const contacts = async (query = '') => (await tenant.get(`/api/crm/contacts?teamId=${tenant.teamId}${query}`)).body;
const nothing = { imported: 0, updated: 0, unchanged: 0, failed: 0, companiesCreated: 0, errors: [] };

test('a file is imported with its companies; sent again it changes nothing', async () => {
  const file = [
    'first_name,last_name,email,phone,company_name,lead_status,tags,do_not_call',
    'Ada,Lovelace,ada@example.com,(415) 555-0101,Acme,qualified,"vip;fair",no',
    'Grace,Hopper,grace@example.com,+1 415 555 0102,ACME,,,yes',
    'Alan,Turing,alan@example.com,,Bletchley,,,',
    'Only,Name,,,Bletchley,,,',
  ].join('\r\n');
  expect((await csv(file)).body).toEqual({ success: true, ...nothing, imported: 4, companiesCreated: 2 });
  const before = await contacts();
  expect(before.count).toBe(4);
  expect(before.contacts.find((contact: { first_name: string }) => contact.first_name === 'Ada')).toMatchObject({
    company_name: 'Acme',
    phone: '+14155550101',
    lead_status: 'qualified',
    tags: ['vip', 'fair'],
    do_not_call: false,
  });
  expect((await contacts('&doNotCall=true')).contacts).toMatchObject([{ first_name: 'Grace', company_name: 'Acme' }]);
  expect((await csv(file)).body).toEqual({ success: true, ...nothing, updated: 4, unchanged: 4 });
  expect(await contacts()).toEqual(before);
});

test('people known by phone number are updated: what is empty stays, tags are added, a do-not-call mark stays', async () => {
  await csv('First name,Last name,Phone,Company,Job title,Tags,DNC\nAda,Lovelace,+14155550101,Acme,Analyst,a,x');
  const answer = await csv('phone;last name;company;job title;tags;dnc\n4155550101;King;New Co;;b;no');
  expect(answer.body).toMatchObject({ imported: 0, updated: 1, unchanged: 0, failed: 0, companiesCreated: 1 });
  expect((await contacts()).contacts).toMatchObject([
    { first_name: 'Ada', last_name: 'King', job_title: 'Analyst', company_name: 'New Co', tags: ['a', 'b'], do_not_call: true },
  ]);
});

test.each([
  ['camelCase and tabs', 'firstName\tlastName\tcompanyName\tphoneSecondary\nZoë\tŁ\tAcme\t+14155550109', undefined],
  ['German words, semicolons, a byte order mark', '\uFEFFVorname;Name;Firma;Telefon;Handy\nZoë;Ł;Acme;;+14155550109', undefined],
  ['a full name', 'Kontakt,Unternehmen,Telefon 2\nZoë Ł,Acme,+14155550109', undefined],
])('%s are understood', async (_what, file) => {
  expect(await csv(file)).toMatchObject({ status: 200, body: { imported: 1, failed: 0 } });
  const [contact] = (await contacts()).contacts;
  expect(contact).toMatchObject({ first_name: 'Zoë', last_name: 'Ł', company_name: 'Acme' });
  expect(contact.phone ?? contact.phone_secondary).toBe('+14155550109');
});

test('UTF-16 and named charsets are understood; other bytes are refused with a way out', async () => {
  const file = 'first_name,last_name,company_name\nJörg,Müller,Straße';
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file, 'utf16le')]);
  expect((await csv(utf16)).body).toMatchObject({ imported: 1 });
  const latin = Buffer.from(file, 'latin1');
  expect((await csv(latin, '', 'text/csv; charset=windows-1252')).body).toMatchObject({ imported: 0, updated: 1, unchanged: 1 });
  expect(await csv(latin)).toMatchObject({ status: 400, body: { error: expect.stringContaining('charset=windows-1252') } });
  expect(await csv(file, '', 'text/csv; charset=nonsense')).toMatchObject({ status: 400 });
});

test('quoted line ends, quotes and delimiters belong to their cell', async () => {
  const file = '"first_name";"last_name";"company_name";"notes"\n"Ada";"Love;lace";"Acme ""the"" Co";"line 1\nline 2; more"\n';
  expect((await csv(file)).body).toMatchObject({ imported: 1 });
  expect((await contacts()).contacts).toMatchObject([
    { last_name: 'Love;lace', company_name: 'Acme "the" Co', notes: 'line 1\nline 2; more' },
  ]);
});

test('bad rows are named and left out, the others stored', async () => {
  const file = [
    'first_name,last_name,phone,email,company_name,company_id,timezone,lead_status',
    'Ada,Lovelace,12,,Acme,,,',
    'Grace,Hopper,,not-an-address,Acme,,Nowhere,hot',
    ',Nobody,,,Acme,,,',
    '',
    'Alan,Turing,,,,,,',
    `Eve,X,,,,${newId('comp')},,`,
    'Too,Many,,,Acme,,,,surplus',
    'Good,One,,,Acme,,,',
  ].join('\n');
  const { body } = await csv(file);
  expect(body).toMatchObject({ imported: 1, updated: 0, failed: 6, companiesCreated: 1 });
  expect(body.errors.map(({ row, path }: { row: number; path: string }) => [row, path])).toEqual([
    [2, 'phone'],
    [3, 'email'],
    [3, 'leadStatus'],
    [3, 'timezone'],
    [4, 'firstName'],
    [6, 'companyName'],
    [7, 'companyId'],
    [8, ''],
  ]);
  for (const { message } of body.errors) expect(message).toMatch(/^(is|must|has) /);
});

test.each([
  ['an empty file', '', 'empty'],
  ['no header', 'Ada,Lovelace,+14155550101', 'first row must name the columns'],
  ['an unknown column', 'first_name,last_name,shoe_size\nA,B,7', 'shoe_size'],
  ['two columns of one field', 'first_name,last_name,email,e-mail\nA,B,,', 'e-mail'],
  ['a quotation mark that is not closed', `first_name,last_name,company_name\n"A,B,C\n${'x'.repeat(1000)}`, 'Row 2'],
])('%s is refused with a sentence', async (_what, file, words) => {
  const { status, body } = await csv(file);
  expect([status, body.success]).toEqual([400, false]);
  expect(body.error).toContain(words);
  expect((await contacts()).count).toBe(0);
});

test('unknown columns are left out when asked for', async () => {
  const answer = await csv('first_name,last_name,shoe_size,company_name\nA,B,7,C', '&unknownColumns=ignore');
  expect(answer.body).toMatchObject({ imported: 1 });
});

test('a company for all rows may be named; another’s is 403, an unknown one 404', async () => {
  const company = (await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Berlin', country: 'DE' })).body.company;
  expect((await csv('name,phone\nAda Lovelace,030 901820', `&companyId=${company.id}`)).body).toMatchObject({ imported: 1 });
  expect((await contacts()).contacts).toMatchObject([{ phone: '+4930901820', company_id: company.id }]);
  const other = await server.tenant(`other-${round}`);
  const foreign = (await other.post('/api/crm/companies', { teamId: other.teamId, name: 'X' })).body.company;
  expect((await csv('name\nA B', `&companyId=${foreign.id}`)).status).toBe(403);
  expect((await csv('name\nA B', `&companyId=${newId('comp')}`)).status).toBe(404);
  const stolen = await csv(`name,company_id\nA B,${foreign.id}`);
  expect(stolen.body).toMatchObject({ imported: 0, failed: 1, errors: [{ row: 2, path: 'companyId' }] });
});

test('a list imports like a file, with names in any case and values of any type', async () => {
  const { body } = await tenant.post(url(), {
    contacts: [
      { firstName: 'Ada', last_name: 'Lovelace', phone: 4155550101, company_name: 'Acme', doNotCall: true, tags: ['x'] },
      { firstName: 'Ada', lastName: 'L', companyName: 'Acme', shoeSize: 7 },
      { firstName: 'Grace', lastName: 'Hopper', companyName: 'Acme', email: null, customFields: { size: 1 } },
      { firstName: 12, lastName: 'x', companyName: 'Acme' },
    ],
  });
  expect(body).toMatchObject({ imported: 1, failed: 3, companiesCreated: 1 });
  expect(body.errors.map(({ row, path }: { row: number; path: string }) => [row, path])).toEqual([
    [2, 'shoeSize'],
    [3, 'customFields.size'],
    [4, 'firstName'],
  ]);
  expect((await tenant.post(url(), { contacts: 'x' })).status).toBe(400);
  expect((await tenant.post(url(), { contacts: [], more: 1 })).status).toBe(400);
  expect((await tenant.post(url(), { contacts: [] })).body).toEqual({ success: true, ...nothing });
});

test('custom fields are read by key or name and held to their type', async () => {
  const define = (fields: object) => tenant.post('/api/crm/custom-fields', { teamId: tenant.teamId, entity: 'contact', ...fields });
  await define({ name: 'Shoe size', type: 'number' });
  await define({ name: 'Colour', type: 'select', options: ['Red', 'Blue'] });
  const file = 'name,company,Shoe Size,custom.colour\nA B,C,42.5,red\nC D,C,big,Red';
  const { body } = await csv(file);
  expect(body).toMatchObject({ imported: 1, failed: 1, errors: [{ row: 3, path: 'customFields.shoe_size', message: 'must be a number' }] });
  expect((await contacts()).contacts).toMatchObject([{ custom_fields: { shoe_size: 42.5, colour: 'Red' } }]);
});

test('rows of one file that speak of one person are one contact, wherever the batches are cut', async () => {
  const people = Array.from({ length: 1500 }, (_, i) => `P${i},L,+1415555${String(i % 750).padStart(4, '0')},Acme`);
  const { body } = await csv(`first_name,last_name,phone,company_name\n${people.join('\n')}`);
  expect(body).toMatchObject({ imported: 750, updated: 750, failed: 0 });
  expect((await contacts()).count).toBe(750);
  expect((await contacts('&search=4155550749')).contacts).toMatchObject([{ first_name: 'P1499' }]);
});

test('imports of the same file at once, beside single creates, make nobody twice', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `P${i},L,+1415556${String(i).padStart(4, '0')},Acme,p${i}@example.com`);
  const file = `first_name,last_name,phone,company_name,email\n${rows.join('\n')}`;
  const company = (await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Single' })).body.company.id;
  const single = (i: number) =>
    tenant.post('/api/crm/contacts', {
      teamId: tenant.teamId,
      companyId: company,
      firstName: 'S',
      lastName: 'S',
      phone: `+1415556${String(i).padStart(4, '0')}`,
    });
  const [first, second] = await Promise.all([csv(file), csv(file), ...Array.from({ length: 20 }, (_, i) => single(i * 15))]);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(first.body.imported + second.body.imported).toBeLessThanOrEqual(300);
  expect((await contacts()).count).toBe(300);
  expect((await tenant.get('/api/crm/companies?search=acme')).body.count).toBe(1);
});

/** Over a socket, where reading on or breaking off makes a difference. */
async function overSocket(body: AsyncIterable<Uint8Array>): Promise<{ status: number; error: string }> {
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  const sending = request({
    port,
    method: 'POST',
    path: url(),
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'text/csv' },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  // The server may stop reading before the end.
  pipeline(Readable.from(body), sending, () => {});
  const [response] = await answered;
  const text = (await response.toArray()).join('');
  sending.destroy();
  return { status: response.statusCode ?? 0, error: JSON.parse(text).error };
}

test('a file past 64 MiB is refused with 413; what came before stays', async () => {
  const filler = Buffer.from(`A,B,C,${'x'.repeat(9_000)}\n`.repeat(100));
  const answer = await overSocket(
    (async function* () {
      yield Buffer.from('first_name,last_name,company_name,notes\nA,B,C,kept\n');
      for (let sent = 0; sent < 66 * 1024 * 1024; sent += filler.length) yield filler;
    })(),
  );
  expect(answer.status).toBe(413);
  expect(answer.error).toContain('1 contacts were imported');
});

test('a file refused at its first row is answered though most of it is still to come', async () => {
  const answer = await overSocket(
    (async function* () {
      for (let i = 0; i < 500; i++) yield Buffer.alloc(64 * 1024, 'a,b,c\n');
    })(),
  );
  expect(answer).toMatchObject({ status: 400, error: expect.stringContaining('first row') });
});

test('nothing is read of a body whose sender may not import', async () => {
  let asked = 0;
  const body = async function* () {
    asked++;
    yield Buffer.from('name\nA B');
  };
  const answer = await server.app.inject({
    method: 'POST',
    url: url(),
    headers: { 'content-type': 'text/csv' },
    payload: Readable.from(body()),
  });
  expect(answer.statusCode).toBe(401);
  const other = await server.tenant(`stranger-${round}`);
  const theirs = await other.post(url(), 'name\nA B', { 'content-type': 'text/csv' });
  expect(theirs.status).toBe(403);
  expect(asked).toBeLessThanOrEqual(1);
  expect((await tenant.post('/api/crm/contacts', 'name\nA B', { 'content-type': 'text/csv' })).status).toBe(400);
});

test('a hundred thousand rows pass through memory that does not grow with them', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const rows = 100_000;
  const held: number[] = [];
  async function* file() {
    yield 'first_name,last_name,email,phone,company_name,notes\n';
    for (let i = 0; i < rows; i += 500) {
      let part = '';
      for (let j = i; j < i + 500; j++)
        part += `First${j},Last${j},p${j}@example.com,+1${2000000000 + j * 13},Company ${j % 50},"some words\nabout ${j}"\n`;
      yield part;
      if (i % 20_000 === 10_000) {
        collect();
        held.push(process.memoryUsage().heapUsed);
      }
    }
  }
  const { body } = await csv(Readable.from(file()));
  expect(body).toMatchObject({ imported: rows, failed: 0, companiesCreated: 50 });
  expect((await contacts('&limit=1')).count).toBe(rows);
  expect(held.length).toBe(5);
  expect(Math.max(...held) - held[0]!).toBeLessThan(10 * 1024 * 1024);
}, 180_000);
