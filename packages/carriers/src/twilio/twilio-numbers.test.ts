import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTwilioSimulator, type TwilioSimulator } from '../testing/twilio/twilio-simulator.ts';
import { createTwilioApi } from './twilio-api.ts';
import { createTwilioNumbers, type TwilioNumbersSettings } from './twilio-numbers.ts';

const NUMBER = '+14155550101';
const ORDER = 'POST /IncomingPhoneNumbers.json';
const DAY_MS = 86_400_000;

let twilio: TwilioSimulator;
let waited: number[];
let today: number;

beforeEach(async () => {
  twilio = await startTwilioSimulator();
  waited = [];
  today = 0;
});
afterEach(async () => {
  expect(twilio.problems).toEqual([]);
  await twilio.close();
});

/** Waiting moves a clock of the test's own. */
function supplier(settings: TwilioNumbersSettings & { authToken?: string; timeoutMs?: number } = {}) {
  let now = 0;
  const wait = async (ms: number) => {
    waited.push(ms);
    now += ms;
  };
  const { accountSid, url } = twilio;
  const account = { accountSid, authToken: settings.authToken ?? twilio.authToken, apiUrl: url, pricingUrl: url };
  const api = createTwilioApi(account, { wait, now: () => now, timeoutMs: settings.timeoutMs ?? 10_000 });
  return createTwilioNumbers(api, { now: () => today, ...settings });
}

const wanted = { phoneNumber: NUMBER, customerReference: 'pn_1', countryCode: 'US' };
const search = { countryCode: 'US', numberType: 'local' as const, limit: 10 };

