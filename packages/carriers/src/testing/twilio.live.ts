import { describe, expect, test } from 'vitest';
import { setUpTwilioAccount } from '../twilio/twilio-account.ts';
import { createTwilioApi } from '../twilio/twilio-api.ts';
import { createTwilioNumbers } from '../twilio/twilio-numbers.ts';

const { TWILIO_ACCOUNT_SID: accountSid = '', TWILIO_AUTH_TOKEN: authToken = '' } = process.env;
const there = accountSid !== '' && authToken !== '';
const why = there ? '' : ' — skipped: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set';

const api = (token = authToken) =>
  createTwilioApi({ accountSid, authToken: token, apiUrl: 'https://api.twilio.com', pricingUrl: 'https://pricing.twilio.com' });

/** Looks only: nothing is bought, changed or called. */
describe('real Twilio', () => {
  test.runIf(there)(`knows the account${why}`, async () => {
    const report = await setUpTwilioAccount(api(), { publicUrl: 'https://voice.example.com', isOurs: () => false });
    expect(report.numbers.pointedNow).toEqual([]);
  });

  test.runIf(there)(`offers numbers with their price${why}`, async () => {
    const numbers = createTwilioNumbers(api());
    const [first] = await numbers.search({ countryCode: 'US', numberType: 'local', limit: 3 });
    expect(first).toMatchObject({ phoneNumber: expect.stringMatching(/^\+1\d{10}$/), monthlyPrice: expect.stringMatching(/^\d+\.\d\d/) });
    expect(first?.features).toContain('voice');
    expect(await numbers.find({ phoneNumber: first!.phoneNumber, customerReference: 'nobody’s' })).toEqual({ state: 'none' });
  });

  test.runIf(there)(`refuses another token${why}`, async () => {
    const numbers = createTwilioNumbers(api('0'.repeat(32)));
    await expect(numbers.search({ countryCode: 'US', numberType: 'local', limit: 1 })).rejects.toMatchObject({ kind: 'auth' });
  });
});
