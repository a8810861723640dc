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
    application: { id, made: true, changed: false, webhookUrl: 'https://voice.example.com/webhooks/telnyx' },
    numbers: { attachedNow: ['+14155550101'], attachedBefore: 0, refused: [] },
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

it('puts an application right whose webhook leads elsewhere, and leaves its profile alone', async () => {
  const { application } = await setUp();
  Object.assign(telnyx.account.applications[0]!, { outbound: { outbound_voice_profile_id: '77' }, webhook_api_version: '1' });
  const report = await setUp({ connectionId: application.id, publicUrl: 'https://elsewhere.example.com' });
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
  });
  expect((await setUp()).numbers).toEqual({ attachedNow: ['+14155550101'], attachedBefore: 1, refused: [] });
  // A key that is not taken any more is no matter of one number.
  telnyx.numbers.owned[0]!.connectionId = null;
  telnyx.trouble('PATCH /phone_numbers/{id}', { kind: 'error', status: 401, code: '10009' });
  await expect(setUp()).rejects.toMatchObject({ kind: 'auth' });
});
