import { CarrierError } from '@talkturo/carriers';
import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let tenant: TestTenant;
let campaign: string;
let contact: string;

beforeEach(async () => {
  server = await createCallServer();
  tenant = await server.tenant();
});
afterEach(() => server.close());

async function start(settings: object = {}): Promise<void> {
  const { teamId } = tenant;
  const assistantId = await server.assistant(tenant, { first_message: 'Hello {{contact.first_name}}, this is {{campaign.name}}.' });
  const companyId = (await tenant.post('/api/crm/companies', { teamId, name: 'Acme' })).body.company.id;
  contact = (await tenant.post('/api/crm/contacts', { teamId, companyId, firstName: 'Ada', lastName: 'L', phone: '+14155550101' })).body
    .contact.id;
  const window = { callWindowStart: '00:00', callWindowEnd: '00:00' };
  campaign = (await tenant.post('/api/crm/campaigns', { teamId, name: 'Spring', assistantId, companyId, ...window, ...settings })).body
    .campaign.id;
  expect((await tenant.post(`/api/crm/campaigns/${campaign}/run`, { action: 'start' })).status).toBe(200);
}
async function look(): Promise<void> {
  const { dialEngine, dispatcher } = server.platform;
  await dispatcher.dispatchAll();
  await dialEngine.tick();
  await dialEngine.idle();
}
const inCampaign = async () => (await tenant.get(`/api/crm/campaigns/${campaign}/contacts`)).body.contacts[0];
const refOf = (index = 0) => `ref-${server.carrier.dialled[index]!.commandId}`;
async function overWith(count = 1): Promise<void> {
  await expect
    .poll(
      async () =>
        (await tenant.get(`/api/calls?campaignId=${campaign}&status=completed`)).body.count +
        (await tenant.get(`/api/calls?campaignId=${campaign}&status=failed`)).body.count,
    )
    .toBe(count);
}

test('a campaign calls over the telephony of the node, and the end of the call is its contact’s', async () => {
  await start();
  await look();
  expect(server.carrier.dialled).toMatchObject([{ to: '+14155550101' }]);
  expect(await inCampaign()).toMatchObject({ status: 'calling', attempts: 1, last_call_id: server.carrier.dialled[0]!.callId });
  server.carrier.tells(refOf(), { type: 'hangup', cause: 'busy', source: 'callee' });
  await overWith();
  await look();
  expect(await inCampaign()).toMatchObject({ status: 'pending', outcome: 'busy' });
  const { calls } = (await tenant.get(`/api/calls?campaignId=${campaign}`)).body;
  expect(calls).toMatchObject([{ contact_id: contact, campaign_id: campaign, outcome: 'busy' }]);
});

test('a lost answer whose call the carrier knows is not dialled again', async () => {
  await start();
  server.carrier.known = { carrier: 'local', ref: 'found' };
  server.carrier.failNextDial(new CarrierError('local', 'timeout', 'no answer'));
  await look();
  await look();
  expect(server.carrier.dialled.length).toBe(1);
  expect(await inCampaign()).toMatchObject({ status: 'calling', attempts: 1 });
});

test('a call the node could not even begin gives the attempt back', async () => {
  await start();
  await server.platform.live.drain(0);
  await server.platform.dialEngine.tick();
  expect(await inCampaign()).toMatchObject({ attempts: 0, status: 'queued' });
});

test('a machine is hung up on where the campaign says so, and counts as voicemail', async () => {
  await start({ voicemailAction: 'hangup' });
  await look();
  server.carrier.tells(refOf(), { type: 'answered' });
  server.carrier.tells(refOf(), { type: 'machine-detection', result: 'machine' });
  await overWith();
  await look();
  expect(server.carrier.commands).toContain(`hangup ${refOf()}`);
  expect(await inCampaign()).toMatchObject({ status: 'completed', outcome: 'voicemail' });
});

test('a machine gets the message with its variables, after the beep', async () => {
  await start({ voicemailAction: 'leave_message', voicemailMessage: 'Hi {{contact.first_name}}, call us back.' });
  await look();
  server.carrier.tells(refOf(), { type: 'answered' });
  server.carrier.tells(refOf(), { type: 'machine-detection', result: 'machine' });
  server.carrier.opensMedia(refOf(), createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  server.carrier.tells(refOf(), { type: 'greeting-ended', beep: true });
  await expect
    .poll(() => session.clues)
    .toEqual([
      { type: 'machine-detection', result: 'machine' },
      { type: 'greeting-ended', beep: true },
    ]);
  expect(session.options.answering?.voicemail).toEqual({ action: 'leave_message', message: 'Hi Ada, call us back.' });
  await session.finishes('assistant_hung_up', 9_000);
  await overWith();
  await look();
  expect(await inCampaign()).toMatchObject({ status: 'completed', outcome: 'voicemail' });
});

test('what we hear counts more than what the carrier tells: outcome, log and webhook go by the last verdict', async () => {
  await start();
  await look();
  server.carrier.tells(refOf(), { type: 'answered' });
  server.carrier.tells(refOf(), { type: 'machine-detection', result: 'human' });
  server.carrier.opensMedia(refOf(), createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  session.tells({ type: 'answered-by', atMs: 4000, who: 'machine', by: 'words' });
  await session.finishes('assistant_hung_up', 5_000);
  await overWith();
  await look();
  expect(await inCampaign()).toMatchObject({ status: 'completed', outcome: 'voicemail' });
  const { rows } = await server.platform.connection.pool.query(
    "select body::json -> 'data' ->> 'result' as result, body::json -> 'data' ->> 'detected_by' as by from events where type = 'call.machine_detection.ended' order by id",
  );
  expect(rows).toEqual([
    { result: 'human', by: 'carrier' },
    { result: 'machine', by: 'words' },
  ]);
});

test('a screener behind which nobody comes to the phone was no answer and no voicemail', async () => {
  await start({ description: 'Your meter reading. Once a year.' });
  await look();
  server.carrier.tells(refOf(), { type: 'answered' });
  server.carrier.opensMedia(refOf(), createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  expect(session.options.answering?.introduction).toMatch(/^This is Test from .*, calling for Ada L\. It is about Your meter reading\.$/);
  session.tells({ type: 'answered-by', atMs: 4000, who: 'unknown', by: 'screening' });
  await session.finishes('silence', 64_000);
  await overWith();
  await look();
  expect(await inCampaign()).toMatchObject({ status: 'pending', outcome: 'no_answer' });
});

test('a node that runs does it all by itself: dials, hears the end, erases who asks for it', async () => {
  await server.platform.start(0);
  await start();
  await expect.poll(() => server.carrier.dialled.length).toBe(1);
  server.carrier.tells(refOf(), { type: 'hangup', cause: 'busy', source: 'callee' });
  await expect.poll(inCampaign).toMatchObject({ status: 'pending', outcome: 'busy' });
  expect((await tenant.post(`/api/crm/contacts/${contact}/erase`)).status).toBe(200);
  const { rows } = await server.platform.connection.pool.query('select to_number from campaign_attempts');
  expect(rows).toEqual([{ to_number: null }]);
  await expect.poll(async () => (await tenant.get(`/api/crm/campaigns/${campaign}`)).body.campaign.status).toBe('completed');
});
