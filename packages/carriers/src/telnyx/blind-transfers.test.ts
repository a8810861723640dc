import { createHandClock } from '@talkturo/voice/testing';
import { afterEach, expect, it } from 'vitest';
import { startTelnyxBench } from '../testing/conformance/telnyx-harness.ts';
import { hearEachOther } from '../testing/hear-each-other.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import type { TelnyxCarrierOptions } from './telnyx-carrier.ts';

const OURS = '+14155550101';
const CALLER = '+12025550143';
const COLLEAGUE = '+12025550198';
const ACTIONS = 'POST /calls/{call_control_id}/actions/';
const STREAMING = { kind: 'error', status: 422, code: '90045' } as const;
const REFUSED = { kind: 'error', status: 422, code: '10027' } as const;
const LOST = { kind: 'dropped' } as const;
const limits = { ringMs: 25_000, maxCallMs: 600_000 };
const transfer = { callId: 'call_1', commandId: 'on', from: OURS, to: COLLEAGUE, ...limits };

let bench: Awaited<ReturnType<typeof startTelnyxBench>>;
afterEach(async () => {
  expect(bench.telnyx.problems).toEqual([]);
  await bench.close();
});

/** A call of ours that talks with the assistant. */
async function talking(options: Partial<TelnyxCarrierOptions> = {}) {
  const listener = createScriptedListener();
  bench = await startTelnyxBench(listener, options);
  const { carrier, telnyx } = bench;
  const call = await carrier.dial({ callId: 'call_1', commandId: 'call_1', from: OURS, to: CALLER, machineDetection: false, ...limits });
  const { leg } = await listener.next('media');
  const person = telnyx.calls.all[0]!;
  const ear = listenTo(leg);
  const theyHearEachOther = () => hearEachOther(person.stream!, leg, ear);
  return { carrier, telnyx, listener, call, person, leg, ear, theyHearEachOther };
}

it('a number that nobody takes gives the caller back with sound, before that is told', async () => {
  const { carrier, telnyx, listener, call, person, ear, theyHearEachOther } = await talking();
  telnyx.calls.refusesStreamedTransfers();
  telnyx.calls.behave(COLLEAGUE, 'busy');
  await carrier.transfer!(call, transfer);
  expect(person.commands).toEqual(['streaming_stop', 'transfer']);
  expect(await listener.event(call.ref, 'transfer-failed')).toMatchObject({ commandId: 'on', cause: 'busy' });
  expect(person.commands).toEqual(['streaming_stop', 'transfer', 'streaming_start']);
  await theyHearEachOther();
  expect(ear.timesClosed).toBe(0);
});

it('a transfer that is refused without the stream too gives the caller back at once', async () => {
  const { carrier, telnyx, call, theyHearEachOther } = await talking();
  telnyx.trouble(`${ACTIONS}transfer`, STREAMING, REFUSED);
  await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'refused' });
  await theyHearEachOther();
});

it('nobody is dialled where the stream could not be stopped, and that is known', async () => {
  const { carrier, telnyx, call, person, theyHearEachOther } = await talking();
  telnyx.trouble(`${ACTIONS}transfer`, STREAMING);
  telnyx.trouble(`${ACTIONS}streaming_stop`, LOST, LOST, LOST);
  await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'refused' });
  expect(person.commands).toEqual([]);
  await theyHearEachOther();
});

it('a caller of whose transfer nothing is told has sound again before the server gives it up', async () => {
  const clock = createHandClock();
  const { carrier, telnyx, call, person, ear } = await talking({ clock });
  telnyx.trouble(`${ACTIONS}transfer`, STREAMING, LOST, LOST, LOST);
  await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'unavailable' });
  await clock.advance(33_000);
  expect(person.stream).toBeNull();
  await clock.advance(2_000);
  await expect.poll(() => person.stream, { timeout: 5_000 }).not.toBeNull();
  await expect.poll(() => telnyx.count(`${ACTIONS}streaming_start`)).toBe(1);
  await clock.advance(3_000);
  expect(ear.timesClosed).toBe(0);
});

it('a call that was connected without its stream is not given sound again', async () => {
  const clock = createHandClock();
  const { carrier, telnyx, listener, call, person, leg, ear } = await talking({ clock });
  telnyx.calls.refusesStreamedTransfers();
  await carrier.transfer!(call, transfer);
  await listener.event(call.ref, 'transferred');
  leg.release?.();
  expect(await ear.closed).toBe('transferred');
  await clock.advance(60_000);
  expect(telnyx.count(`${ACTIONS}streaming_start`)).toBe(0);
  expect(person.state).toBe('answered');
});

it.each([[false], [true]])('who answers and hangs up before they are connected gives the caller back at once', async (silently) => {
  const { carrier, telnyx, listener, call, theyHearEachOther } = await talking();
  if (silently) telnyx.calls.refusesStreamedTransfers();
  telnyx.calls.behave(COLLEAGUE, 'leaves');
  await carrier.transfer!(call, transfer);
  expect(await listener.event(call.ref, 'transfer-failed')).toMatchObject({ commandId: 'on', cause: 'normal' });
  await theyHearEachOther();
});
