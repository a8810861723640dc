import { afterEach, beforeEach, expect, it } from 'vitest';
import { changePlan } from './plan.ts';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';

let server: TestServer;
let free: TestTenant;

beforeEach(async () => {
  server = await createTestServer();
  free = await server.tenant('free-team', { plan: 'free' });
});
afterEach(() => server.close());

const buy = (last: number) => free.post('/api/phone-numbers/purchase', { phoneNumber: `+141555501${last}`, teamId: free.teamId });
const numbers = async () => (await free.get(`/api/phone-numbers/purchase?teamId=${free.teamId}`)).body.numbers;

it('raises the limit and keeps the trial number', async () => {
  await buy(10);
  expect(await numbers()).toMatchObject([{ is_trial: true, trial_expires_at: expect.any(String) }]);
  expect(await changePlan(server.platform.db, 'free-team', 'starter')).toBe(
    'free-team is on the Starter plan now (before: Free): 3 phone numbers.',
  );
  expect(await numbers()).toMatchObject([{ is_trial: false, trial_expires_at: null, status: 'active' }]);
  expect((await buy(11)).body.eligibility).toEqual({ currentCount: 2, maxAllowed: 3, hasSubscription: true, planName: 'Starter' });
});

it('brings an expired trial back', async () => {
  await buy(10);
  await server.platform.phoneNumbers.expireTrials(new Date(Date.now() + 6 * 86_400_000));
  expect(await numbers()).toMatchObject([{ status: 'expired' }]);
  await changePlan(server.platform.db, 'free-team', 'growth');
  expect(await numbers()).toMatchObject([{ status: 'active', is_trial: false }]);
});

it('lowers the limit without taking numbers, and gives no second trial', async () => {
  await buy(10);
  await changePlan(server.platform.db, 'free-team', 'growth');
  await buy(11);
  expect(await changePlan(server.platform.db, 'free-team', 'free')).toBe(
    'free-team is on the Free plan now (before: Growth): 1 trial phone number.',
  );
  expect((await buy(12)).body.error).toBe('Your Free plan allows 1 trial phone number and you own 2. Release one or choose a larger plan.');
  for (const number of await numbers()) await free.delete(`/api/phone-numbers/${number.id}`);
  expect((await buy(12)).status).toBe(403);
});

it('knows no workspace of that name', async () => {
  await expect(changePlan(server.platform.db, 'nobody', 'free')).rejects.toThrow('There is no workspace nobody.');
});
