import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CampaignKit, type CampaignTenant, createCampaignKit } from './testing/campaign-kit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let kit: CampaignKit;
let tenant: CampaignTenant;
beforeEach(async () => {
  kit = await createCampaignKit({ maxCallsPerAccount: 8 });
  tenant = await kit.tenant();
});
afterEach(() => kit.close());

const statusOf = async (id: string) => (await tenant.get(`/api/crm/campaigns/${id}`)).body.campaign.status as string;
const liveContacts = () => kit.network.live().map((call) => call.contactId);
async function look(node: ReturnType<CampaignKit['node']>): Promise<void> {
  await node.engine.tick();
  await node.engine.idle();
}

test('due contacts are called by priority, then age, up to the concurrency; when a call ends the next begins', async () => {
  const id = await tenant.campaign({ contactIds: [], maxConcurrentCalls: 2 });
  const first = await tenant.contact({ campaignId: id });
  const second = await tenant.contact({ campaignId: id });
  const urgent = await tenant.contact({ campaignId: id, campaignPriority: 5 });
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  expect(liveContacts()).toEqual([urgent, first]);
  await look(node);
  expect(kit.network.dialled.length).toBe(2);
  await kit.tell(kit.network.live()[0]!.callId, 'answered');
  await look(node);
  expect(liveContacts()).toEqual([first, second]);
});

test('the account’s concurrency counts over campaigns and nodes', async () => {
  for (let i = 0; i < 12; i++) await tenant.contact();
  const ids = [await tenant.campaign({ maxConcurrentCalls: 6 }), await tenant.campaign({ maxConcurrentCalls: 6 })];
  for (const id of ids) await tenant.run(id, 'start');
  await Promise.all([look(kit.node()), look(kit.node()), look(kit.node())]);
  await look(kit.node());
  expect(kit.network.live().length).toBe(8);
  for (const id of ids) expect(kit.network.live().filter((call) => call.campaignId === id).length).toBeLessThanOrEqual(6);
});

test('nobody is called outside the window where he is; when it opens he is', async () => {
  // 15:00Z: 10:00 in New York, 07:00 in Los Angeles, 20:45 in Kathmandu.
  const east = await tenant.contact();
  const west = await tenant.contact({ phone: '+13105550123' });
  const far = await tenant.contact({ timezone: 'Asia/Kathmandu' });
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  expect(liveContacts()).toEqual([east]);
  kit.setTime(new Date('2026-01-15T17:00:00Z'));
  await look(node);
  expect(liveContacts()).toEqual([east, west]);
  kit.setTime(new Date('2026-01-16T03:14:00Z'));
  await look(node);
  expect(liveContacts()).not.toContain(far);
  kit.setTime(new Date('2026-01-16T03:15:00Z'));
  await look(node);
  expect(liveContacts()).toContain(far);
});

test('the campaign’s own clock counts when it says so', async () => {
  const west = await tenant.contact({ phone: '+13105550123' });
  const id = await tenant.campaign({ useContactTimezoneForCallWindow: false });
  await tenant.run(id, 'start');
  await look(kit.node());
  expect(liveContacts()).toEqual([west]);
});

test('a zone that is corrected while waiting counts at once', async () => {
  const person = await tenant.contact({ timezone: 'Asia/Kathmandu' });
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  expect(liveContacts()).toEqual([]);
  await tenant.patch(`/api/crm/contacts/${person}`, { timezone: 'America/New_York' });
  await look(node);
  expect(liveContacts()).toEqual([person]);
});

test('zones that share no open minute skip the contact with the reason', async () => {
  const person = await tenant.contact({ phone: '+18005550199' });
  const id = await tenant.campaign({ callWindowStart: '09:00', callWindowEnd: '10:00' });
  await tenant.run(id, 'start');
  await look(kit.node());
  expect(await tenant.contactsOf(id)).toMatchObject({ [person]: { status: 'skipped', skip_reason: 'no_common_window' } });
  await look(kit.node());
  expect(await statusOf(id)).toBe('completed');
});

