import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import { CarrierError } from '../testing/scripted-carrier.ts';
import type { TestTenant } from '../testing/test-server.ts';

const CALLEE = '+14155550101';
const OTHER = '+14155550107';

let server: CallServer;
let two: CallServer;
let tenant: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer();
  two = await createCallServer({}, server.databaseUrl);
  tenant = await server.tenant();
  assistantId = await server.assistant(tenant);
});
afterAll(async () => {
  await two.close();
  await server.close();
});

/** A call of ours that has been answered. */
async function inCall() {
  const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: CALLEE })).body.call;
  const ref = `ref-${id}`;
  const leg = createScriptedLeg(createHandClock());
  server.carrier.opensMedia(ref, leg);
  const session = await server.sessions.next();
  await expect.poll(async () => (await get(id)).status).toBe('in_progress');
  return { id, ref, leg, session, over: server.platform.live.get(id)?.over };
}
const get = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
const eventsOf = async (id: string) => {
  await server.platform.log.flush();
  return (await get(id)).events.map(({ type, data }: { type: string; data: object }) => ({ type, data }));
};
const transfer = (id: string, body: object = {}) => tenant.post(`/api/calls/${id}/transfer`, { toNumber: OTHER, ...body });

test('a call is connected with another number: the carrier is asked, then the record says so and the line is not hung up', async () => {
  const { id, ref, session, over } = await inCall();
  expect(await transfer(id)).toMatchObject({ status: 200, body: { call: { id, status: 'in_progress', transferred_to: null } } });
  await expect.poll(() => server.carrier.commands).toContain(`transfer ${ref} ${OTHER}`);
  expect(server.carrier.transfers.at(-1)).toMatchObject({ callId: id, to: OTHER, from: '+12025550100', ringMs: 25_000 });
  server.carrier.tells(ref, { type: 'transferred' });
  server.carrier.tells(ref, { type: 'transferred' });
  await over;
  expect(session.transfers).toEqual([OTHER, 'transferred']);
  expect(await get(id)).toMatchObject({ status: 'completed', ended_reason: 'transferred', outcome: 'answered', transferred_to: OTHER });
  expect(server.carrier.commands).not.toContain(`hangup ${ref}`);
  expect(await eventsOf(id)).toEqual(
    expect.arrayContaining([
      { type: 'transfer', data: { to: OTHER, mode: 'blind' } },
      { type: 'transferred', data: { to: OTHER } },
    ]),
  );
  const { rows } = await server.platform.connection.pool.query('select type, body from events where subject_id = $1 order by id', [id]);
  const types = rows.map((row) => row.type);
  expect(types.indexOf('call.transferred')).toBeLessThan(types.indexOf('call.hangup'));
  const bodyOf = (type: string) => JSON.parse(rows.find((row) => row.type === type).body).data;
  expect(bodyOf('call.transferred')).toMatchObject({ call_id: id, transferred_to: OTHER });
  expect(bodyOf('call.hangup')).toMatchObject({ cause: 'transferred', source: 'assistant' });
  // The two hang up later: nothing happens any more.
  server.carrier.tells(ref, { type: 'hangup', cause: 'normal', source: 'caller' });
  expect(await get(id)).toMatchObject({ ended_reason: 'transferred' });
});

test('a transfer that is refused there gives the caller back, and its late news is not taken for that of the next one', async () => {
  const { id, ref, session } = await inCall();
  const asked = () => server.carrier.transfers.filter((one) => one.callId === id);
  await transfer(id);
  await expect.poll(asked).toHaveLength(1);
  const first = asked()[0]!.commandId;
  server.carrier.tells(ref, { type: 'transfer-failed', commandId: first, cause: 'busy' });
  expect(session.transfers).toEqual([OTHER, 'failed']);
  expect(await eventsOf(id)).toContainEqual({ type: 'transfer_failed', data: { to: OTHER, cause: 'busy' } });
  await transfer(id, { message: 'Let me try again.' });
  await expect.poll(asked).toHaveLength(2);
  server.carrier.tells(ref, { type: 'transfer-failed', commandId: first, cause: 'busy' });
  expect(session.transfers).toEqual([OTHER, 'failed', OTHER]);
  expect(await get(id)).toMatchObject({ status: 'in_progress', transferred_to: null });
});

