import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type Carrier, createUnreadyTwilio } from '@talkturo/carriers';
import { createScriptedListener } from '@talkturo/carriers/testing';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { newId } from '../database/ids.ts';
import { createAccountCarriers, type OwnCarrier } from './account-carriers.ts';

const ACCOUNT = newId('acct');
let own: OwnCarrier | null;
let happened: string[];

beforeEach(() => {
  own = null;
  happened = [];
});

/** An account's carrier, as far as it is asked here. */
const carrierNamed = (name: string, genuine: boolean): Carrier => ({
  ...createUnreadyTwilio('not here'),
  media: {
    path: `/media/twilio/${ACCOUNT}`,
    allows: () => genuine,
    accept: () => void happened.push(`${name} accepts`),
  },
  lookUp: async ({ ref }) => (ref ? { known: true, call: { carrier: 'twilio', ref }, live: true } : { known: false }),
  hangup: async () => void happened.push(`${name} hangs up`),
  close: async () => void happened.push(`${name} closes`),
});
const ownNamed = (name: string, genuine = true): OwnCarrier => ({ identity: name, build: () => carrierNamed(name, genuine) });

const carriers = () =>
  createAccountCarriers({
    server: createUnreadyTwilio('not here'),
    webhookPath: '/webhooks/twilio',
    listener: createScriptedListener(),
    ownOf: async () => own,
    accountOfNumber: async () => null,
    callById: async () => null,
    logger: pino({ level: 'silent' }),
  });

/** A socket that has come to the account's path. */
function socketAt() {
  const does = (what: string) => () => void happened.push(what);
  const socket = Object.assign(new EventEmitter(), { pause: does('waits'), resume: does('goes on'), terminate: does('is cut off') });
  return [socket as unknown as WebSocket, { url: `/media/twilio/${ACCOUNT}`, headers: {} } as IncomingMessage] as const;
}

test.each([
  ['that is genuine', true, ['waits', 'first accepts', 'goes on']],
  ['that is not', false, ['waits', 'is cut off']],
])('a media socket %s is judged as soon as its account’s carrier is there', async (_what, genuine, then) => {
  own = ownNamed('first', genuine);
  const all = carriers();
  const [socket, request] = socketAt();
  // Not built yet, it cannot be asked on the upgrade.
  expect(all.media.allows(request)).toBe(true);
  all.media.accept(socket, request);
  await expect.poll(() => happened).toEqual(then);
  expect(all.media.allows(request)).toBe(genuine);
});

test('new keys make a new carrier, which goes on with the calls; the one before waits for nothing any more', async () => {
  own = ownNamed('first');
  const all = carriers();
  const call = { carrier: 'twilio' as const, ref: `${ACCOUNT}/CA1` };
  await all.hangup(call);
  own = ownNamed('second');
  await all.hangup(call);
  expect(happened).toEqual(['first hangs up', 'first closes', 'second hangs up']);
  own = null;
  await all.hangup(call);
  await all.close();
  expect(happened.slice(3)).toEqual(['second hangs up', 'second closes']);
});

test('a call is asked after where its name says that it is, also when its number is another’s by now', async () => {
  own = ownNamed('first');
  const ref = `${ACCOUNT}/CA1`;
  const asked = { callId: 'call_1', commandId: 'call_1' };
  expect(await carriers().lookUp!({ ...asked, ref })).toEqual({ known: true, call: { carrier: 'twilio', ref }, live: true });
  // Without a name its number says it: here the server's, which has no access.
  expect(await carriers().lookUp!({ ...asked, ref: null })).toEqual({ known: false });
});
