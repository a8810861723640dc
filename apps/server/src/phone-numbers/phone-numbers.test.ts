import { isId } from '@talkturo/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../database/ids.ts';
import { mintKey } from '../identity/api-keys.ts';
import { users } from '../identity/users.table.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { phoneNumberUpkeep } from './phone-numbers.jobs.ts';
import { phoneNumbers } from './phone-numbers.table.ts';

const NUMBER = '+14155550101';
const DAY_MS = 86_400_000;

let server: TestServer;
let team: TestTenant;

beforeEach(async () => {
  server = await createTestServer();
  team = await server.tenant();
});
afterEach(() => server.close());

const search = (filters: object, as = team) => as.post('/api/phone-numbers/search', { filters });
const buy = (phoneNumber: string, as = team) => as.post('/api/phone-numbers/purchase', { phoneNumber, teamId: as.teamId });
const list = (as = team) => as.get(`/api/phone-numbers/purchase?teamId=${as.teamId}`);
const numberAt = (i: number) => `+1415555${String(2000 + i)}`;

describe('search', () => {
  it('answers the documented example with every field', async () => {
    const answer = await search({ countryCode: 'US', areaCode: '415', numberType: 'local', limit: 10 });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['count', 'numbers', 'provider', 'success']);
    expect(answer.body).toMatchObject({ success: true, provider: 'local', count: 10 });
    expect(answer.body.numbers).toHaveLength(10);
    for (const number of answer.body.numbers) {
      expect(number).toEqual({
        phoneNumber: expect.stringMatching(/^\+1415[2-9]\d{6}$/),
        monthlyPrice: '1.00',
        setupPrice: '1.00',
        features: ['voice'],
      });
    }
  });

  it('needs the country only: 20 local numbers', async () => {
    expect((await search({ countryCode: 'GB' })).body).toMatchObject({ count: 20 });
  });

  it('leaves out what is bought', async () => {
    const first = (await search({ countryCode: 'US', areaCode: '415', limit: 3 })).body.numbers;
    await buy(first[0].phoneNumber);
    const second = (await search({ countryCode: 'US', areaCode: '415', limit: 3 })).body.numbers;
    expect(second).toHaveLength(3);
    expect(second.slice(0, 2)).toEqual(first.slice(1));
  });
});

describe('purchase', () => {
  it('answers the documented example with every field', async () => {
    const answer = await buy(NUMBER);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      phoneNumber: {
        id: expect.stringMatching(/^pn_/),
        phone_number: NUMBER,
        provider_number_id: 'local_14155550101',
        status: 'active',
        papers_missing: false,
        is_trial: false,
        trial_expires_at: null,
        message: 'Phone number purchased successfully',
      },
      eligibility: { currentCount: 1, maxAllowed: 10, hasSubscription: true, planName: 'Growth' },
    });
    expect(isId('pn', answer.body.phoneNumber.id)).toBe(true);
  });

  it('refuses a number that is bought by anyone here', async () => {
    const other = await server.tenant('other');
    const { id } = (await buy(NUMBER)).body.phoneNumber;
    const theirs = await buy(NUMBER, other);
    expect(theirs.status).toBe(409);
    expect(theirs.body).toEqual({ success: false, error: `${NUMBER} is already bought. Search for another number.` });
    const again = await buy(NUMBER);
    expect(again.status).toBe(409);
    expect(again.body.error).toBe(`${NUMBER} is already bought: it is yours as ${id}, and its status is active.`);
  });

  it('happens once for an Idempotency-Key', async () => {
    const body = { phoneNumber: NUMBER, teamId: team.teamId };
    const once = () => team.post('/api/phone-numbers/purchase', body, { 'idempotency-key': 'buy-1' });
    const answers = await Promise.all([once(), once(), once()]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.phoneNumber.id)).size).toBe(1);
  });

  it('refuses a number that cannot be: 404 without a place in the plan', async () => {
    for (const number of ['+14151550101', '+1415555010', '+9991234567']) expect((await buy(number)).status).toBe(404);
    expect((await list()).body).toMatchObject({ success: true, numbers: [], count: 0, eligibility: { currentCount: 0 } });
  });

  it('says the limit of the plan', async () => {
    const small = await server.tenant('small', { plan: 'starter' });
    for (const i of [1, 2, 3]) expect((await buy(numberAt(i), small)).body.eligibility).toMatchObject({ currentCount: i, maxAllowed: 3 });
    const refused = await buy(numberAt(4), small);
    expect(refused.status).toBe(403);
    expect(refused.body.error).toBe('Your Starter plan allows 3 phone numbers and you own 3. Release one or choose a larger plan.');
  });

  it('never passes the limit when 20 purchases come at once', async () => {
    const small = await server.tenant('small', { plan: 'starter' });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => buy(numberAt(i), small)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, ...Array(17).fill(403)]);
    expect((await list(small)).body.count).toBe(3);
  });

  it('sells a number once when 10 accounts want it at once', async () => {
    const teams = await Promise.all(Array.from({ length: 10 }, (_, i) => server.tenant(`team-${i}`)));
    const answers = await Promise.all(teams.map((as) => buy(NUMBER, as)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(409)]);
  });

  it('takes the connection of a provider configuration', async () => {
    const body = { phoneNumber: NUMBER, teamId: team.teamId, connectionId: '1494404757140276705' };
    expect((await team.post('/api/phone-numbers/purchase', body)).status).toBe(200);
  });
});

