import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTelnyxSimulator, type TelnyxSimulator } from '../testing/telnyx/telnyx-simulator.ts';
import { setUpTelnyxAccount, type TelnyxAccountWishes } from './telnyx-account.ts';
import { createTelnyxApi } from './telnyx-api.ts';
import { createTelnyxNumbers } from './telnyx-numbers.ts';

let telnyx: TelnyxSimulator;

beforeEach(async () => {
  telnyx = await startTelnyxSimulator();
});
afterEach(async () => {
  expect(telnyx.problems).toEqual([]);
  await telnyx.close();
});

const api = () => createTelnyxApi({ apiKey: telnyx.apiKey, apiUrl: telnyx.url });
const setUp = (wishes: Partial<TelnyxAccountWishes> = {}) =>
  setUpTelnyxAccount(api(), {
    publicUrl: 'https://voice.example.com/',
    destinations: ['US', 'GB'],
    isOurs: (reference) => reference.startsWith('pn_'),
    ...wishes,
  });

async function own(phoneNumber: string, customerReference: string) {
  telnyx.numbers.mood.searchFirst = false;
  telnyx.numbers.stock(phoneNumber);
  await createTelnyxNumbers(api()).order({ phoneNumber, customerReference });
}

it('makes everything in an empty account, and nothing the second time', async () => {
  await own('+14155550101', 'pn_1');
  await own('+14155550102', 'somebody else’s');
  const report = await setUp();
  const { id } = telnyx.account.applications[0]!;
  expect(report).toEqual({
    balance: '12.34 USD',
    profile: { id: telnyx.account.profiles[0]?.id, made: true },
    application: {
      id,
      made: true,
      changed: false,
      webhookUrl: 'https://voice.example.com/webhooks/telnyx',
      elsewhere: null,
      another: null,
    },
    numbers: { attachedNow: ['+14155550101'], attachedBefore: 0, refused: [], elsewhere: [] },
    held: ['+14155550101', '+14155550102'],
  });
  expect(telnyx.account.profiles[0]).toMatchObject({ name: 'Talkturo', whitelisted_destinations: ['US', 'GB'] });
  expect(telnyx.account.applications[0]).toMatchObject({
    application_name: 'Talkturo',
    webhook_event_url: 'https://voice.example.com/webhooks/telnyx',
    webhook_api_version: '2',
    outbound: { outbound_voice_profile_id: telnyx.account.profiles[0]?.id },
  });
  expect(telnyx.numbers.owned.map((number) => number.connectionId)).toEqual([id, null]);

  const again = await setUp();
  expect(again).toMatchObject({
    profile: { made: false },
    application: { id, made: false, changed: false },
    numbers: { attachedNow: [], attachedBefore: 1 },
  });
});

it('puts an application right whose webhook leads elsewhere where that is wanted, and leaves its profile alone', async () => {
  const { application } = await setUp();
  Object.assign(telnyx.account.applications[0]!, { outbound: { outbound_voice_profile_id: '77' }, webhook_api_version: '1' });
  const report = await setUp({ connectionId: application.id, publicUrl: 'https://elsewhere.example.com', takeOver: true });
  expect(report.application).toMatchObject({ id: application.id, made: false, changed: true });
  expect(telnyx.account.applications).toMatchObject([
    {
      webhook_event_url: 'https://elsewhere.example.com/webhooks/telnyx',
      webhook_api_version: '2',
      outbound: { outbound_voice_profile_id: '77' },
    },
  ]);
});

it('puts an application right that tells no costs, and one that was switched off', async () => {
  const { application } = await setUp();
  for (const wrong of [{ call_cost_in_webhooks: false }, { active: false }]) {
    Object.assign(telnyx.account.applications[0]!, wrong);
    expect((await setUp()).application).toMatchObject({ id: application.id, made: false, changed: true });
    expect(telnyx.account.applications).toMatchObject([{ call_cost_in_webhooks: true, active: true }]);
    expect((await setUp()).application.changed).toBe(false);
  }
});

