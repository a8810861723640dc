import { createHandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { startTelnyxBench, telnyxHarness } from '../testing/conformance/telnyx-harness.ts';
import { hearEachOther } from '../testing/hear-each-other.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { startMediaHost } from '../testing/media-host.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import { createTelnyxApi } from './telnyx-api.ts';
import { createTelnyxCarrier } from './telnyx-carrier.ts';

const OURS = '+14155550101';
const CALLER = '+12025550143';
const COLLEAGUE = '+12025550198';
const ACTIONS = 'POST /calls/{call_control_id}/actions/';
const STREAMING = { kind: 'error', status: 422, code: '90045' } as const;
const LOST = { kind: 'dropped' } as const;
const bridgeOnce = { commandId: 'bridge' };

let bench: Awaited<ReturnType<typeof startTelnyxBench>>;
const others: (() => Promise<void>)[] = [];
afterEach(async () => {
  expect(bench?.telnyx.problems ?? []).toEqual([]);
  await bench?.close();
  for (const close of others.splice(0)) await close();
});

describe('a Telnyx that connects no calls while their sound is streamed', () => {
  const cases = carrierConformance(telnyxHarness({ refusesStreams: true })).filter(({ name }) =>
    /connected|connects two|transfer/.test(name),
  );
  expect(cases).toHaveLength(9);
  for (const { name, run } of cases) it(name, run);
});

/** Somebody has called us, and whoever shall take them has picked up. */
async function asking() {
  const listener = createScriptedListener();
  bench = await startTelnyxBench(listener);
  const { carrier, telnyx } = bench;
  const { state: caller } = telnyx.calls.callUs(CALLER, OURS);
  const call = { carrier: 'telnyx' as const, ref: caller.ref };
  await listener.next('incoming');
  await carrier.answer(call);
  const { leg } = await listener.next('media', ({ ref }) => ref === call.ref);
  const limits = { ringMs: 30_000, maxCallMs: 600_000, machineDetection: false, toBeBridged: true };
  const asked = await carrier.dial({ callId: 'call_2', commandId: 'call_2', from: OURS, to: COLLEAGUE, ...limits });
  const { leg: theirs } = await listener.next('media', ({ ref }) => ref === asked.ref);
  const colleague = telnyx.calls.all.find(({ ref }) => ref === asked.ref)!;
  return { carrier, telnyx, listener, call, caller, leg, ear: listenTo(leg), asked, colleague, theirEar: listenTo(theirs) };
}
type Asking = Awaited<ReturnType<typeof asking>>;

/** The caller and the assistant hear each other. */
const talk = ({ caller, leg, ear }: Pick<Asking, 'caller' | 'leg' | 'ear'>) => hearEachOther(caller.stream!, leg, ear);

describe('a bridge that is refused while sound is streamed', () => {
  it('and without it gives the caller back: sound flows again when that is told', async () => {
    const all = await asking();
    const { carrier, telnyx, caller, call, asked, ear } = all;
    telnyx.trouble(`${ACTIONS}bridge`, STREAMING, { kind: 'error', status: 422, code: '10027' });
    await expect(carrier.bridge!(call, asked, bridgeOnce)).rejects.toMatchObject({ kind: 'refused' });
    expect(caller.commands).toEqual(['answer', 'streaming_stop', 'streaming_start']);
    await talk(all);
    all.leg.sendDigits?.('5');
    await expect.poll(() => caller.digits, { timeout: 5_000 }).toBe('5');
    expect(ear.timesClosed).toBe(0);
    // It is the same leg to the end.
    telnyx.calls.hangUp(caller.ref);
    expect(await ear.closed).toBe('hangup');
    expect(ear.timesClosed).toBe(1);
    await carrier.hangup(asked);
    expect(await all.theirEar.closed).toBe('local');
  });

  it('leaves the caller’s sound alone where the other has hung up meanwhile', async () => {
    const all = await asking();
    const { carrier, telnyx, caller, call, asked, listener } = all;
    telnyx.trouble(`${ACTIONS}bridge`, STREAMING);
    telnyx.calls.hangUp(asked.ref);
    await listener.event(asked.ref, 'hangup');
    await expect(carrier.bridge!(call, asked, bridgeOnce)).rejects.toMatchObject({ kind: 'ended' });
    expect(caller.commands).toEqual(['answer']);
    await talk(all);
  });

  it('leaves it alone as well where its stop was not heard', async () => {
    const all = await asking();
    const { carrier, telnyx, caller, call, asked } = all;
    telnyx.trouble(`${ACTIONS}bridge`, STREAMING);
    // Of the one that was asked there was nothing to stop.
    telnyx.trouble(`${ACTIONS}streaming_stop`, { kind: 'error', status: 422, code: '90048' }, LOST, LOST, LOST);
    await expect(carrier.bridge!(call, asked, bridgeOnce)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(telnyx.count(`${ACTIONS}streaming_start`)).toBe(1);
    expect(caller.commands).toEqual(['answer']);
    await talk(all);
  });

  it('ends a call whose sound does not come back: nobody could hear anything', async () => {
    const { carrier, telnyx, call, asked, listener } = await asking();
    telnyx.trouble(`${ACTIONS}bridge`, STREAMING, { kind: 'error', status: 422, code: '10027' });
    telnyx.trouble(`${ACTIONS}streaming_start`, { kind: 'error', status: 422, code: '90046' });
    await expect(carrier.bridge!(call, asked, bridgeOnce)).rejects.toMatchObject({ kind: 'refused' });
    await listener.event(call.ref, 'hangup');
  });

  it('connects with somebody whose sound another node has: that node ends nothing', async () => {
    const listener = createScriptedListener();
    bench = await startTelnyxBench(listener);
    const { carrier, telnyx } = bench;
    const clock = createHandClock();
    const host = await startMediaHost();
    others.push(host.close);
    const there = createScriptedListener();
    const node = createTelnyxCarrier({
      api: createTelnyxApi({ apiKey: telnyx.apiKey, apiUrl: telnyx.url }),
      listener: there,
      connectionId: telnyx.connectionId,
      publicKey: telnyx.post.publicKey,
      secret: 'the secret of an installation, long enough',
      publicUrl: () => host.url.replace(/^ws/, 'http'),
      clock,
    });
    host.carriers.push(node);
    const limits = { ringMs: 30_000, maxCallMs: 600_000, machineDetection: false };
    const call = await carrier.dial({ callId: 'call_1', commandId: 'call_1', from: OURS, to: CALLER, ...limits });
    listenTo((await listener.next('media')).leg);
    telnyx.calls.streamsTo(`${host.url}/media/telnyx`);
    const toBeBridged = { ...limits, toBeBridged: true };
    const asked = await carrier.dial({ callId: 'call_2', commandId: 'call_2', from: OURS, to: COLLEAGUE, ...toBeBridged });
    const { leg } = await there.next('media');
    const ear = listenTo(leg);
    telnyx.calls.refusesStreamedBridges();
    await carrier.bridge!(call, asked, bridgeOnce);
    await listener.event(asked.ref, 'transferred');
    const colleague = telnyx.calls.all.find(({ ref }) => ref === asked.ref)!;
    // Longer than a stream may be stopped before its call is ended for it; then the word comes over the cluster.
    await clock.advance(6_000);
    leg.release?.();
    expect(await ear.closed).toBe('transferred');
    await clock.advance(60_000);
    await expect.poll(() => telnyx.count(`${ACTIONS}streaming_stop`), { timeout: 5_000 }).toBe(3);
    expect(colleague.commands).not.toContain('hangup');
    expect(colleague.state).toBe('answered');
    expect(colleague.bridgedWith).toBe(call.ref);
  });
});

it('a call that is transferred is not ended where Telnyx stops its stream before it tells of the connection', async () => {
  const clock = createHandClock();
  const listener = createScriptedListener();
  bench = await startTelnyxBench(listener, { clock });
  const { carrier, telnyx } = bench;
  const limits = { ringMs: 30_000, maxCallMs: 600_000 };
  const call = await carrier.dial({ callId: 'call_1', commandId: 'call_1', from: OURS, to: CALLER, ...limits, machineDetection: false });
  const { leg } = await listener.next('media');
  const ear = listenTo(leg);
  await carrier.transfer!(call, { callId: 'call_1', commandId: 'on', from: OURS, to: COLLEAGUE, ...limits });
  const { stream, commands } = telnyx.calls.all[0]!;
  stream!.stop();
  await listener.event(call.ref, 'transferred');
  await clock.advance(6_000);
  leg.release?.();
  expect(await ear.closed).toBe('transferred');
  await clock.advance(60_000);
  await expect.poll(() => telnyx.count(`${ACTIONS}streaming_stop`), { timeout: 5_000 }).toBe(1);
  expect(commands).not.toContain('hangup');
});
