import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import { CarrierError } from '../testing/scripted-carrier.ts';
import type { TestTenant } from '../testing/test-server.ts';

let one: CallServer;
let two: CallServer;
let tenant: TestTenant;
let assistantId: string;
beforeAll(async () => {
  one = await createCallServer();
  two = await createCallServer({}, one.databaseUrl);
  tenant = await one.tenant();
  assistantId = await one.assistant(tenant);
});
afterAll(async () => {
  await two.close();
  await one.close();
});

const place = async () => (await tenant.post('/api/calls', { assistantId, toNumber: '+14155550101' })).body.call.id as string;
const get = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;

test('the node whose media socket a call gets owns it from then on', async () => {
  const id = await place();
  one.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()), two.platform.listener);
  const session = await two.sessions.next();
  await expect.poll(() => one.platform.live.get(id)).toBeUndefined();
  const owned = { nodeId: two.platform.cluster.nodeId, status: 'in_progress' };
  await expect.poll(() => one.platform.calls.find(id)).toMatchObject(owned);
  const over = two.platform.live.get(id)?.over;
  await session.finishes('caller_hung_up', 700);
  await over;
  expect(await get(id)).toMatchObject({ status: 'completed', duration_seconds: 0.7 });
  expect(one.platform.live.count).toBe(0);
});

test('what a carrier tells the wrong node reaches the right one', async () => {
  const id = await place();
  const over = one.platform.live.get(id)?.over;
  two.platform.listener.progress({ carrier: 'local', ref: `ref-${id}` }, id, 'e1', { type: 'ringing' });
  await expect.poll(async () => (await get(id)).status).toBe('ringing');
  two.platform.listener.progress({ carrier: 'local', ref: `ref-${id}` }, null, 'e2', {
    type: 'hangup',
    cause: 'declined',
    source: 'callee',
  });
  await over;
  expect(await get(id)).toMatchObject({ status: 'failed', outcome: 'declined' });
});

test('sound for a call that is over or unknown is hung up', async () => {
  const id = await place();
  const over = one.platform.live.get(id)?.over;
  one.carrier.tells(`ref-${id}`, { type: 'hangup', cause: 'busy', source: 'callee' });
  await over;
  for (const callId of [id, null]) {
    const leg = createScriptedLeg(createHandClock());
    two.platform.listener.media({ carrier: 'local', ref: `ref-${callId}` }, callId, leg);
    await expect.poll(() => leg.hungUp).toBe(true);
  }
});

test('any node hangs up a call of any other', async () => {
  const id = await place();
  const over = one.platform.live.get(id)?.over;
  const answer = await two.request('POST', `/api/calls/${id}/hangup`, { headers: { authorization: `Bearer ${tenant.key}` } });
  expect(answer.status).toBe(200);
  await over;
  expect(await get(id)).toMatchObject({ status: 'failed', ended_reason: 'api_hangup' });
});

describe('a call whose sound comes to another node before the node that placed it has its answer', () => {
  /** Placed at one node, where the answer to the dial is out, and taken over by the other. */
  async function takenOver() {
    const answer = one.carrier.holdNextDial();
    const before = one.carrier.dialled.length;
    const placing = place();
    await expect.poll(() => one.carrier.dialled.length).toBe(before + 1);
    const id = one.carrier.dialled.at(-1)!.callId;
    one.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()), two.platform.listener);
    const session = await two.sessions.next();
    await expect.poll(() => one.platform.live.get(id)).toBeUndefined();
    return { id, answer, placing, session };
  }

  test('is not hung up when the answer comes', async () => {
    const { id, answer, placing, session } = await takenOver();
    answer();
    await placing;
    expect(one.carrier.commands).not.toContain(`hangup ref-${id}`);
    const over = two.platform.live.get(id)?.over;
    await session.finishes('caller_hung_up', 700);
    await over;
    expect(await get(id)).toMatchObject({ status: 'completed' });
  });

  test('is known by its name at the carrier', async () => {
    const { id, answer, placing, session } = await takenOver();
    expect(await one.platform.calls.find(id)).toMatchObject({ carrierRef: `ref-${id}` });
    answer();
    await placing;
    const over = two.platform.live.get(id)?.over;
    await session.finishes('caller_hung_up', 700);
    await over;
  });
});

test('a call whose answer was lost is named by what the carrier tells another node of it', async () => {
  one.carrier.failNextDial(new CarrierError('local', 'timeout', 'The carrier did not answer in time.'));
  const id = await place();
  const call = { carrier: 'local' as const, ref: `ref-${id}` };
  two.platform.listener.progress(call, id, 'e1', { type: 'ringing' });
  await expect.poll(async () => (await get(id)).status).toBe('ringing');
  expect(one.platform.live.get(id)?.carrierCall).toEqual(call);
  const over = one.platform.live.get(id)?.over;
  await tenant.post(`/api/calls/${id}/hangup`, {});
  await over;
  expect(one.carrier.commands).toContain(`hangup ref-${id}`);
});
