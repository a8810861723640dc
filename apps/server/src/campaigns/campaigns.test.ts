import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let theirs: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  theirs = await server.tenant('theirs');
});
afterAll(() => server.close());

let ours: TestTenant;
let company: string;
let assistant: string;
let round = 0;
beforeEach(async () => {
  ours = await server.tenant(`ours-${++round}`);
  company = await companyOf(ours);
  assistant = await assistantOf(ours);
});

const companyOf = async (tenant: TestTenant) =>
  (await tenant.post('/api/crm/companies', { teamId: tenant.teamId, name: 'Acme' })).body.company.id as string;
const assistantOf = async (tenant: TestTenant, templateId = 'outbound-setter') =>
  (await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Setter', templateId })).body.assistant.id as string;

let people = 0;
const person = async (more: object = {}): Promise<string> => {
  const phone = `+1415555${String(1000 + ++people).padStart(4, '0')}`;
  const body = { teamId: ours.teamId, companyId: company, firstName: 'Ada', lastName: `No ${people}`, phone, ...more };
  return (await ours.post('/api/crm/contacts', body)).body.contact.id;
};
const create = (more: object = {}) =>
  ours.post('/api/crm/campaigns', { teamId: ours.teamId, name: 'Spring', assistantId: assistant, companyId: company, ...more });
const made = async (more: object = {}) => {
  const answer = await create(more);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.campaign;
};
const run = (id: string, action: string) => ours.post(`/api/crm/campaigns/${id}/run`, { action });
const running = async (more: object = {}) => {
  await person();
  const { id } = await made(more);
  expect((await run(id, 'start')).status).toBe(200);
  return id as string;
};
const contactsOf = async (id: string, query = '') => (await ours.get(`/api/crm/campaigns/${id}/contacts${query}`)).body;

test('a campaign has the documented defaults', async () => {
  await person();
  expect(await made()).toEqual({
    id: expect.stringMatching(/^camp_/),
    team_id: ours.teamId,
    assistant_id: assistant,
    company_id: company,
    name: 'Spring',
    description: null,
    from_number: null,
    from_number_ids: [],
    status: 'draft',
    scheduled_start_at: null,
    call_window_start: '09:00',
    call_window_end: '17:00',
    call_window_timezone: 'America/New_York',
    use_contact_timezone_for_call_window: true,
    max_concurrent_calls: 5,
    max_attempts_per_contact: 3,
    retry_delay_minutes: null,
    retry_delay_no_answer_minutes: 5,
    retry_delay_busy_minutes: 10,
    retry_delay_error_minutes: 60,
    retry_on_error: false,
    retry_backoff_mode: 'fixed',
    retry_backoff_multiplier: 2,
    retry_backoff_max_minutes: 1440,
    voicemail_action: 'hangup',
    voicemail_message: null,
    no_auto_complete: false,
    enrolling: false,
    total_contacts: 1,
    contacts_called: 0,
    contacts_completed: 0,
    contacts_answered: 0,
    problem: null,
    started_at: null,
    completed_at: null,
    deleted_at: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
});

test('a general retry delay stands for those not given', async () => {
  const campaign = await made({ retryDelayMinutes: 15, retryDelayBusyMinutes: 3 });
  expect(campaign).toMatchObject({ retry_delay_no_answer_minutes: 15, retry_delay_busy_minutes: 3, retry_delay_error_minutes: 15 });
  const changed = await ours.patch(`/api/crm/campaigns/${campaign.id}`, { retryDelayMinutes: 20, retryDelayErrorMinutes: 90 });
  expect(changed.body.campaign).toMatchObject({ retry_delay_no_answer_minutes: 20, retry_delay_error_minutes: 90 });
});

test('it enrols all of the company, or those that are named', async () => {
  const [a] = [await person(), await person()];
  expect((await made()).total_contacts).toBe(2);
  const selected = await made({ contactIds: [a] });
  expect(selected.total_contacts).toBe(1);
  expect((await contactsOf(selected.id)).contacts[0]).toMatchObject({ contact_id: a, status: 'pending', attempts: 0, outcome: null });
  expect((await made({ contactIds: [] })).total_contacts).toBe(0);
});

test('who must not or cannot be called is skipped with the reason, also when marked later', async () => {
  await person({ doNotCall: true });
  await person({ phone: null });
  const later = await person();
  const nameless = await person();
  const { id } = await made();
  const reasons = async () =>
    ((await contactsOf(id)).contacts as { skip_reason: string | null }[]).map((one) => one.skip_reason).toSorted();
  expect(await reasons()).toEqual(['do_not_call', 'no_phone_number', null, null]);
  await ours.patch(`/api/crm/contacts/${later}`, { doNotCall: true });
  await ours.patch(`/api/crm/contacts/${nameless}`, { phone: null });
  expect(await reasons()).toEqual(['do_not_call', 'do_not_call', 'no_phone_number', 'no_phone_number']);
  // The mark is gone and somebody adds the contact again: then it counts.
  await ours.patch(`/api/crm/contacts/${later}`, { doNotCall: false });
  const added = await ours.post(`/api/crm/campaigns/${id}/contacts`, { contactIds: [later, nameless] });
  expect(added.body).toMatchObject({ added: 1, already: 1, skipped: 0 });
  expect(await reasons()).toEqual(['do_not_call', 'no_phone_number', 'no_phone_number', null]);
});

test('a contact made with a campaign is enrolled at once; not in one that is over or not ours', async () => {
  const { id } = await made();
  const contact = await person({ campaignId: id, campaignPriority: 7 });
  expect((await contactsOf(id)).contacts).toMatchObject([{ contact_id: contact, priority: 7 }]);
  expect((await ours.get(`/api/crm/contacts?campaignId=${id}`)).body.contacts.map((one: { id: string }) => one.id)).toEqual([contact]);
  await run(id, 'start');
  await run(id, 'stop');
  const late = await ours.post('/api/crm/contacts', {
    teamId: ours.teamId,
    companyId: company,
    firstName: 'L',
    lastName: 'ate',
    campaignId: id,
  });
  expect(late).toMatchObject({ status: 409 });
  const none = await ours.post('/api/crm/contacts', {
    teamId: ours.teamId,
    companyId: company,
    firstName: 'N',
    lastName: 'o',
    campaignId: newId('camp'),
  });
  expect(none).toMatchObject({ status: 404 });
});

test.each([
  ['draft', [], 'start', 'running'],
  ['running', ['start'], 'pause', 'paused'],
  ['paused', ['start', 'pause'], 'resume', 'running'],
  ['running', ['start'], 'stop', 'cancelled'],
  ['paused', ['start', 'pause'], 'stop', 'cancelled'],
])('a %s campaign (%s) told to %s is %s', async (_status, before, action, after) => {
  await person();
  const { id } = await made();
  for (const step of before) await run(id, step);
  expect((await run(id, action)).body.campaign.status).toBe(after);
});

test.each([
  ['draft', [], ['pause', 'resume', 'stop']],
  ['running', ['start'], ['start', 'resume']],
  ['paused', ['start', 'pause'], ['start', 'pause']],
  ['cancelled', ['start', 'stop'], ['start', 'pause', 'resume', 'stop']],
])('a %s campaign refuses the rest', async (_status, before, refused) => {
  await person();
  const { id } = await made();
  for (const step of before) await run(id, step);
  for (const action of refused) expect.soft((await run(id, action)).status, action).toBe(409);
});

test('a start in the future waits as scheduled and can be hurried', async () => {
  await person();
  const scheduledStartAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id } = await made({ scheduledStartAt });
  expect((await run(id, 'start')).body.campaign).toMatchObject({ status: 'scheduled', scheduled_start_at: scheduledStartAt });
  expect((await run(id, 'start')).body.campaign.status).toBe('running');
});

test('stopping skips whoever was not called', async () => {
  const id = await running();
  await run(id, 'stop');
  expect((await contactsOf(id)).contacts).toMatchObject([{ status: 'skipped', skip_reason: 'campaign_stopped' }]);
});

test('settings are locked while it runs and when it is over; name and description are not', async () => {
  const id = await running();
  const change = (body: object) => ours.patch(`/api/crm/campaigns/${id}`, body);
  expect(await change({ maxConcurrentCalls: 9 })).toMatchObject({ status: 409 });
  expect((await change({ name: 'Summer', description: 'x' })).body.campaign).toMatchObject({ name: 'Summer', description: 'x' });
  await run(id, 'pause');
  expect((await change({ maxConcurrentCalls: 9 })).body.campaign.max_concurrent_calls).toBe(9);
  await run(id, 'stop');
  expect(await change({ maxConcurrentCalls: 8 })).toMatchObject({ status: 409 });
});

test('If-Match guards against lost updates', async () => {
  const { id } = await made();
  const first = await ours.get(`/api/crm/campaigns/${id}`);
  const etag = first.headers.etag as string;
  expect((await ours.patch(`/api/crm/campaigns/${id}`, { name: 'B' }, { 'if-match': etag })).status).toBe(200);
  expect((await ours.patch(`/api/crm/campaigns/${id}`, { name: 'C' }, { 'if-match': etag })).status).toBe(412);
});

test('deletion is soft and only for what does not run', async () => {
  const id = await running();
  const remove = () => ours.delete(`/api/crm/campaigns/${id}`);
  expect((await remove()).status).toBe(409);
  await run(id, 'pause');
  expect((await remove()).status).toBe(409);
  await run(id, 'stop');
  expect((await remove()).status).toBe(200);
  const list = async (query: string) => (await ours.get(`/api/crm/campaigns?teamId=${ours.teamId}${query}`)).body.count;
  expect([await list(''), await list('&deleted=include'), await list('&deleted=only')]).toEqual([0, 1, 1]);
  expect((await ours.get(`/api/crm/campaigns/${id}`)).body.campaign.deleted_at).not.toBeNull();
});

test('lists filter by status and assistant', async () => {
  const id = await running();
  await made({ name: 'Other', assistantId: await assistantOf(ours) });
  const ids = async (query: string) =>
    ((await ours.get(`/api/crm/campaigns?teamId=${ours.teamId}${query}`)).body.campaigns as { id: string }[]).map((one) => one.id);
  expect(await ids('&status=running')).toEqual([id]);
  expect(await ids(`&assistantId=${assistant}`)).toEqual([id]);
  expect(await ids('&search=oth')).toHaveLength(1);
});

test('what cannot dial does not start and says why', async () => {
  await person();
  const quiet = await made({ assistantId: await assistantOf(ours, 'inbound-support') });
  expect(await run(quiet.id, 'start')).toMatchObject({ status: 409, body: { error: expect.stringContaining('outbound_enabled') } });
  const empty = await made({ contactIds: [] });
  expect(await run(empty.id, 'start')).toMatchObject({ status: 409, body: { error: expect.stringContaining('no contacts') } });
  const open = await made({ contactIds: [], noAutoComplete: true });
  expect((await run(open.id, 'start')).status).toBe(200);
});

test('numbers must be the account’s', async () => {
  const search = await theirs.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  const bought = await theirs.post('/api/phone-numbers/purchase', {
    phoneNumber: search.body.numbers[0].phoneNumber,
    teamId: theirs.teamId,
  });
  const { rows } = await server.platform.connection.pool.query('select id from phone_numbers');
  expect(bought.status).toBe(200);
  expect((await create({ fromNumberIds: [rows[0].id] })).status).toBe(403);
  expect((await create({ fromNumberIds: [newId('pn')] })).status).toBe(404);
});

test('contacts are added once and removed', async () => {
  const [a, b] = [await person(), await person()];
  const { id } = await made({ contactIds: [a] });
  const added = await ours.post(`/api/crm/campaigns/${id}/contacts`, { contactIds: [a, b], priority: 3 });
  expect(added.body).toMatchObject({ added: 1, already: 1, campaign: { total_contacts: 2 } });
  expect((await ours.post(`/api/crm/campaigns/${id}/contacts`, { audience: 'all' })).body).toMatchObject({ added: 0, already: 2 });
  const removed = await ours.delete(`/api/crm/campaigns/${id}/contacts`, { contactIds: [a] });
  expect(removed.body).toMatchObject({ removed: 1, calling: 0, campaign: { total_contacts: 1 } });
  expect((await ours.post(`/api/crm/campaigns/${id}/contacts`, { contactIds: [newId('cont')] })).status).toBe(404);
});

test('due contacts are queued only while it runs', async () => {
  const id = await running();
  expect(await contactsOf(id, '?status=queued')).toMatchObject({ count: 1, contacts: [{ status: 'queued' }] });
  await run(id, 'pause');
  expect(await contactsOf(id, '?status=queued')).toMatchObject({ count: 0 });
  expect(await contactsOf(id, '?status=pending')).toMatchObject({ count: 1, contacts: [{ status: 'pending' }] });
});

test('the dashboard counts', async () => {
  await person({ doNotCall: true });
  const id = await running({ callWindowStart: '00:00', callWindowEnd: '00:00' });
  const { dashboard } = (await ours.get(`/api/crm/campaigns/${id}/dashboard`)).body;
  expect(dashboard).toMatchObject({
    campaign_id: id,
    status: 'running',
    contacts: { total: 2, queued: 1, skipped: 1, pending: 0, calling: 0, completed: 0, failed: 0 },
    outcomes: { do_not_call: 1, answered: 0 },
    contacts_called: 0,
    answer_rate_percent: null,
    live_calls: [],
    recent_calls: [],
    expected_end_at: null,
  });
  expect(dashboard.next_due).toHaveLength(1);
});

test('the preflight tells who will be called, where, and who not and why', async () => {
  await person();
  await person({ timezone: 'Asia/Kathmandu' });
  await person({ doNotCall: true });
  await person({ phone: '+18005550111' });
  const { id } = await made({ callWindowStart: '09:00', callWindowEnd: '10:00' });
  const { preflight } = (await ours.get(`/api/crm/campaigns/${id}/preflight`)).body;
  expect(preflight).toMatchObject({
    ready: true,
    problems: [],
    total: 4,
    will_be_called: 2,
    skipped: [
      { reason: 'do_not_call', count: 1 },
      { reason: 'no_common_window', count: 1 },
    ],
  });
  expect(preflight.zones.flatMap((zone: { time_zones: string[] }) => zone.time_zones).toSorted()).toEqual([
    'America/Los_Angeles',
    'Asia/Kathmandu',
  ]);
});

test('a number that is not on its account at the carrier is none to call from', async () => {
  await person();
  const offered = await ours.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  const { phoneNumber } = offered.body.numbers[0];
  const bought = (await ours.post('/api/phone-numbers/purchase', { teamId: ours.teamId, phoneNumber })).body.phoneNumber;
  const { id } = await made({ fromNumberIds: [bought.id] });
  const preflight = async () => (await ours.get(`/api/crm/campaigns/${id}/preflight`)).body.preflight;
  expect(await preflight()).toMatchObject({ ready: true, from_numbers: [{ phone_number: phoneNumber }] });
  await server.platform.connection.pool.query('update phone_numbers set off_account = true where id = $1', [bought.id]);
  expect(await preflight()).toMatchObject({
    ready: false,
    problems: ['None of the numbers of this campaign is active and on its account at the carrier.'],
    from_numbers: [],
  });
  await ours.delete(`/api/phone-numbers/${bought.id}`);
});

test('assistants that may call are listed', async () => {
  await assistantOf(ours, 'inbound-support');
  expect((await ours.get(`/api/crm/outbound-assistants?teamId=${ours.teamId}`)).body).toMatchObject({
    count: 1,
    assistants: [{ id: assistant, name: 'Setter', phone_numbers: [] }],
  });
});

test('another account’s campaign is 403, none is 404', async () => {
  const { id } = await made();
  const paths = ['', '/contacts', '/dashboard', '/preflight', '/dashboard/stream'];
  for (const path of paths) {
    expect.soft((await theirs.get(`/api/crm/campaigns/${id}${path}`)).status, path).toBe(403);
    expect.soft((await theirs.get(`/api/crm/campaigns/${newId('camp')}${path}`)).status, path).toBe(404);
  }
  expect((await theirs.patch(`/api/crm/campaigns/${id}`, { name: 'x' })).status).toBe(403);
  expect((await theirs.delete(`/api/crm/campaigns/${id}`)).status).toBe(403);
  expect((await theirs.post(`/api/crm/campaigns/${id}/run`, { action: 'start' })).status).toBe(403);
  expect((await theirs.post(`/api/crm/campaigns/${id}/contacts`, { audience: 'all' })).status).toBe(403);
  expect((await theirs.delete(`/api/crm/campaigns/${id}/contacts`, { contactIds: [newId('cont')] })).status).toBe(403);
  expect((await theirs.get(`/api/crm/campaigns?teamId=${ours.teamId}`)).status).toBe(403);
  const body = { teamId: theirs.teamId, name: 'x', companyId: company, assistantId: await assistantOf(theirs) };
  expect((await theirs.post('/api/crm/campaigns', body)).status).toBe(403);
});

test.each([
  ['no name', { name: undefined }, 'name'],
  ['a time that is none', { callWindowStart: '9:00' }, 'callWindowStart'],
  ['a zone that is none', { callWindowTimezone: 'Mars/Olympus' }, 'callWindowTimezone'],
  ['too small a multiplier', { retryBackoffMultiplier: 1 }, 'retryBackoffMultiplier'],
  ['a message that is missing', { voicemailAction: 'leave_message' }, 'voicemailMessage'],
  ['no calls at once', { maxConcurrentCalls: 0 }, 'maxConcurrentCalls'],
  ['a field that is not there', { windowStart: '09:00' }, 'windowStart'],
])('%s is 400', async (_what, more, field) => {
  const answer = await create(more);
  expect(answer.status).toBe(400);
  expect(answer.body.details[0].path).toBe(field);
});

test('figures stay exact under changes of every kind', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => person()));
  const { id } = await made();
  await Promise.all(ids.slice(0, 2).map((contact) => ours.patch(`/api/crm/contacts/${contact}`, { doNotCall: true })));
  await ours.delete(`/api/crm/campaigns/${id}/contacts`, { contactIds: [ids[0]] });
  await ours.delete(`/api/crm/contacts/${ids[5]}`);
  const { dashboard } = (await ours.get(`/api/crm/campaigns/${id}/dashboard`)).body;
  expect(dashboard.contacts).toMatchObject({ total: 4, pending: 3, skipped: 1 });
});
