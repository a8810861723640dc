import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

const NUMBER = '+14155550101';

let server: TestServer;
let team: TestTenant;

beforeAll(async () => {
  server = await createTestServer();
  team = await server.tenant();
});
afterAll(async () => {
  // Nothing that was refused was bought.
  expect((await team.get(`/api/phone-numbers/purchase?teamId=${team.teamId}`)).body.count).toBe(0);
  await server.close();
});

describe('search', () => {
  it.each([
    ['filters', undefined, 'is required'],
    ['filters.countryCode', { limit: 1 }, 'is required'],
    ['filters.countryCode', { countryCode: 'us' }, 'must be an ISO 3166-1 alpha-2 country code in capitals, for example US'],
    ['filters.countryCode', { countryCode: 'ZZ' }, 'is not a country of ISO 3166-1'],
    ['filters.areaCode', { countryCode: 'US', areaCode: '41' }, 'must be three digits'],
    ['filters.areaCode', { countryCode: 'US', areaCode: 415 }, 'must be text'],
    ['filters.areaCode', { countryCode: 'GB', areaCode: '207' }, 'is only possible for the countries US and CA'],
    ['filters.numberType', { countryCode: 'US', numberType: 'mobile' }, 'must be local or toll-free'],
    ['filters.limit', { countryCode: 'US', limit: 0 }, 'must be at least 1'],
    ['filters.limit', { countryCode: 'US', limit: 101 }, 'must be at most 100'],
    ['filters.area_code', { countryCode: 'US', area_code: '415' }, 'is not a field of this request'],
  ])('refuses a wrong %s: %j', async (path, filters, message) => {
    const answer = await team.post('/api/phone-numbers/search', filters === undefined ? {} : { filters });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ success: false, details: [{ path, message }] });
  });
});

describe('purchase', () => {
  it.each([
    [{ phoneNumber: '4155550101' }, 'phoneNumber'],
    [{ phoneNumber: 14155550101 }, 'phoneNumber'],
    [{}, 'phoneNumber'],
    [{ phoneNumber: NUMBER, connectionId: 'a b' }, 'connectionId'],
    [{ phoneNumber: NUMBER, connection_id: 'x' }, 'connection_id'],
  ])('refuses %j', async (body, path) => {
    const answer = await team.post('/api/phone-numbers/purchase', { teamId: team.teamId, ...body });
    expect(answer.status).toBe(400);
    expect(answer.body.details).toMatchObject([{ path }]);
  });
});
