import { afterEach, expect, it } from 'vitest';
import { startTwilioBench } from '../testing/conformance/twilio-harness.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import { readTwiml } from '../testing/twilio/twiml-reader.ts';
import { setUpTwilioAccount } from './twilio-account.ts';
import { createTwilioApi } from './twilio-api.ts';
import { createTwilioNumbers } from './twilio-numbers.ts';
import { signatureOf } from './twilio-signature.ts';

const MINE = 'acct_mine';
const OURS = '+14155550101';
const THEIRS = '+12025550143';

let bench: Awaited<ReturnType<typeof startTwilioBench>>;
const listener = createScriptedListener();
const publicUrl = () => bench.host.url.replace('ws:', 'http:');
const api = () => {
  const { accountSid, authToken, url } = bench.twilio;
  return createTwilioApi({ accountSid, authToken, apiUrl: url, pricingUrl: url });
};

afterEach(async () => {
  expect(bench.twilio.problems).toEqual([]);
  await bench.close();
});

it('one of several accounts is reached at addresses of its own, which have no query where Twilio takes none', async () => {
  bench = await startTwilioBench(listener, { account: MINE });
  const { carrier, twilio, host } = bench;
  expect([carrier.webhook.path, carrier.media.path]).toEqual([`/webhooks/twilio/${MINE}`, `/media/twilio/${MINE}`]);
  const dial = { callId: 'call_1', commandId: 'call_1', from: OURS, to: THEIRS, ringMs: 30_000, maxCallMs: 60_000, machineDetection: true };
  const { ref } = await carrier.dial(dial);
  const form = twilio.requests.at(-1)!.form;
  const webhook = `${publicUrl()}/webhooks/twilio/${MINE}`;
  expect(form.get('StatusCallback')).toBe(`${webhook}?about=status&call=call_1&command=call_1&limit=60`);
  expect(form.get('AsyncAmdStatusCallback')).toBe(`${webhook}?about=detection&call=call_1&command=call_1`);
  expect(readTwiml(form.get('Twiml') ?? '')[0]?.children[0]?.attributes).toMatchObject({
    url: `${host.url}/media/twilio/${MINE}`,
    statusCallback: `${webhook}?about=stream`,
  });
  // The socket opens there, signed over that address, and the callbacks are taken there.
  expect(await listener.next('media')).toMatchObject({ ref, callId: 'call_1' });
  await carrier.hangup({ carrier: 'twilio', ref });
  await listener.event(ref, 'hangup');
  await expect.poll(() => twilio.post.statuses.every((status) => status === 204) && twilio.post.statuses.length > 1).toBe(true);
});

it('a signature over the address of another account is none, and neither is a token made for another one', async () => {
  bench = await startTwilioBench(listener, { account: MINE });
  const { carrier, twilio } = bench;
  const form = new URLSearchParams({ CallSid: `CA${'1'.repeat(32)}`, CallStatus: 'ringing' });
  const receive = (signedFor: string) =>
    carrier.webhook.receive(
      {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf(twilio.authToken, `${publicUrl()}${signedFor}?about=status`, form),
      },
      Buffer.from(form.toString()),
      `/webhooks/twilio/${MINE}?about=status`,
    );
  expect(await receive('/webhooks/twilio')).toBe(401);
  expect(await receive('/webhooks/twilio/acct_theirs')).toBe(401);
  expect(await receive(`/webhooks/twilio/${MINE}`)).toBe(204);
});

it('numbers lead to the address of the account that bought them, and are put right by its set-up', async () => {
  bench = await startTwilioBench(listener);
  const { numbers } = bench.twilio;
  numbers.stock(OURS);
  await createTwilioNumbers(api(), { publicUrl: publicUrl(), account: MINE }).order({ phoneNumber: OURS, customerReference: 'pn_1' });
  const addresses = {
    voice_url: `${publicUrl()}/webhooks/twilio/${MINE}`,
    status_callback: `${publicUrl()}/webhooks/twilio/${MINE}?about=status`,
  };
  expect(numbers.owned[0]).toMatchObject(addresses);
  const setUp = (account?: string) =>
    setUpTwilioAccount(api(), { publicUrl: publicUrl(), account, recorded: true, isOurs: (reference) => reference === 'pn_1' });
  expect((await setUp(MINE)).numbers).toEqual({ pointedNow: [], pointedBefore: 1, refused: [], elsewhere: [] });
  expect((await setUp()).numbers).toEqual({ pointedNow: [OURS], pointedBefore: 0, refused: [], elsewhere: [] });
  expect(await setUp(MINE)).toMatchObject({
    webhookUrl: addresses.voice_url,
    numbers: { pointedNow: [OURS], pointedBefore: 0, refused: [], elsewhere: [] },
  });
  expect(numbers.owned[0]).toMatchObject(addresses);
});

it('points the others where Twilio refuses one number, and says which', async () => {
  bench = await startTwilioBench(listener);
  const { twilio } = bench;
  const other = '+14155550102';
  twilio.numbers.stock(OURS, other);
  for (const phoneNumber of [OURS, other]) await createTwilioNumbers(api()).order({ phoneNumber, customerReference: `pn_${phoneNumber}` });
  twilio.trouble('POST /IncomingPhoneNumbers/{Sid}.json', { kind: 'error', status: 400, code: '21402' });
  const setUp = () => setUpTwilioAccount(api(), { publicUrl: publicUrl(), isOurs: (reference) => reference.startsWith('pn_') });
  const said = expect.stringContaining('21402');
  expect((await setUp()).numbers).toEqual({ pointedNow: [other], pointedBefore: 0, refused: [{ phoneNumber: OURS, said }], elsewhere: [] });
  expect((await setUp()).numbers).toEqual({ pointedNow: [OURS], pointedBefore: 1, refused: [], elsewhere: [] });
});

it('two installations on one account leave their numbers to each other, unless one is told to take over', async () => {
  bench = await startTwilioBench(listener);
  const { numbers } = bench.twilio;
  const [theirs, mine] = ['+14155550102', '+14155550103'];
  numbers.stock(OURS, theirs, mine);
  const order = (phoneNumber: string, settings: object) =>
    createTwilioNumbers(api(), settings).order({ phoneNumber, customerReference: `pn_${phoneNumber}` });
  await order(OURS, { publicUrl: publicUrl() });
  await order(theirs, { publicUrl: 'https://staging.example.com' });
  await order(mine, { publicUrl: publicUrl(), account: MINE });
  const setUp = (wishes: object = {}) =>
    setUpTwilioAccount(api(), { publicUrl: publicUrl(), isOurs: (reference) => reference.startsWith('pn_'), ...wishes });
  expect((await setUp()).numbers).toEqual({ pointedNow: [], pointedBefore: 1, refused: [], elsewhere: [theirs] });
  expect(numbers.owned[1]).toMatchObject({ voice_url: 'https://staging.example.com/webhooks/twilio' });
  expect((await setUp({ takeOver: true })).numbers).toEqual({ pointedNow: [theirs], pointedBefore: 1, refused: [], elsewhere: [] });
  // The workspace's stayed its own all the while.
  expect(numbers.owned[2]).toMatchObject({ voice_url: `${publicUrl()}/webhooks/twilio/${MINE}` });
});