test('retries wait their time and end with the attempts', async () => {
  const person = await tenant.contact();
  const id = await tenant.campaign({ maxAttemptsPerContact: 2, retryDelayNoAnswerMinutes: 10 });
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  await kit.tell(kit.network.live()[0]!.callId, 'no_answer');
  kit.pass(10 * MINUTE - 1_000);
  await look(node);
  expect(kit.network.live()).toEqual([]);
  kit.pass(1_000);
  await look(node);
  expect(liveContacts()).toEqual([person]);
  await kit.tell(kit.network.live()[0]!.callId, 'no_answer');
  await look(node);
  expect(await tenant.contactsOf(id)).toMatchObject({ [person]: { status: 'failed', outcome: 'no_answer', attempts: 2 } });
  expect(await statusOf(id)).toBe('completed');
});

test('a retry that would fall behind closing time waits for the morning', async () => {
  const person = await tenant.contact();
  const id = await tenant.campaign({ retryDelayBusyMinutes: 60 });
  await tenant.run(id, 'start');
  const node = kit.node();
  kit.setTime(new Date('2026-01-15T21:30:00Z'));
  await look(node);
  await kit.tell(kit.network.live()[0]!.callId, 'busy');
  kit.pass(2 * HOUR);
  await look(node);
  expect(kit.network.live()).toEqual([]);
  kit.setTime(new Date('2026-01-16T14:00:00Z'));
  await look(node);
  expect(liveContacts()).toEqual([person]);
});

test('a number is on the phone once, whatever campaign calls it', async () => {
  await tenant.contact();
  const ids = [await tenant.campaign(), await tenant.campaign()];
  for (const id of ids) await tenant.run(id, 'start');
  await Promise.all([look(kit.node()), look(kit.node())]);
  expect(kit.network.live().length).toBe(1);
  await kit.tell(kit.network.live()[0]!.callId, 'answered');
  kit.pass(MINUTE);
  await look(kit.node());
  expect(kit.network.dialled.length).toBe(2);
});

test('pausing lets live calls finish and begins no new ones; stopping is final', async () => {
  for (let i = 0; i < 3; i++) await tenant.contact();
  const id = await tenant.campaign({ maxConcurrentCalls: 1 });
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  await tenant.run(id, 'pause');
  const live = kit.network.live()[0]!;
  await kit.tell(live.callId, 'busy');
  await look(node);
  expect(kit.network.dialled.length).toBe(1);
  await tenant.run(id, 'resume');
  await look(node);
  expect(kit.network.live().length).toBe(1);
  await tenant.run(id, 'stop');
  await kit.tell(kit.network.live()[0]!.callId, 'no_answer');
  await look(node);
  const statuses = Object.values(await tenant.contactsOf(id)).map((one) => [one.status, one.skip_reason]);
  expect(statuses).toEqual([
    ['skipped', 'campaign_stopped'],
    ['skipped', 'campaign_stopped'],
    ['skipped', 'campaign_stopped'],
  ]);
});

test('do-not-call set during a call ends it for that person', async () => {
  const person = await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  await tenant.patch(`/api/crm/contacts/${person}`, { doNotCall: true });
  await kit.tell(kit.network.live()[0]!.callId, 'no_answer');
  expect(await tenant.contactsOf(id)).toMatchObject({
    [person]: { status: 'skipped', outcome: 'do_not_call', skip_reason: 'do_not_call' },
  });
});

test.each(['answer-lost', 'dies-after'] as const)('%s: the call stands, is found again, and nobody is called twice', async (how) => {
  const person = await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  node.next.push(how);
  await look(node);
  const other = kit.node();
  for (let i = 0; i < 3; i++) {
    kit.pass(MINUTE);
    await other.engine.resolveUnknown();
    await look(other);
  }
  expect(kit.network.dialled.length).toBe(1);
  kit.network.end(kit.network.dialled[0]!.callId, 'answered');
  kit.pass(MINUTE);
  await other.engine.resolveUnknown();
  await look(other);
  expect(await tenant.contactsOf(id)).toMatchObject({ [person]: { status: 'completed', outcome: 'answered', attempts: 1 } });
  expect(await statusOf(id)).toBe('completed');
});