describe('trial', () => {
  const later = (days: number) => new Date(Date.now() + days * DAY_MS);

  it('is one number for 5 days, ever', async () => {
    const free = await server.tenant('free', { plan: 'free' });
    const before = Date.now();
    const bought = await buy(NUMBER, free);
    expect(bought.body).toMatchObject({
      phoneNumber: { is_trial: true, status: 'active' },
      eligibility: { currentCount: 1, maxAllowed: 1, hasSubscription: false, planName: 'Free' },
    });
    const expires = Date.parse(bought.body.phoneNumber.trial_expires_at);
    expect(expires).toBeGreaterThanOrEqual(before + 5 * DAY_MS);
    expect(expires).toBeLessThanOrEqual(Date.now() + 5 * DAY_MS);

    const second = await buy(numberAt(1), free);
    expect(second.status).toBe(403);
    expect(second.body.error).toContain('allows 1 trial phone number');

    await free.delete(`/api/phone-numbers/${bought.body.phoneNumber.id}`);
    const third = await buy(numberAt(1), free);
    expect(third.status).toBe(403);
    expect(third.body.error).toContain('allows 1 trial phone number, and you have had it');
  });

  it('is ended by the upkeep that runs every minute', async () => {
    const free = await server.tenant('free', { plan: 'free' });
    await buy(NUMBER, free);
    const { db, jobs } = server.platform;
    await jobs.run(phoneNumberUpkeep, {});
    expect((await list(free)).body.numbers).toMatchObject([{ status: 'active' }]);
    await db.update(phoneNumbers).set({ trialExpiresAt: new Date(Date.now() - 1000) });
    expect((await list(free)).body.numbers).toMatchObject([{ status: 'expired' }]);
    expect((await db.select().from(phoneNumbers))[0]?.status).toBe('active');
    await jobs.run(phoneNumberUpkeep, {});
    expect((await db.select().from(phoneNumbers))[0]?.status).toBe('expired');
  });

  it('ends after 5 days and takes and places no calls any more', async () => {
    const { phoneNumbers: numbers } = server.platform;
    const free = await server.tenant('free', { plan: 'free' });
    const { id } = (await buy(NUMBER, free)).body.phoneNumber;
    const assistant = (await free.post('/api/assistants', { accountSlug: free.slug, name: 'A' })).body.assistant;
    const assign = () =>
      free.patch(`/api/assistants/${assistant.id}/telephony/phone-numbers`, { accountSlug: free.slug, phoneNumberIds: [id] });
    expect((await assign()).body).toEqual({ success: true });
    expect(await numbers.forCall.byCalledNumber(NUMBER)).toMatchObject({ id, assistantId: assistant.id });

    expect(await numbers.expireTrials(later(4.9))).toBe(0);
    expect(await numbers.expireTrials(later(5.1))).toBe(1);
    expect((await list(free)).body.numbers).toMatchObject([{ id, status: 'expired', is_trial: true }]);
    expect(await numbers.forCall.byCalledNumber(NUMBER)).toBeNull();
    expect(await numbers.forCall.fromNumber(free, {})).toBeNull();
    await expect(numbers.forCall.fromNumber(free, { fromNumberId: id })).rejects.toMatchObject({ status: 409 });
    expect(await numbers.forCall.isBought(NUMBER)).toBe(true);
    const again = await assign();
    expect(again.status).toBe(409);
    expect(again.body.error).toBe(`${NUMBER} is expired, so it cannot be used.`);
  });
});

