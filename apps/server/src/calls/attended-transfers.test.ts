import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import { CarrierError } from '../testing/scripted-carrier.ts';
import type { ScriptedSession } from '../testing/scripted-session.ts';
import type { TestTenant } from '../testing/test-server.ts';
import { ACCEPT, DECLINE } from './consultation/consultation-model.ts';

const CALLEE = '+14155550101';
const COLLEAGUE = '+14155550107';
const SUMMARY = 'Anna has a broken bicycle.';

let server: CallServer;
let two: CallServer;
let tenant: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer();
  two = await createCallServer({}, server.databaseUrl);
  tenant = await server.tenant();
  assistantId = await server.assistant(tenant, { name: 'Alex' });
});
afterAll(async () => {
  await two.close();
  await server.close();
});

const get = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
const eventsOf = async (id: string) => {
  await server.platform.log.flush();
  return (await get(id)).events.map(({ type, data }: { type: string; data: object }) => ({ type, data }));
};
/** A call of ours that has been answered. */
async function inCall() {
  const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: CALLEE })).body.call;
  const ref = `ref-${id}`;
  server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  await expect.poll(async () => (await get(id)).status).toBe('in_progress');
  return { id, ref, session, over: server.platform.live.get(id)?.over };
}
const transfer = (id: string, body: object = {}) =>
  tenant.post(`/api/calls/${id}/transfer`, { toNumber: COLLEAGUE, mode: 'attended', summary: SUMMARY, ...body });

/** The call that asks, once it has been dialled. */
async function asking(id: string) {
  const consultations = async () => {
    const { rows } = await server.platform.connection.pool.query('select id from calls where consultation_of = $1', [id]);
    return rows.map((row) => row.id as string);
  };
  await expect.poll(consultations).toHaveLength(1);
  const [consultation] = await consultations();
  const dialled = () => server.carrier.dialled.find((request) => request.callId === consultation);
  await expect.poll(dialled).toBeDefined();
  return { id: consultation!, ref: `ref-${consultation}`, dialled: dialled()! };
}
/** Somebody picks up, and hears what is offered. */
async function pickedUp(ref: string, at = server): Promise<ScriptedSession> {
  server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()), at.platform.listener);
  return at.sessions.next();
}
const answer = (session: ScriptedSession, tool: string) =>
  session.options.tools.find(({ definition }) => definition.name === tool)!.run({}, new AbortController().signal);

test('whoever is called is asked in a call of its own, and connected when they agree', async () => {
  const { id, ref, session, over } = await inCall();
  expect(await transfer(id)).toMatchObject({ status: 200, body: { call: { id, status: 'in_progress' } } });
  const asked = await asking(id);
  expect(asked.dialled).toMatchObject({ to: COLLEAGUE, from: '+12025550100', ringMs: 25_000, toBeBridged: true });
  expect(await get(asked.id)).toMatchObject({ consultation_of: id, direction: 'outbound', assistant_id: assistantId, contact_id: null });
  const theirs = await pickedUp(asked.ref);
  const { briefing, recording, answering, timings, tools } = theirs.options;
  expect(briefing.firstMessage).toMatch(/^Hello, this is Alex from .*\+14155550101 on the line\. Anna has a broken bicycle\. May I put/);
  expect(recording).toBeNull();
  expect(answering).toMatchObject({ voicemail: { action: 'hangup' }, introduction: expect.stringContaining('broken bicycle') });
  expect(timings.maxCallMs).toBe(60_000);
  // Who is asked cannot send the caller elsewhere.
  expect(tools.map(({ definition }) => definition.name)).toEqual([ACCEPT, DECLINE]);

  await answer(theirs, ACCEPT);
  await expect.poll(() => server.carrier.commands).toContain(`bridge ${ref} ${asked.ref}`);
  for (const one of [ref, asked.ref]) server.carrier.tells(one, { type: 'transferred' });
  await over;
  expect(session.transfers).toEqual([COLLEAGUE, 'transferred']);
  expect(await get(id)).toMatchObject({
    status: 'completed',
    ended_reason: 'transferred',
    transferred_to: COLLEAGUE,
    consultation_of: null,
  });
  await expect.poll(async () => (await get(asked.id)).ended_reason).toBe('transferred');
  expect(server.carrier.commands).not.toContain(`hangup ${ref}`);
  expect(server.carrier.commands).not.toContain(`hangup ${asked.ref}`);
  expect(await eventsOf(id)).toEqual(
    expect.arrayContaining([
      { type: 'transfer', data: { to: COLLEAGUE, mode: 'attended' } },
      { type: 'consultation', data: { to: COLLEAGUE, call_id: asked.id } },
      { type: 'transferred', data: { to: COLLEAGUE } },
    ]),
  );
  const { rows } = await server.platform.connection.pool.query(`select body from events where subject_id = $1 limit 1`, [asked.id]);
  expect(JSON.parse(rows[0].body).data).toMatchObject({ consultation_of: id });
});

test('who declines keeps the time for a goodbye, and the caller is back with the assistant', async () => {
  const { id, session } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  const theirs = await pickedUp(asked.ref);
  await answer(theirs, DECLINE);
  await expect.poll(() => session.transfers).toEqual([COLLEAGUE, 'failed']);
  expect(await eventsOf(id)).toContainEqual({ type: 'transfer_failed', data: { to: COLLEAGUE, cause: 'declined' } });
  expect(server.carrier.commands).not.toContain(`hangup ${asked.ref}`);
  await theirs.finishes('assistant_hung_up', 5000);
  // A yes that comes too late is nobody's.
  await answer(theirs, ACCEPT);
  expect(server.carrier.commands).not.toContain(`bridge ref-${id} ${asked.ref}`);
  expect(await get(id)).toMatchObject({ status: 'in_progress', transferred_to: null });
});