describe('search', () => {
  it('asks with every filter and answers in our shape, with the prices of the price list', async () => {
    twilio.numbers.stock(NUMBER, { phoneNumber: '+14155550198', sms: false }, '+12125550101', {
      phoneNumber: '+18005550101',
      type: 'TollFree',
    });
    const numbers = supplier();
    expect(await numbers.search({ ...search, areaCode: '415' })).toEqual([
      { phoneNumber: NUMBER, monthlyPrice: '1.15', setupPrice: '0.00', features: ['voice', 'sms'] },
      { phoneNumber: '+14155550198', monthlyPrice: '1.15', setupPrice: '0.00', features: ['voice'] },
    ]);
    expect(await numbers.search({ ...search, numberType: 'toll-free' })).toMatchObject([
      { phoneNumber: '+18005550101', monthlyPrice: '2.15' },
    ]);
    expect(Object.fromEntries(twilio.requests[1]!.query)).toEqual({ AreaCode: '415', VoiceEnabled: 'true', PageSize: '10' });
  });

  it('asks for prices once a day, and goes on with old ones where the list is away', async () => {
    twilio.numbers.stock(NUMBER);
    const numbers = supplier();
    const price = async () => (await numbers.search(search))[0]?.monthlyPrice;
    twilio.numbers.mood.prices = { local: '2' };
    expect([await price(), await price()]).toEqual(['2.00', '2.00']);
    expect(twilio.count('GET prices')).toBe(1);
    today = DAY_MS;
    twilio.numbers.mood.prices = { local: '2.5' };
    expect(await price()).toBe('2.50');
    today = 2 * DAY_MS;
    twilio.trouble('GET prices', { kind: 'dropped' }, { kind: 'dropped' }, { kind: 'dropped' });
    expect(await price()).toBe('2.50');
  });

  it('finds nothing where Twilio sells nothing, or has no price for it', async () => {
    twilio.numbers.stock(NUMBER);
    expect(await supplier().search({ ...search, countryCode: 'AQ' })).toEqual([]);
    twilio.numbers.mood.prices = { mobile: '3.00' };
    expect(await supplier().search(search)).toEqual([]);
  });

  it('shows no price in another currency as one in USD', async () => {
    twilio.numbers.mood.currency = 'EUR';
    await expect(supplier().search(search)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is repeated after errors and broken connections, waits as Twilio says after 429, and gives up', async () => {
    twilio.numbers.stock(NUMBER);
    const found = 'GET /AvailablePhoneNumbers/{CountryCode}/Local.json';
    twilio.trouble(found, { kind: 'error', status: 503, code: '20500' }, { kind: 'dropped' });
    expect(await supplier().search(search)).toHaveLength(1);
    waited = [];
    twilio.trouble(found, { kind: 'rate-limit', resetSeconds: 2 });
    expect(await supplier().search(search)).toHaveLength(1);
    expect(waited.filter((ms) => ms > 0)).toEqual([2000]);
    twilio.trouble(found, { kind: 'dropped' }, { kind: 'dropped' }, { kind: 'dropped' });
    await expect(supplier().search(search)).rejects.toMatchObject({ name: 'CarrierError', kind: 'unavailable' });
  });

  it('says when the token is wrong, without repeating', async () => {
    await expect(supplier({ authToken: 'wrong' }).search(search)).rejects.toMatchObject({ kind: 'auth' });
    expect(waited).toEqual([]);
  });
});

describe('order', () => {
  it('is done at once: named by our reference and pointed at our webhook', async () => {
    twilio.numbers.stock(NUMBER);
    const numbers = supplier({ publicUrl: 'https://voice.example.com/' });
    const ordered = await numbers.order(wanted);
    expect(ordered).toEqual({ state: 'active', numberId: twilio.numbers.owned[0]?.sid });
    expect(Object.fromEntries(twilio.requests.at(-1)!.form)).toEqual({
      PhoneNumber: NUMBER,
      FriendlyName: 'pn_1',
      VoiceUrl: 'https://voice.example.com/webhooks/twilio',
      VoiceMethod: 'POST',
      StatusCallback: 'https://voice.example.com/webhooks/twilio?about=status',
      StatusCallbackMethod: 'POST',
    });
    expect(await numbers.find(wanted)).toEqual(ordered);
    expect(await numbers.find({ ...wanted, customerReference: 'pn_2' })).toEqual({ state: 'none' });
    expect(await numbers.find({ ...wanted, phoneNumber: '+14155550102' })).toEqual({ state: 'none' });
  });

  it.each([
    ['AP', 'VoiceApplicationSid'],
    ['TK', 'TrunkSid'],
  ])('leads to a connection that is named %s…', async (prefix, field) => {
    twilio.numbers.stock(NUMBER);
    const connectionId = prefix + '0'.repeat(32);
    await supplier().order({ ...wanted, connectionId });
    expect(twilio.requests.at(-1)!.form.get(field)).toBe(connectionId);
  });

  it('knows no other connections, and asks for nothing then', async () => {
    await expect(supplier().order({ ...wanted, connectionId: '1494404757140276705' })).rejects.toMatchObject({ kind: 'refused' });
    expect(twilio.requests).toEqual([]);
  });

  it('says when the number is not for sale (21421, 21422)', async () => {
    expect(await supplier().order(wanted)).toEqual({ state: 'not-offered' });
    expect(await supplier().order({ ...wanted, phoneNumber: 'nonsense' })).toEqual({ state: 'not-offered' });
  });

  it('brings the address and the bundle that a country demands', async () => {
    twilio.numbers.mood.addressNeeded = true;
    twilio.numbers.stock(NUMBER);
    await expect(supplier().order(wanted)).rejects.toThrow(/21631, Phone Number requires an Address/);
    const [addressSid, bundleSid] = [`AD${'1'.repeat(32)}`, `BU${'2'.repeat(32)}`];
    expect(await supplier({ addressSid, bundleSid }).order(wanted)).toMatchObject({ state: 'active' });
    expect(twilio.numbers.owned[0]).toMatchObject({ address_sid: addressSid, bundle_sid: bundleSid });
  });

  it.each([
    ['is lost', { kind: 'lost-answer' as const }, 'unavailable'],
    ['takes too long', { kind: 'stalled' as const, taken: true }, 'timeout'],
    ['is an error although it was taken', { kind: 'error' as const, status: 500, code: '20500', taken: true }, 'unavailable'],
  ])('is never sent twice when its answer %s; it is found', async (_what, trouble, kind) => {
    twilio.numbers.stock(NUMBER);
    const numbers = supplier({ timeoutMs: 300 });
    twilio.trouble(ORDER, trouble);
    await expect(numbers.order(wanted)).rejects.toMatchObject({ kind });
    expect(twilio.count(ORDER)).toBe(1);
    expect(await numbers.find(wanted)).toMatchObject({ state: 'active' });
  });

  it('is sent again after 429, for nothing was bought', async () => {
    twilio.numbers.stock(NUMBER);
    twilio.trouble(ORDER, { kind: 'rate-limit', resetSeconds: 1 });
    expect(await supplier().order(wanted)).toMatchObject({ state: 'active' });
    expect(twilio.numbers.owned).toHaveLength(1);
  });
});

it('release gives the number back; once more is not an error', async () => {
  twilio.numbers.stock(NUMBER);
  const numbers = supplier();
  await numbers.order(wanted);
  const number = { phoneNumber: NUMBER, numberId: twilio.numbers.owned[0]!.sid };
  twilio.trouble('DELETE /IncomingPhoneNumbers/{Sid}.json', { kind: 'lost-answer' });
  await numbers.release(number);
  await numbers.release(number);
  expect(twilio.numbers.owned).toEqual([]);
});
