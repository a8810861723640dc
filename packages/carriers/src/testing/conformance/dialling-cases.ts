import assert from 'node:assert/strict';
import { type ConformanceCase, within } from '@talkturo/voice/testing';
import type { HangupCause } from '../../carrier.ts';
import { listenTo } from '../leg-ear.ts';
import { type CarrierCase, type CaseKit, refusedWith } from './case-kit.ts';

/** Calls that we place, and how they end. */
export function diallingCases({ harness, numbers, deadlineMs, dialTo, onBench }: CaseKit): CarrierCase[] {
  const callThatEnds = (name: string, to: string, cause: HangupCause): ConformanceCase => ({
    name,
    run: onBench(async ({ carrier, listener }) => {
      const { ref } = await carrier.dial(dialTo(to));
      assert.equal((await listener.event(ref, 'hangup')).cause, cause);
      assert.ok(!listener.events(ref).includes('answered'), 'never answered');
      assert.ok(!listener.reports.some((one) => one.kind === 'media'), 'no sound');
    }),
  });

  return [
    {
      name: 'accepts a dial before anything happens, then reports ringing, answer and sound, with our id of the call',
      run: onBench(async ({ carrier, listener }) => {
        const request = dialTo(numbers.answers);
        const { ref, carrier: id } = await carrier.dial(request);
        assert.equal(id, carrier.id);
        assert.equal(listener.reports.length, 0, 'nothing is reported before the dial has been answered');
        const media = await listener.next('media');
        await listener.event(ref, 'answered');
        assert.equal(media.ref, ref);
        const strangers = listener.reports.filter((one) => one.kind !== 'incoming' && one.callId !== request.callId);
        assert.deepEqual(strangers, [], 'every report carries our id');
        assert.deepEqual(listener.events(ref), ['ringing', 'answered']);
        const ear = listenTo(media.leg);
        await within(ear.heard(10), 'ten frames', deadlineMs);
        assert.deepEqual([...ear.frameLengths], [media.leg.sampleRate / 50], 'frames of 20 ms');
      }),
    },
    {
      name: 'takes a repeated command for the same call, while it rings, while it lasts and after it',
      run: onBench(async ({ carrier, listener }) => {
        const request = dialTo(numbers.answers);
        const [first, second] = await Promise.all([carrier.dial(request), carrier.dial(request)]);
        assert.deepEqual(second, first);
        const { leg } = await listener.next('media');
        assert.deepEqual(await carrier.dial(request), first);
        leg.hangup();
        await listener.event(first.ref, 'hangup');
        assert.deepEqual(await carrier.dial(request), first);
        const other = dialTo(numbers.answers, { callId: request.callId });
        const { ref } = await carrier.dial(other);
        assert.notEqual(ref, first.ref, 'another command is another call');
        await listener.next('media', (one) => one.ref === ref);
        assert.equal(listener.reports.filter((one) => one.kind === 'media').length, 2, 'one sound a call');
        assert.equal(listener.events(first.ref).filter((type) => type === 'answered').length, 1, 'answered once');
      }),
    },
    {
      name: 'tells of a known command without dialling, where it can',
      run: onBench(async ({ carrier, listener }) => {
        if (!carrier.lookUp) return;
        const request = dialTo(numbers.answers);
        assert.deepEqual(await carrier.lookUp(request), { known: false });
        const call = await carrier.dial(request);
        assert.deepEqual(await carrier.lookUp(request), { known: true, call, live: true });
        const { leg } = await listener.next('media');
        leg.hangup();
        await listener.event(call.ref, 'hangup');
        const after = await carrier.lookUp(request);
        assert.deepEqual(after, { known: true, call, live: false, ...(after.known && after.cause ? { cause: 'normal' } : {}) });
      }),
    },
    callThatEnds('reports a busy number', numbers.busy, 'busy'),
    callThatEnds('reports a person who declines', numbers.declines, 'declined'),
    callThatEnds('reports a number that does not exist', numbers.nobody, 'invalid_number'),
    callThatEnds('reports a network that fails', numbers.fails, 'carrier_error'),
    callThatEnds('gives up ringing after the time it was given', numbers.rings, 'no_answer'),
    {
      name: 'refuses what is no phone number',
      run: onBench(async ({ carrier }) => {
        await refusedWith(carrier.dial(dialTo('tomorrow')), 'invalid-number');
      }),
    },
    {
      name: 'cancels a call that still rings',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.rings));
        await listener.event(call.ref, 'ringing');
        await carrier.hangup(call);
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'cancelled', source: 'caller' });
        assert.ok(!listener.events(call.ref).includes('answered'));
      }),
    },
    {
      name: 'ends a call from our side: the leg closes once as ours, and late commands are no trouble',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.answers));
        const { leg } = await listener.next('media');
        const ear = listenTo(leg);
        leg.hangup();
        leg.hangup();
        leg.send(new Int16Array(leg.sampleRate / 50));
        leg.clear();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'local');
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'caller' });
        await carrier.hangup(call);
        await refusedWith(carrier.answer(call), 'ended');
        assert.equal(ear.timesClosed, 1);
        assert.equal(listener.events(call.ref).filter((type) => type === 'hangup').length, 1);
      }),
    },
    {
      name: 'hangs up a call by its reference',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.answers));
        const ear = listenTo((await listener.next('media')).leg);
        await carrier.hangup(call);
        await within(ear.closed, 'the leg closed', deadlineMs);
        assert.equal((await listener.event(call.ref, 'hangup')).cause, 'normal');
      }),
    },
    {
      name: 'ends a call that has lasted as long as it may',
      run: onBench(async ({ carrier, listener }) => {
        const { ref } = await carrier.dial(dialTo(numbers.answers, { maxCallMs: harness.shortCallMs }));
        const ear = listenTo((await listener.next('media')).leg);
        assert.equal((await listener.event(ref, 'hangup')).cause, 'time_limit');
        await within(ear.closed, 'the leg closed', deadlineMs);
      }),
    },
    {
      name: 'presses keys towards the far end, once for each command',
      run: onBench(async ({ carrier, listener, pressed }) => {
        if (!carrier.sendDigits) return;
        const call = await carrier.dial(dialTo(numbers.answers));
        const { leg } = await listener.next('media');
        await carrier.sendDigits(call, { digits: '12#', commandId: 'first' });
        await carrier.sendDigits(call, { digits: '12#', commandId: 'first' });
        await carrier.sendDigits(call, { digits: '12#', commandId: 'second' });
        assert.equal(pressed(call.ref), '12#12#');
        leg.hangup();
        await listener.event(call.ref, 'hangup');
        await refusedWith(carrier.sendDigits(call, { digits: '1', commandId: 'late' }), 'ended');
      }),
    },
  ];
}
