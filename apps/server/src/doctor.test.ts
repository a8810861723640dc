import { createTwilioApi, createTwilioNumbers } from '@talkturo/carriers';
import { startTelnyxSimulator, startTwilioSimulator } from '@talkturo/carriers/testing';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { examine, readOrders } from './doctor.ts';

const config = (settings: Record<string, string>) => readConfig(settings, '/');

it('sets a Telnyx account up and says what is left to do, until nothing is', async () => {
  const telnyx = await startTelnyxSimulator();
  const settings = { TELNYX_API_KEY: telnyx.apiKey, TELNYX_API_URL: telnyx.url, PUBLIC_URL: 'https://voice.example.com' };
  const lines = await examine(config(settings), ['US', 'GB']);
  const [application] = telnyx.account.applications;
  const [profile] = telnyx.account.profiles;
  expect(lines).toEqual([
    'Telnyx takes the key; 12.34 USD are left.',
    `Outbound voice profile ${profile?.id}: made now.`,
    `Call control application ${application?.id}: made now; its webhook is https://voice.example.com/webhooks/telnyx.`,
    'Numbers bought here: 0 attached, 0 attached now.',
    'Set these and start again:',
    `  TELNYX_CONNECTION_ID=${application?.id}`,
    '  TELNYX_PUBLIC_KEY=…   (Telnyx portal: Keys & Credentials, Public key)',
  ]);
  expect(profile).toMatchObject({ whitelisted_destinations: ['US', 'GB'] });

  const complete = { ...settings, TELNYX_CONNECTION_ID: String(application?.id), TELNYX_PUBLIC_KEY: telnyx.post.publicKey };
  expect((await examine(config(complete), [])).at(-1)).toBe('Calls over Telnyx are ready.');
  const moved = { ...complete, PUBLIC_URL: 'https://staging.example.com' };
  expect(await examine(config(moved), [])).toEqual(
    expect.arrayContaining([
      `Call control application ${application?.id}: it reports to another server, https://voice.example.com/webhooks/telnyx, and was left as it is. \`npm run doctor -- --take-over\` has this server take over.`,
      'Calls over Telnyx are not ready: they come in at another server.',
    ]),
  );
  expect((await examine(config(moved), [], true)).at(-1)).toBe('Calls over Telnyx are ready.');
  expect(application).toMatchObject({ webhook_event_url: 'https://staging.example.com/webhooks/telnyx' });
  expect(telnyx.account.applications).toHaveLength(1);
  await expect(examine(config({ ...settings, TELNYX_API_KEY: 'KEYwrong' }), [])).rejects.toThrow(/^Telnyx does not take TELNYX_API_KEY\. /);
  expect(telnyx.problems).toEqual([]);
  await telnyx.close();
});

it('examines a Twilio account and points the numbers bought here at this server', async () => {
  const twilio = await startTwilioSimulator();
  const settings = {
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_URL: twilio.url,
    PUBLIC_URL: 'https://voice.example.com',
  };
  twilio.numbers.stock('+14155550101', '+14155550102');
  const [ours, theirs] = [`pn_${'0'.repeat(26)}`, 'A number of another program'];
  const api = createTwilioApi({ accountSid: twilio.accountSid, authToken: twilio.authToken, apiUrl: twilio.url, pricingUrl: twilio.url });
  await createTwilioNumbers(api).order({ phoneNumber: '+14155550101', customerReference: ours });
  await createTwilioNumbers(api).order({ phoneNumber: '+14155550102', customerReference: theirs });
  expect(await examine(config(settings), [])).toEqual([
    'Twilio takes the account Flower shop; 12.34 USD are left.',
    'Numbers bought here: 0 lead to https://voice.example.com/webhooks/twilio, 1 put right now +14155550101.',
    'Calls over Twilio are ready.',
  ]);
  twilio.trouble('POST /IncomingPhoneNumbers/{Sid}.json', { kind: 'error', status: 400, code: '21402' });
  expect(await examine(config({ ...settings, PUBLIC_URL: 'https://voice.example.com/base' }), [])).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Twilio does not let \+14155550101 be led here: .*21402/)]),
  );
  expect(twilio.numbers.owned.map((number) => number.voice_url)).toEqual(['https://voice.example.com/webhooks/twilio', null]);
  Object.assign(twilio.account, { type: 'Trial', balance: null });
  expect(await examine(config({ ...settings, PUBLIC_URL: 'http://voice.example.com' }), [])).toEqual([
    'Twilio takes the account Flower shop.',
    'It is a trial account: it calls verified numbers only. Upgrade it at Twilio.',
    'Numbers bought here: 0 lead to http://voice.example.com/webhooks/twilio, 1 put right now +14155550101.',
    'Set this and start again:',
    '  PUBLIC_URL=https://…   (Twilio reaches media streams over TLS)',
  ]);
  twilio.account.status = 'suspended';
  await expect(examine(config(settings), [])).rejects.toThrow('The Twilio account is suspended.');
  await expect(examine(config({ ...settings, TWILIO_AUTH_TOKEN: 'wrong' }), [])).rejects.toThrow(
    /^Twilio does not take TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN\. Twilio refused/,
  );
  expect(twilio.problems).toEqual([]);
  await twilio.close();
});

it('says what it needs', async () => {
  expect(await examine(config({}), [])).toEqual([expect.stringMatching(/^No carrier is set up/)]);
  const twilio = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' };
  await expect(examine(config(twilio), [])).rejects.toThrow(/^PUBLIC_URL is missing: Twilio/);
  await expect(examine(config({ TELNYX_API_KEY: 'KEY' }), [])).rejects.toThrow(/^PUBLIC_URL is missing/);
  expect(readOrders([])).toEqual({ destinations: ['US', 'CA'], takeOver: false, call: null, assistantId: undefined });
  const order = ['--to', 'US,GB', '--call', '+442079460123', '--assistant', 'asst_1'];
  expect(readOrders(order)).toEqual({ destinations: ['US', 'GB'], takeOver: false, call: '+442079460123', assistantId: 'asst_1' });
  expect(readOrders(['--take-over'])).toMatchObject({ takeOver: true });
  const wrong = [['--to'], ['--to', 'us'], ['--to', 'US', 'GB'], ['US'], ['--call', '123'], ['--assistant', 'asst_1'], ['--dial', '1']];
  for (const args of wrong) expect(() => readOrders(args)).toThrow(/^Usage: npm run doctor/);
});