test('a command that the carrier refuses is a transfer that failed; one that was perhaps heard waits for news', async () => {
  const { id, ref, session } = await inCall();
  server.carrier.failNextCommand(new CarrierError('local', 'refused', 'Not this number.'));
  await transfer(id);
  await expect.poll(() => session.transfers).toEqual([OTHER, 'failed']);
  server.carrier.failNextCommand(new CarrierError('local', 'timeout', 'No answer.'));
  await transfer(id);
  await expect.poll(() => server.carrier.transfers.filter((one) => one.callId === id)).toHaveLength(2);
  expect(session.transfers).toEqual([OTHER, 'failed', OTHER]);
  server.carrier.tells(ref, { type: 'transferred' });
  await expect.poll(async () => (await get(id)).ended_reason).toBe('transferred');
});

test('calls that are not in progress, people not to be called and the caller’s own number are refused', async () => {
  const { id, session, over } = await inCall();
  expect((await transfer(id, { toNumber: CALLEE })).body.error).toBe(
    'The caller cannot be connected with the number they are calling from.',
  );
  expect((await transfer(id, { toNumber: '12' })).status).toBe(400);
  const { teamId } = tenant;
  const company = (await tenant.post('/api/crm/companies', { teamId, name: 'Quiet' })).body.company;
  const quiet = { teamId, companyId: company.id, firstName: 'Q', lastName: 'T', phone: '+14155550133', doNotCall: true };
  await tenant.post('/api/crm/contacts', quiet);
  expect(await transfer(id, { toNumber: '+14155550133' })).toMatchObject({
    status: 409,
    body: { error: 'This contact is marked as do-not-call.' },
  });
  await session.finishes('caller_hung_up', 500);
  await over;
  expect(await transfer(id)).toMatchObject({ status: 409, body: { error: expect.stringContaining('not in progress') } });
  expect(await tenant.post(`/api/calls/${id}/digits`, { digits: '1' })).toMatchObject({ status: 409 });
  expect(server.carrier.transfers.filter((one) => one.callId === id)).toEqual([]);
});

test('keys are pressed towards the other side, and are erased with what was said', async () => {
  const { id, ref, session, over } = await inCall();
  expect(await tenant.post(`/api/calls/${id}/digits`, { digits: '1w2#' })).toMatchObject({ status: 200, body: { call: { id } } });
  expect(server.carrier.commands).toContain(`digits ${ref} 1w2#`);
  expect((await tenant.post(`/api/calls/${id}/digits`, { digits: '1 2' })).body.error).toContain('digits');
  server.carrier.failNextCommand(new CarrierError('local', 'ended', 'The call is over.'));
  expect(await tenant.post(`/api/calls/${id}/digits`, { digits: '3' })).toMatchObject({
    status: 409,
    body: { error: 'The call is over.' },
  });
  expect(await eventsOf(id)).toContainEqual({ type: 'digits_sent', data: { digits: '1w2#' } });
  await session.finishes('caller_hung_up', 500);
  await over;
  await tenant.delete(`/api/calls/${id}`);
  expect((await eventsOf(id)).map(({ type }: { type: string }) => type)).not.toContain('digits_sent');
});

test('any node transfers a call of any other, and presses its keys', async () => {
  const { id, ref } = await inCall();
  const headers = { authorization: `Bearer ${tenant.key}` };
  expect((await two.request('POST', `/api/calls/${id}/digits`, { headers, body: { digits: '7' } })).status).toBe(200);
  await expect.poll(() => server.carrier.commands).toContain(`digits ${ref} 7`);
  expect((await two.request('POST', `/api/calls/${id}/transfer`, { headers, body: { toNumber: OTHER } })).status).toBe(200);
  await expect.poll(() => server.carrier.commands).toContain(`transfer ${ref} ${OTHER}`);
  // The carrier tells the node that does not hold the call.
  two.platform.listener.progress({ carrier: 'local', ref }, id, 'elsewhere', { type: 'transferred' });
  await expect.poll(async () => (await get(id)).ended_reason).toBe('transferred');
});
