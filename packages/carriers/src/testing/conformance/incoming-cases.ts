import assert from 'node:assert/strict';
import { within } from '@talkturo/voice/testing';
import { listenTo } from '../leg-ear.ts';
import { type CarrierCase, type CaseKit, refusedWith } from './case-kit.ts';

/** Calls that come in. */
export function incomingCases({ ours, deadlineMs, onBench }: CaseKit): CarrierCase[] {
  return [
    {
      name: 'reports somebody who calls us, and connects when we answer',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        await callUs();
        const { call } = await listener.next('incoming');
        assert.equal(call.to, ours);
        assert.match(call.from, /^\+\d+$/);
        await carrier.answer({ carrier: carrier.id, ref: call.ref });
        await listener.event(call.ref, 'answered');
        const { leg, ref } = await listener.next('media');
        assert.equal(ref, call.ref);
        await within(listenTo(leg).heard(5), 'five frames', deadlineMs);
        leg.hangup();
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'callee' });
      }),
    },
    {
      name: 'tells that the far end has hung up, in a call and before it',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        const caller = await callUs();
        const { ref } = await listener.next('incoming');
        await carrier.answer({ carrier: carrier.id, ref });
        const ear = listenTo((await listener.next('media')).leg);
        caller.hangUp();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'hangup');
        assert.deepEqual(await listener.event(ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'caller' });
        assert.equal(ear.timesClosed, 1);
        const hasty = await callUs();
        const second = await listener.next('incoming', (one) => one.ref !== ref);
        hasty.hangUp();
        assert.equal((await listener.event(second.ref, 'hangup')).source, 'caller');
        assert.ok(!listener.events(second.ref).includes('answered'));
      }),
    },
    {
      name: 'turns a caller away as busy',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        await callUs();
        const { ref } = await listener.next('incoming');
        await carrier.reject({ carrier: carrier.id, ref }, 'busy');
        assert.equal((await listener.event(ref, 'hangup')).cause, 'busy');
        await refusedWith(carrier.answer({ carrier: carrier.id, ref }), 'ended');
        assert.ok(!listener.reports.some((one) => one.kind === 'media'));
      }),
    },
  ];
}