it('says when the application of the settings is not there, and when the key is wrong', async () => {
  await expect(setUp({ connectionId: '404' })).rejects.toThrow('There is no call control application 404 in this account.');
  const wrong = createTelnyxApi({ apiKey: 'KEYwrong', apiUrl: telnyx.url });
  const wishes = { publicUrl: 'https://voice.example.com', destinations: ['US'], isOurs: () => true };
  await expect(setUpTelnyxAccount(wrong, wishes)).rejects.toMatchObject({ kind: 'auth' });
});

it('attaches the others where Telnyx refuses one number, and says which', async () => {
  await own('+14155550101', 'pn_1');
  await own('+14155550102', 'pn_2');
  telnyx.trouble('PATCH /phone_numbers/{id}', { kind: 'error', status: 422, code: '10027', title: 'Not now' });
  const said = expect.stringContaining('10027');
  expect((await setUp()).numbers).toEqual({
    attachedNow: ['+14155550102'],
    attachedBefore: 0,
    refused: [{ phoneNumber: '+14155550101', said }],
    elsewhere: [],
  });
  expect((await setUp()).numbers).toEqual({ attachedNow: ['+14155550101'], attachedBefore: 1, refused: [], elsewhere: [] });
  // A key that is not taken any more is no matter of one number.
  telnyx.numbers.owned[0]!.connectionId = null;
  telnyx.trouble('PATCH /phone_numbers/{id}', { kind: 'error', status: 401, code: '10009' });
  await expect(setUp()).rejects.toMatchObject({ kind: 'auth' });
});

const STAGING = { publicUrl: 'https://staging.example.com' };

it('two installations on one account leave application and numbers to each other, unless one is told to take over', async () => {
  await own('+14155550101', 'pn_1');
  const production = await setUp();
  await own('+14155550102', 'pn_2');
  const staging = await setUp(STAGING);
  expect(staging).toMatchObject({
    application: { made: true, another: { id: production.application.id, url: production.application.webhookUrl } },
    numbers: { attachedNow: ['+14155550102'], attachedBefore: 0, elsewhere: ['+14155550101'] },
  });
  expect(telnyx.account.applications).toMatchObject([
    { application_name: 'Talkturo', webhook_event_url: 'https://voice.example.com/webhooks/telnyx' },
    { application_name: 'Talkturo (staging.example.com)', webhook_event_url: 'https://staging.example.com/webhooks/telnyx' },
  ]);
  // Done again, each finds its own.
  expect(await setUp(STAGING)).toMatchObject({ application: { id: staging.application.id, made: false, changed: false } });
  const again = await setUp();
  expect(again.application).toMatchObject({ id: production.application.id, made: false, changed: false, another: null });
  expect(again.numbers).toEqual({ attachedNow: [], attachedBefore: 1, refused: [], elsewhere: ['+14155550102'] });

  expect((await setUp({ takeOver: true })).numbers).toMatchObject({ attachedNow: ['+14155550102'], attachedBefore: 1, elsewhere: [] });
});

it('an application that was named is not taken from the server it reports to, and no number is led there', async () => {
  const { application } = await setUp();
  await own('+14155550101', 'pn_1');
  const report = await setUp({ ...STAGING, connectionId: application.id });
  expect(report.application).toMatchObject({ id: application.id, changed: false, elsewhere: application.webhookUrl });
  expect(report.numbers).toEqual({ attachedNow: [], attachedBefore: 0, refused: [], elsewhere: [] });
  expect(telnyx.account.applications).toMatchObject([{ webhook_event_url: application.webhookUrl }]);
  expect(telnyx.numbers.owned).toMatchObject([{ connectionId: null }]);
});

it('numbers of a workspace on the same account, and those of a connection of their buyer, stay where they are', async () => {
  const workspace = await setUp({ account: 'acct_1', name: 'Talkturo mine', recorded: true });
  await own('+14155550101', 'pn_1');
  await own('+14155550102', 'pn_2');
  const [first, second] = telnyx.numbers.owned;
  first!.connectionId = workspace.application.id;
  second!.connectionId = '77';
  const { numbers } = await setUp();
  expect(numbers).toEqual({ attachedNow: [], attachedBefore: 0, refused: [], elsewhere: ['+14155550102'] });
  // The workspace's own records say that both are its.
  const own2 = await setUp({ account: 'acct_1', name: 'Talkturo mine', recorded: true });
  expect(own2.numbers).toMatchObject({ attachedNow: ['+14155550102'], attachedBefore: 1 });
});