describe('list, get and release', () => {
  it('answers the documented example with every field, newest first', async () => {
    const first = (await buy(NUMBER)).body.phoneNumber;
    const second = (await buy(numberAt(1))).body.phoneNumber;
    const assistant = (await team.post('/api/assistants', { accountSlug: team.slug, name: 'Sales Agent' })).body.assistant;
    await team.patch(`/api/assistants/${assistant.id}/telephony/phone-numbers`, { accountSlug: team.slug, phoneNumberIds: [first.id] });
    const answer = await list();
    expect(answer.body).toEqual({
      success: true,
      count: 2,
      eligibility: { currentCount: 2, maxAllowed: 10, hasSubscription: true, planName: 'Growth' },
      numbers: [
        expect.objectContaining({ id: second.id, assistant_id: null, assistant_name: null }),
        {
          id: first.id,
          phone_number: NUMBER,
          provider: 'local',
          status: 'active',
          papers_missing: false,
          off_account: false,
          is_trial: false,
          trial_expires_at: null,
          assistant_id: assistant.id,
          assistant_name: 'Sales Agent',
          created_by_email: null,
          created_by_name: null,
          created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
        },
      ],
    });
    expect((await team.get(`/api/phone-numbers/${first.id}`)).body).toEqual({ success: true, phoneNumber: answer.body.numbers[1] });
  });

  it('names who bought a number: whoever made the key', async () => {
    const { db, apiKeys } = server.platform;
    const userId = newId('usr');
    await db.insert(users).values({ id: userId, name: 'Alice Johnson', email: 'alice@example.com' });
    const fullKey = mintKey(false);
    await apiKeys.add({ accountId: team.accountId, name: 'hers', fullKey, scopes: ['*'], rateLimitPerHour: 0, createdBy: userId });
    const body = { phoneNumber: NUMBER, teamId: team.teamId };
    const { status } = await server.request('POST', '/api/phone-numbers/purchase', {
      body,
      headers: { authorization: `Bearer ${fullKey}` },
    });
    expect(status).toBe(200);
    expect((await list()).body.numbers).toMatchObject([{ created_by_email: 'alice@example.com', created_by_name: 'Alice Johnson' }]);
  });

  it('forgets a number that is released, and frees its place', async () => {
    const small = await server.tenant('small', { plan: 'starter' });
    const bought = [];
    for (const i of [1, 2, 3]) bought.push((await buy(numberAt(i), small)).body.phoneNumber.id);
    const released = await small.delete(`/api/phone-numbers/${bought[0]}`);
    expect(released.body).toMatchObject({ success: true, phoneNumber: { id: bought[0], status: 'released', assistant_id: null } });
    expect((await small.delete(`/api/phone-numbers/${bought[0]}`)).status).toBe(200);
    expect((await list(small)).body.count).toBe(2);
    expect((await buy(numberAt(1))).status).toBe(200);
    expect((await buy(numberAt(4), small)).body.eligibility.currentCount).toBe(3);
    expect((await small.get(`/api/phone-numbers/${bought[0]}`)).body.phoneNumber.status).toBe('released');
  });

  it('keeps accounts apart', async () => {
    const other = await server.tenant('other');
    const { id } = (await buy(NUMBER)).body.phoneNumber;
    for (const answer of [
      await other.get(`/api/phone-numbers/${id}`),
      await other.delete(`/api/phone-numbers/${id}`),
      await other.get(`/api/phone-numbers/purchase?teamId=${team.teamId}`),
      await other.get('/api/phone-numbers/purchase?teamId=team_nobody'),
      await other.post('/api/phone-numbers/purchase', { phoneNumber: numberAt(1), teamId: team.teamId }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({ success: false, error: 'Forbidden' });
    }
    expect((await list(other)).body.numbers).toEqual([]);
    expect((await list()).body.count).toBe(1);
  });

  it('knows nothing of ids that are none', async () => {
    for (const id of ['pn_01h455vb4pex5vsknk084sn02q', 'asst_01h455vb4pex5vsknk084sn02q', 'nonsense', "'; drop table phone_numbers; --"]) {
      expect((await team.get(`/api/phone-numbers/${encodeURIComponent(id)}`)).status).toBe(404);
      expect((await team.delete(`/api/phone-numbers/${encodeURIComponent(id)}`)).status).toBe(404);
    }
    expect((await team.get('/api/phone-numbers/purchase')).status).toBe(400);
  });

  it('asks for a token with the scope', async () => {
    expect((await server.request('GET', '/api/phone-numbers/purchase')).status).toBe(401);
    const reader = await server.tenant('reader', { scopes: ['phone-numbers:read'] });
    expect((await list(reader)).status).toBe(200);
    expect((await buy(NUMBER, reader)).status).toBe(403);
  });
});