test.each([
  ['busy', 'busy'],
  ['invalid_number', 'invalid_number'],
  ['no_answer', 'no_answer'],
] as const)('a number that is %s gives the caller back', async (cause, told) => {
  const { id, session } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  server.carrier.tells(asked.ref, { type: 'hangup', cause, source: 'callee' });
  await expect.poll(() => session.transfers).toEqual([COLLEAGUE, 'failed']);
  expect(await eventsOf(id)).toContainEqual({ type: 'transfer_failed', data: { to: COLLEAGUE, cause: told } });
});

test('a mailbox, and a person who hangs up, have not agreed', async () => {
  const { id, session } = await inCall();
  await transfer(id);
  const theirs = await pickedUp((await asking(id)).ref);
  await theirs.finishes('caller_hung_up', 2000);
  await expect.poll(() => session.transfers).toEqual([COLLEAGUE, 'failed']);
  expect(await eventsOf(id)).toContainEqual({ type: 'transfer_failed', data: { to: COLLEAGUE, cause: 'no_answer' } });
});

test('when the caller hangs up, nobody is asked any more', async () => {
  const { id, session, over } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  await session.finishes('caller_hung_up', 3000);
  await over;
  await expect.poll(() => server.carrier.commands).toContain(`hangup ${asked.ref}`);
  await expect.poll(async () => (await get(asked.id)).status).toBe('failed');
});

test('a carrier that cannot connect the two gives the caller back and lets the other go', async () => {
  const { id, session } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  const theirs = await pickedUp(asked.ref);
  server.carrier.failNextCommand(new CarrierError('local', 'ended', 'The call is over.'));
  await answer(theirs, ACCEPT);
  await expect.poll(() => session.transfers).toEqual([COLLEAGUE, 'failed']);
  await expect.poll(async () => (await get(asked.id)).ended_reason).toBe('api_hangup');
});

test('whoever picks up at another node is heard here', async () => {
  const { id, ref, session } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  await expect.poll(async () => (await get(asked.id)).status).toBe('queued');
  const theirs = await pickedUp(asked.ref, two);
  expect(theirs.options.briefing.firstMessage).toContain(SUMMARY);
  await answer(theirs, ACCEPT);
  await expect.poll(() => server.carrier.commands).toContain(`bridge ${ref} ${asked.ref}`);
  server.carrier.tells(ref, { type: 'transferred' });
  await expect.poll(() => session.transfers).toEqual([COLLEAGUE, 'transferred']);
});

test('an assistant connects by itself with those it may, and nobody who is not to be called', async () => {
  const destinations = [
    { name: 'Sales', phone_number: COLLEAGUE, description: 'Prices' },
    { name: 'Quiet', phone_number: '+14155550133', mode: 'blind' },
  ];
  const set = (transfer_destinations: object | null) =>
    tenant.patch(`/api/assistants/${assistantId}`, { accountSlug: tenant.slug, transfer_destinations });
  expect((await set([destinations[0]!, { ...destinations[0], name: 'sales' }])).body.error).toContain('a name of its own');
  expect((await set([{ name: 'Nowhere', phone_number: '12' }])).status).toBe(400);
  const { assistant } = (await set(destinations)).body;
  expect(assistant.transfer_destinations).toEqual([
    { name: 'Sales', phone_number: COLLEAGUE, description: 'Prices', mode: 'attended' },
    { name: 'Quiet', phone_number: '+14155550133', description: '', mode: 'blind' },
  ]);
  const { teamId } = tenant;
  const company = (await tenant.post('/api/crm/companies', { teamId, name: 'Quiet' })).body.company;
  const quiet = { teamId, companyId: company.id, firstName: 'Q', lastName: 'T', phone: '+14155550133', doNotCall: true };
  await tenant.post('/api/crm/contacts', quiet);

  const { id, session } = await inCall();
  const tool = session.options.tools.find(({ definition }) => definition.name === 'transfer_call')!;
  const wanted = async (destination: string) => {
    const { effect } = await tool.run({ destination, summary: SUMMARY }, new AbortController().signal);
    if (effect?.type === 'transfer') session.options.transfer?.(effect.plan);
  };
  await wanted('Quiet');
  await expect.poll(() => session.transfers).toEqual(['failed']);
  expect(await eventsOf(id)).toContainEqual({ type: 'transfer_failed', data: { to: '+14155550133', cause: 'do_not_call' } });
  expect(server.carrier.transfers.filter((one) => one.callId === id)).toEqual([]);
  await wanted('Sales');
  expect((await asking(id)).dialled).toMatchObject({ to: COLLEAGUE });

  expect((await set(null)).body.assistant).not.toHaveProperty('transfer_destinations');
  const { session: without } = await inCall();
  expect(without.options.tools.map(({ definition }) => definition.name)).not.toContain('transfer_call');
});

test('what somebody was told of a caller is erased with the call', async () => {
  const { id, session, over } = await inCall();
  await transfer(id);
  const asked = await asking(id);
  const theirs = await pickedUp(asked.ref);
  await theirs.finishes('caller_hung_up', 1000);
  await session.finishes('caller_hung_up', 3000);
  await over;
  await expect.poll(async () => (await get(asked.id)).status).toBe('completed');
  expect((await tenant.delete(`/api/calls/${id}`)).status).toBe(200);
  expect(await get(asked.id)).toMatchObject({ erased_at: expect.any(String), messages: [] });
  const { rows } = await server.platform.connection.pool.query('select consultation_summary from calls where id = $1', [asked.id]);
  expect(rows).toEqual([{ consultation_summary: null }]);
});