test.each(['not-arrived', 'dies-before'] as const)('%s: the attempt does not count and the contact is called after all', async (how) => {
  const person = await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  node.next.push(how);
  await look(node);
  expect(kit.network.dialled.length).toBe(0);
  kit.pass(MINUTE);
  const other = kit.node();
  await other.engine.resolveUnknown();
  kit.pass(MINUTE);
  await look(other);
  expect(liveContacts()).toEqual([person]);
  expect(await tenant.contactsOf(id)).toMatchObject({ [person]: { status: 'calling', attempts: 1 } });
});

test('the end that came before the answer stays, whatever comes later', async () => {
  const person = await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const node = kit.node();
  node.next.push('over-before-answer');
  await look(node);
  const { callId } = kit.network.dialled[0]!;
  expect(await kit.tell(callId, 'busy')).toBe(false);
  expect(await tenant.contactsOf(id)).toMatchObject({ [person]: { status: 'completed', outcome: 'answered' } });
});

test('a campaign that cannot dial says why and goes on when it can', async () => {
  await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  const allow = (outbound_enabled: boolean) =>
    tenant.patch(`/api/assistants/${tenant.assistantId}`, { accountSlug: tenant.slug, outbound_enabled });
  await allow(false);
  const node = kit.node();
  await look(node);
  expect(kit.network.dialled.length).toBe(0);
  expect((await tenant.get(`/api/crm/campaigns/${id}`)).body.campaign.problem).toContain('outbound_enabled');
  await allow(true);
  await look(node);
  expect(kit.network.dialled.length).toBe(1);
  expect((await tenant.get(`/api/crm/campaigns/${id}`)).body.campaign.problem).toBeNull();
});

test('a scheduled campaign starts at its time, an evergreen one stays open', async () => {
  await tenant.contact();
  const start = new Date(Date.now() + HOUR);
  const id = await tenant.campaign({
    scheduledStartAt: start.toISOString(),
    noAutoComplete: true,
    callWindowStart: '00:00',
    callWindowEnd: '00:00',
  });
  await tenant.run(id, 'start');
  const node = kit.node();
  kit.setTime(new Date(start.getTime() - 1_000));
  await look(node);
  expect(await statusOf(id)).toBe('scheduled');
  kit.setTime(start);
  await look(node);
  expect(kit.network.live().length).toBe(1);
  await kit.tell(kit.network.live()[0]!.callId, 'answered');
  await look(node);
  expect(await statusOf(id)).toBe('running');
  await tenant.contact({ campaignId: id });
  await look(node);
  expect(kit.network.live().length).toBe(1);
});

test('completion tells the outbox, once', async () => {
  await tenant.contact();
  const id = await tenant.campaign();
  await tenant.run(id, 'start');
  await look(kit.node());
  await kit.tell(kit.network.live()[0]!.callId, 'answered');
  await Promise.all([look(kit.node()), look(kit.node()), look(kit.node())]);
  const { rows } = await kit.server.platform.connection.pool.query("select body from events where type = 'campaign.completed'");
  expect(rows.length).toBe(1);
  expect(JSON.parse(rows[0].body).data).toMatchObject({ campaign_id: id, total_contacts: 1, contacts_called: 1, contacts_answered: 1 });
});

test('retries keep the number, others take turns', async () => {
  const buy = async () => {
    const search = await tenant.post('/api/phone-numbers/search', { filters: { countryCode: 'US', areaCode: '617', limit: 1 } });
    await tenant.post('/api/phone-numbers/purchase', { phoneNumber: search.body.numbers[0].phoneNumber, teamId: tenant.teamId });
  };
  await buy();
  await buy();
  const { rows } = await kit.server.platform.connection.pool.query('select id from phone_numbers order by id');
  const numbers = rows.map((row: { id: string }) => row.id);
  for (let i = 0; i < 8; i++) await tenant.contact();
  const id = await tenant.campaign({ fromNumberIds: numbers, maxConcurrentCalls: 8, retryDelayBusyMinutes: 1 });
  await tenant.run(id, 'start');
  const node = kit.node();
  await look(node);
  const first = new Map(kit.network.live().map((call) => [call.contactId, call.fromNumberId]));
  expect(new Set(first.values()).size).toBe(2);
  for (const call of kit.network.live()) await kit.tell(call.callId, 'busy');
  kit.pass(MINUTE);
  await look(node);
  for (const call of kit.network.live()) expect(call.fromNumberId).toBe(first.get(call.contactId));
});
