import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCallServer } from '../testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { createDeliverer } from '../webhooks/deliverer.ts';
import { startReceiver } from '../webhooks/testing/receiver.ts';
import type { Person } from './contacts.ts';

let server: TestServer;
let tenant: TestTenant;
let id: string;
beforeEach(async () => {
  server = await createTestServer({}, { alone: true });
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

/** Tables that hold one of the texts. */
async function tablesWith(server: TestServer, texts: readonly string[]): Promise<string[]> {
  const { db } = server.platform;
  const { rows } = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const patterns = sql.param(texts.map((text) => `%${text}%`));
    const hits = await db.execute(sql`select 1 from ${sql.identifier(name)} t where t::text ilike any (${patterns}::text[])`);
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
}

test('nothing of the person is left in any table: not in calls, events to be sent, the log or answers kept for repetitions', async () => {
  const calling = await createCallServer();
  try {
    const ours = await calling.tenant();
    const company = await ours.post('/api/crm/companies', { teamId: ours.teamId, name: 'Acme' });
    const person = { teamId: ours.teamId, companyId: company.body.company.id, firstName: 'Ada', lastName: 'Lovelace' };
    const made = await ours.post(
      '/api/crm/contacts',
      { ...person, phone: '+14155550133', email: 'ada@lovelace.example', notes: 'Lovelace' },
      { 'idempotency-key': 'once' },
    );
    const contactId = made.body.contact.id;
    await ours.patch(`/api/crm/contacts/${contactId}`, { jobTitle: 'Countess of Lovelace' });
    const assistantId = await calling.assistant(ours);
    const echoing = await startReceiver((request, answer) => answer.end(request.body));
    await ours.post('/api/webhooks', { url: echoing.url });
    const { id } = (await ours.post('/api/calls', { assistantId, toNumber: '+14155550133', contactId })).body.call;
    const over = calling.platform.live.get(id)?.over;
    calling.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()));
    const session = await calling.sessions.next();
    const words = {
      index: 0,
      speaker: 'caller',
      text: 'My secret is swordfish.',
      startSeconds: 0,
      endSeconds: 1,
      interrupted: false,
    } as const;
    session.tells({ type: 'turn', atMs: 1000, turn: words });
    await session.finishes('caller_hung_up', 3000);
    await over;
    const texts = ['lovelace', '4155550133', 'swordfish'];
    await calling.platform.dispatcher.dispatchAll();
    const deliverer = createDeliverer({ ...calling.platform, guard: false, now: () => new Date(Date.now() + 1_000) });
    while ((await deliverer.pump()) > 0) await deliverer.idle();
    await echoing.close();
    expect((await tablesWith(calling, texts)).sort()).toEqual(
      expect.arrayContaining(['call_turns', 'calls', 'contacts', 'events', 'idempotency_keys', 'webhook_attempts']),
    );
    expect((await ours.post(`/api/crm/contacts/${contactId}/erase`)).body).toMatchObject({ erased: { calls: 1 } });
    expect(await tablesWith(calling, texts)).toEqual([]);
  } finally {
    await calling.close();
  }
});
