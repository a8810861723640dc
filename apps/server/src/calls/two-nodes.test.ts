import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
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
