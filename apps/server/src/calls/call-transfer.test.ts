import { type Carrier, CarrierError } from '@talkturo/carriers';
import type { CallSession } from '@talkturo/voice';
import { createHandClock } from '@talkturo/voice/testing';
import pino from 'pino';
import { expect, it } from 'vitest';
import { createCallTransfer } from './call-transfer.ts';
import type { Call } from './calls.table.ts';

const TO = '+14155550107';
const PLAN = { to: TO, mode: 'attended', summary: null } as const;
const call = { id: 'call_1', accountId: 'acct_1', direction: 'inbound', fromNumber: '+14155550101', toNumber: '+12025550100' } as Call;
const taken = { carrier: 'local', ref: 'one' } as const;

/** A transfer whose time is moved by hand. `happened` tells what came of it, in order. */
function transferring(bridge: () => Promise<void> = async () => {}) {
  const clock = createHandClock();
  const happened: string[] = [];
  let consultation = '';
  const session = { transferFailed: () => happened.push('caller is back'), transferred: () => happened.push('connected') };
  const transfer = createCallTransfer({
    call,
    clock,
    carrier: { id: 'local', transfer: async () => {}, bridge } as unknown as Carrier,
    logger: pino({ level: 'silent' }),
    maxCallMs: 3_600_000,
    consultations: {
      async begin(_asked, _plan, id) {
        consultation = id;
      },
      carrierCall: async () => ({ carrier: 'local', ref: 'two' }),
      drop: () => happened.push('nobody is asked any more'),
    },
    mayBeCalled: async () => {},
    carrierCall: () => taken,
    session: () => session as unknown as CallSession,
    note: (type, { cause }) => void happened.push(cause ? `${type}: ${cause}` : type),
    transferred: () => {},
  });
  transfer.begin(PLAN);
  return { clock, happened, transfer, asked: () => consultation };
}

/** The same, after somebody has been asked for five seconds and has agreed. */
async function agreeing(bridge?: () => Promise<void>) {
  const all = transferring(bridge);
  await all.clock.advance(5_000);
  all.transfer.consulted({ id: all.asked(), is: 'accepted' });
  return all;
}

it('who never decides gives the caller back after a hundred seconds', async () => {
  const { clock, happened } = transferring();
  await clock.advance(99_000);
  expect(happened).toEqual(['consultation']);
  await clock.advance(2_000);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: no_answer', 'caller is back']);
});

it('a connection of which the carrier tells nothing is given up', async () => {
  const { clock, happened } = await agreeing(async () => {
    throw new CarrierError('local', 'timeout', 'No answer.');
  });
  await clock.advance(14_000);
  expect(happened).toEqual(['consultation']);
  await clock.advance(2_000);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: carrier_error', 'caller is back']);
});

it('a connection that is told of in time is none that failed, and hears nothing of its question’s end', async () => {
  const { clock, happened, transfer, asked } = await agreeing();
  await clock.advance(1_000);
  transfer.succeeded();
  transfer.consulted({ id: asked(), is: 'over', reason: 'transferred' });
  transfer.close();
  await clock.advance(200_000);
  expect(happened).toEqual(['consultation', 'transferred', 'connected']);
});

it('a carrier that needs its time to connect the two is not given up before it says what came of it', async () => {
  const bridge = Promise.withResolvers<void>();
  const { clock, happened } = await agreeing(() => bridge.promise);
  // Five slow commands and the sound that has to come back.
  await clock.advance(38_000);
  expect(happened).toEqual(['consultation']);
  bridge.reject(new CarrierError('local', 'refused', 'No.'));
  await clock.advance(0);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: refused', 'caller is back']);
});

it('a carrier that never says anything is given up', async () => {
  const { clock, happened } = await agreeing(() => new Promise(() => {}));
  await clock.advance(41_000);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: carrier_error', 'caller is back']);
});

it('who agrees and hangs up before they are connected gives the caller back at once', async () => {
  const { clock, happened, transfer, asked } = await agreeing();
  await clock.advance(1_000);
  transfer.consulted({ id: asked(), is: 'over', reason: 'caller_hung_up' });
  await clock.advance(2_000);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: no_answer', 'caller is back']);
});

it('who seems to have hung up because the carrier moves the call is waited for as long as it does', async () => {
  const bridge = Promise.withResolvers<void>();
  const { clock, happened, transfer, asked } = await agreeing(() => bridge.promise);
  await clock.advance(1_000);
  transfer.consulted({ id: asked(), is: 'over', reason: 'caller_hung_up' });
  await clock.advance(5_000);
  expect(happened).toEqual(['consultation']);
  transfer.succeeded();
  bridge.resolve();
  await clock.advance(60_000);
  expect(happened.slice(1)).toEqual(['transferred', 'connected']);
});

it('who hangs up while they are being connected gives the caller back once the carrier has answered', async () => {
  const bridge = Promise.withResolvers<void>();
  const { clock, happened, transfer, asked } = await agreeing(() => bridge.promise);
  await clock.advance(1_000);
  transfer.consulted({ id: asked(), is: 'over', reason: 'caller_hung_up' });
  bridge.resolve();
  await clock.advance(2_000);
  expect(happened.slice(1)).toEqual(['nobody is asked any more', 'transfer_failed: no_answer', 'caller is back']);
});

it('news of another question are not taken for its own', async () => {
  const { clock, happened, transfer } = transferring();
  await clock.advance(1_000);
  transfer.consulted({ id: 'call_of_before', is: 'accepted' });
  transfer.consulted({ id: 'call_of_before', is: 'over', reason: 'busy' });
  await clock.advance(1_000);
  expect(happened).toEqual(['consultation']);
});
