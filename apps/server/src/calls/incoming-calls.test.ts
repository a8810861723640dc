import { CarrierError, type CarrierErrorKind } from '@talkturo/carriers';
import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let mine: TestTenant;
let assistantId: string;
let number: string;
beforeAll(async () => {
  server = await createCallServer({ TALKTURO_MAX_CALLS: '3' });
  mine = await server.tenant('my-team');
  assistantId = await server.assistant(mine);
  number = await buy();
  await assign(assistantId, number);
});
afterAll(() => server.close());

const ids = new Map<string, string>();
async function buy(): Promise<string> {
  const found = await mine.post('/api/phone-numbers/search', { filters: { countryCode: 'US', limit: 1 } });
  const { phoneNumber } = found.body.numbers[0];
  const bought = await mine.post('/api/phone-numbers/purchase', { teamId: mine.teamId, phoneNumber });
  expect(bought.status).toBe(200);
  ids.set(phoneNumber, bought.body.phoneNumber.id);
  return phoneNumber;
}
async function assign(assistant: string, ...numbers: string[]) {
  const body = { accountSlug: 'my-team', phoneNumberIds: numbers.map((one) => ids.get(one)) };
  expect((await mine.patch(`/api/assistants/${assistant}/telephony/phone-numbers`, body)).status).toBe(200);
}
const from = '+14155550105';
let refs = 0;
const ring = (to: string): string => {
  const ref = `in-${++refs}`;
  server.carrier.rings(ref, { from, to });
  return ref;
};
const commandsOf = (ref: string) => server.carrier.commands.filter((command) => command.split(' ')[1] === ref);
const latest = async () => (await mine.get('/api/calls?limit=1')).body.calls[0];

test('a call to an assigned number is answered by its assistant', async () => {
  const ref = ring(number);
  await expect.poll(() => commandsOf(ref)).toEqual([`answer ${ref}`]);
  const { id } = await latest();
  expect(await latest()).toMatchObject({
    status: 'ringing',
    direction: 'inbound',
    from_number: from,
    to_number: number,
    assistant_id: assistantId,
  });
  server.carrier.tells(ref, { type: 'answered' });
  server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  const over = server.platform.live.get(id)?.over;
  await session.finishes('caller_hung_up', 1200);
  await over;
  expect(await latest()).toMatchObject({ id, status: 'completed', outcome: 'answered', duration_seconds: 1.2 });
});

test.each<[CarrierErrorKind, object]>([
  ['ended', { ended_reason: 'cancelled', outcome: 'cancelled' }],
  ['auth', { ended_reason: 'carrier_error', outcome: 'error' }],
  ['unavailable', { ended_reason: 'carrier_error', outcome: 'error' }],
])('a call that cannot be answered, for its carrier says %s, says why', async (kind, ending) => {
  server.carrier.failNextCommand(new CarrierError('local', kind, 'What the carrier said.'));
  const ref = ring(number);
  await expect.poll(() => commandsOf(ref)).toEqual([`answer ${ref}`]);
  await expect.poll(async () => (await latest()).status).toBe('failed');
  const error = kind === 'ended' ? 'The caller was gone before the call could be answered.' : 'What the carrier said.';
  expect((await mine.get(`/api/calls/${(await latest()).id}`)).body.call).toMatchObject({ ...ending, error });
});

test('a call told twice is one call', async () => {
  const ref = ring(number);
  server.carrier.rings(ref, { from, to: number });
  await expect.poll(() => commandsOf(ref)).toEqual([`answer ${ref}`]);
  const { id } = await latest();
  const over = server.platform.live.get(id)?.over;
  server.carrier.tells(ref, { type: 'hangup', cause: 'cancelled', source: 'caller' });
  await over;
  expect(await latest()).toMatchObject({ id, status: 'failed', ended_reason: 'cancelled', outcome: 'cancelled' });
});

test('an assistant whose inbound_enabled is off is busy, and that is on record', async () => {
  await mine.patch(`/api/assistants/${assistantId}`, { accountSlug: 'my-team', inbound_enabled: false });
  const ref = ring(number);
  await expect.poll(() => commandsOf(ref)).toEqual([`reject ${ref} busy`]);
  expect(await latest()).toMatchObject({
    status: 'failed',
    ended_reason: 'inbound_disabled',
    outcome: 'busy',
    error: expect.stringContaining('inbound_enabled'),
  });
  await mine.patch(`/api/assistants/${assistantId}`, { accountSlug: 'my-team', inbound_enabled: true });
});

