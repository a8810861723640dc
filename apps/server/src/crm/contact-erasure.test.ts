import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import type { Person } from './contacts.ts';

let server: TestServer;
let tenant: TestTenant;
let id: string;
beforeEach(async () => {
  server = await createTestServer();
  tenant = await server.tenant();
  const company = await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme' });
  const contact = await tenant.post('/api/crm/contacts', {
    teamId: tenant.teamId,
    companyId: company.body.company.id,
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '+14155550100',
    phoneSecondary: '+14155550101',
  });
  id = contact.body.contact.id;
});
afterEach(() => server.close());

test('every feature that keeps something of the person is told before the contact goes', async () => {
  const asked: (Person & { stillThere: boolean })[] = [];
  server.platform.contacts.whenErased(async (person) => {
    asked.push({ ...person, stillThere: (await server.platform.contacts.find(person.contactId)) !== undefined });
    return 3;
  });
  expect((await tenant.post(`/api/crm/contacts/${id}/erase`)).body).toEqual({ success: true, id, erased: { calls: 3 } });
  expect(asked).toEqual([{ accountId: tenant.accountId, contactId: id, phones: ['+14155550100', '+14155550101'], stillThere: true }]);
  expect((await tenant.get(`/api/crm/contacts/${id}`)).status).toBe(404);
});

test('when a feature fails the contact stays, so that the call can be repeated', async () => {
  let broken = true;
  server.platform.contacts.whenErased(async () => {
    if (broken) throw new Error('disk is away');
    return 1;
  });
  expect((await tenant.post(`/api/crm/contacts/${id}/erase`)).status).toBe(500);
  expect((await tenant.get(`/api/crm/contacts/${id}`)).status).toBe(200);
  broken = false;
  expect((await tenant.post(`/api/crm/contacts/${id}/erase`)).status).toBe(200);
});

test('nothing of the person is left in any table', async () => {
  await tenant.patch(`/api/crm/contacts/${id}`, { email: 'ada@lovelace.example', notes: 'Lovelace' });
  await tenant.post(`/api/crm/contacts/${id}/erase`);
  const { rows } = await server.platform.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  for (const { name } of rows) {
    const found = await server.platform.db.execute(
      sql`select 1 from ${sql.identifier(name)} t where t::text ilike any (array['%lovelace%', '%4155550100%'])`,
    );
    expect([name, found.rows.length]).toEqual([name, 0]);
  }
});
