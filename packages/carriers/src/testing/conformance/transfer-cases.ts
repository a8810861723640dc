import assert from 'node:assert/strict';
import { within } from '@talkturo/voice/testing';
import type { TransferRequest } from '../../carrier.ts';
import { listenTo } from '../leg-ear.ts';
import type { ScriptedListener } from '../scripted-listener.ts';
import type { CarrierBench } from './carrier-harness.ts';
import { type CarrierCase, type CaseKit, refusedWith } from './case-kit.ts';

/** Connecting the far end with somebody else. */
export function transferCases({ harness, ours, numbers, deadlineMs, dialTo, onBench, next }: CaseKit): CarrierCase[] {
  const transferTo = (to: string): TransferRequest => {
    const count = next();
    return {
      callId: `call_${count}`,
      commandId: `transfer ${count}`,
      from: ours,
      to,
      ringMs: harness.ringMs,
      maxCallMs: harness.maxCallMs,
    };
  };

  /** Somebody has called us, and we have answered. */
  const inCall = async ({ carrier, listener, callUs }: CarrierBench & { listener: ScriptedListener }) => {
    const caller = await callUs();
    const call = { carrier: carrier.id, ref: (await listener.next('incoming')).ref };
    await carrier.answer(call);
    const { leg } = await listener.next('media');
    return { caller, call, leg, ear: listenTo(leg) };
  };

  return [
    {
      name: 'transfers the far end to another number: our leg is let go, the call goes on without us and its end is told',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { caller, call, leg, ear } = await inCall(bench);
        const request = transferTo(numbers.answers);
        await Promise.all([carrier.transfer(call, request), carrier.transfer(call, request)]);
        await listener.event(call.ref, 'transferred');
        leg.release?.();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'transferred');
        leg.hangup();
        leg.send(new Int16Array(leg.sampleRate / 50));
        // A second transfer would have been dialled by now, and a hang-up told: something else has its turn first.
        const other = await carrier.dial(dialTo(numbers.answers));
        await listener.event(other.ref, 'answered');
        assert.ok(!listener.events(call.ref).includes('hangup'), 'the call goes on');
        assert.equal(listener.events(call.ref).filter((type) => type === 'transferred').length, 1);
        caller.hangUp();
        await listener.event(call.ref, 'hangup');
        assert.equal(ear.timesClosed, 1);
      }),
    },
    ...(
      [
        ['is busy', numbers.busy, 'busy'],
        ['declines', numbers.declines, 'declined'],
        ['does not exist', numbers.nobody, 'invalid_number'],
        ['does not answer', numbers.rings, 'no_answer'],
      ] as const
    ).map(([what, to, cause]) => ({
      name: `gives the caller back when the number of a transfer ${what}; another transfer may follow`,
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { call, ear } = await inCall(bench);
        const request = transferTo(to);
        await carrier.transfer(call, request);
        const failed = await listener.event(call.ref, 'transfer-failed');
        assert.deepEqual(failed, { type: 'transfer-failed', commandId: request.commandId, cause });
        await within(ear.heard(ear.frames + 5), 'sound after the transfer failed', deadlineMs);
        await carrier.transfer(call, transferTo(numbers.answers));
        await listener.event(call.ref, 'transferred');
      }),
    })),
    {
      name: 'ends a call whose transfer still rings when the caller hangs up',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { caller, call, ear } = await inCall(bench);
        await carrier.transfer(call, transferTo(numbers.rings));
        caller.hangUp();
        assert.equal((await listener.event(call.ref, 'hangup')).source, 'caller');
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'hangup');
        await refusedWith(carrier.transfer(call, transferTo(numbers.answers)), 'ended');
        assert.ok(!listener.events(call.ref).includes('transferred'));
      }),
    },
    {
      name: 'refuses to transfer to what is no phone number',
      run: onBench(async (bench) => {
        const { carrier } = bench;
        if (!carrier.transfer) return;
        const { call } = await inCall(bench);
        await refusedWith(carrier.transfer(call, transferTo('reception')), 'invalid-number');
      }),
    },
    {
      name: 'connects two calls with each other: both legs are let go, and with one of the two the other is over',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.bridge) return;
        const { caller, call, leg, ear } = await inCall(bench);
        const asked = await carrier.dial(dialTo(numbers.answers));
        const { leg: theirs } = await listener.next('media', ({ ref }) => ref === asked.ref);
        const theirEar = listenTo(theirs);
        const request = { commandId: `bridge ${asked.ref}` };
        await Promise.all([carrier.bridge(call, asked, request), carrier.bridge(call, asked, request)]);
        for (const { ref } of [call, asked]) await listener.event(ref, 'transferred');
        for (const one of [leg, theirs]) one.release?.();
        for (const one of [ear, theirEar]) assert.equal(await within(one.closed, 'the leg closed', deadlineMs), 'transferred');
        for (const { ref } of [call, asked]) assert.ok(!listener.events(ref).includes('hangup'), 'both calls go on');
        caller.hangUp();
        for (const { ref } of [call, asked]) await listener.event(ref, 'hangup');
      }),
    },
    {
      name: 'leaves a call as it was when the one it is to be connected with has hung up',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.bridge) return;
        const { call, ear } = await inCall(bench);
        const asked = await carrier.dial(dialTo(numbers.answers));
        listenTo((await listener.next('media', ({ ref }) => ref === asked.ref)).leg);
        await carrier.hangup(asked);
        await listener.event(asked.ref, 'hangup');
        await refusedWith(carrier.bridge(call, asked, { commandId: 'too late' }), 'ended');
        await within(ear.heard(ear.frames + 5), 'sound of the call that goes on', deadlineMs);
        assert.ok(!listener.events(call.ref).includes('transferred'));
      }),
    },
  ];
}