test('a number without an assistant, and a number of nobody', async () => {
  const idle = await buy();
  const ref = ring(idle);
  await expect.poll(() => commandsOf(ref)).toEqual([`reject ${ref} busy`]);
  expect(await latest()).toMatchObject({ to_number: idle, ended_reason: 'not_configured', assistant_id: null });
  const nobody = ring('+14155557777');
  await expect.poll(() => commandsOf(nobody)).toEqual([`reject ${nobody} declined`]);
  expect((await latest()).to_number).toBe(idle);
});

test('an assistant that cannot run here refuses with the reason', async () => {
  await mine.patch(`/api/assistants/${assistantId}`, { accountSlug: 'my-team', transcriptor_language: 'fr' });
  const ref = ring(number);
  await expect.poll(() => commandsOf(ref)).toEqual([`reject ${ref} busy`]);
  expect(await latest()).toMatchObject({
    ended_reason: 'not_configured',
    outcome: 'error',
    error: expect.stringContaining('English only'),
  });
  await mine.patch(`/api/assistants/${assistantId}`, { accountSlug: 'my-team', transcriptor_language: 'en' });
});

test('more calls than lines are refused as busy; a line that is free again is taken', async () => {
  const held = [ring(number), ring(number), ring(number)];
  await expect.poll(() => held.flatMap(commandsOf)).toHaveLength(3);
  const fourth = ring(number);
  await expect.poll(() => commandsOf(fourth)).toEqual([`reject ${fourth} busy`]);
  expect(await latest()).toMatchObject({ ended_reason: 'no_capacity', outcome: 'busy' });
  expect(await mine.post('/api/calls', { assistantId, toNumber: from })).toMatchObject({
    status: 503,
    body: { error: expect.stringContaining('busy') },
    headers: { 'retry-after': '5' },
  });
  for (const ref of held) server.carrier.tells(ref, { type: 'hangup', cause: 'cancelled', source: 'caller' });
  await expect.poll(() => server.platform.live.count).toBe(0);
  const fifth = ring(number);
  await expect.poll(() => commandsOf(fifth)).toEqual([`answer ${fifth}`]);
  server.carrier.tells(fifth, { type: 'hangup', cause: 'cancelled', source: 'caller' });
});

test('the assistant calls from its own number', async () => {
  const answer = await mine.post('/api/calls', { assistantId, toNumber: from });
  expect(answer).toMatchObject({ status: 200, body: { call: { from_number: number } } });
  server.carrier.tells(`ref-${answer.body.call.id}`, { type: 'hangup', cause: 'busy', source: 'callee' });
});

test('a program becomes the caller and gets the address of its line', async () => {
  // The calls of the tests before give their lines back as they end.
  await expect.poll(() => server.platform.live.count).toBe(0);
  const direct = await mine.post('/api/network/calls', { assistantId, fromNumber: from });
  expect(direct).toMatchObject({
    status: 200,
    body: {
      call: { status: 'ringing', direction: 'inbound', from_number: from, to_number: null },
      mediaUrl: expect.stringMatching(/^ws:\/\/.*\?token=.{20,}/),
    },
  });
  const byNumber = await mine.post('/api/network/calls', { toNumber: number });
  expect(byNumber).toMatchObject({ status: 200, body: { call: { assistant_id: assistantId, to_number: number } } });
  for (const { body } of [direct, byNumber]) await mine.post(`/api/calls/${body.call.id}/hangup`);
});

test.each([
  [{}, 400],
  [{ assistantId: 'asst_01h455vb4pex5vsknk084sn02q', toNumber: '+14155550101' }, 400],
  [{ toNumber: '+14155557777' }, 404],
  [{ toNumber: 'x' }, 400],
])('a network call to %j is %i', async (body, status) => {
  expect(await mine.post('/api/network/calls', body)).toMatchObject({ status, body: { success: false } });
});
