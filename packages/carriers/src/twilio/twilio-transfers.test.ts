import { rms } from '@talkturo/voice';
import { createHandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startTwilioBench } from '../testing/conformance/twilio-harness.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import type { SimulatedTwilioCall } from '../testing/twilio/simulated-call.ts';
import { createTwilioApi } from './twilio-api.ts';
import { createTwilioCarrier } from './twilio-carrier.ts';

const OURS = '+14155550101';
const THEIRS = '+12025550143';
const COLLEAGUE = '+12025550144';
const DIAL = 'POST /Calls.json';
const UPDATE = 'POST /Calls/{Sid}.json';
const DROPPED = { kind: 'dropped' } as const;

let bench: Awaited<ReturnType<typeof startTwilioBench>>;

async function start(options: Parameters<typeof startTwilioBench>[1] = {}) {
  const listener = createScriptedListener();
  bench = await startTwilioBench(listener, options);
  return { ...bench, listener };
}
afterEach(async () => {
  await bench?.carrier.close();
  await bench?.close();
  expect(bench?.twilio.problems ?? []).toEqual([]);
});

const request = (callId: string, to: string) => ({
  callId,
  commandId: callId,
  from: OURS,
  to,
  ringMs: 30_000,
  maxCallMs: 600_000,
  machineDetection: false,
});
const callOf = (ref: string) => ({ carrier: 'twilio' as const, ref });

describe('a transfer', () => {
  const transfer = { callId: 'call_1', commandId: 'transfer_1', from: OURS, to: COLLEAGUE, ringMs: 30_000, maxCallMs: 600_000 };

  async function inCall(options: Parameters<typeof start>[0] = {}) {
    const all = await start({ speed: 20, ...options });
    const { ref } = await all.carrier.dial(request('call_1', THEIRS));
    const { leg } = await all.listener.next('media');
    const line = all.twilio.calls.all[0] as SimulatedTwilioCall;
    return { ...all, call: callOf(ref), leg, ear: listenTo(leg), line };
  }

  it('lets the caller hear it ring, and stay as they are until it is answered', async () => {
    const { carrier, twilio, call, line, ear, listener, leg } = await inCall();
    twilio.calls.behave(COLLEAGUE, 'rings');
    await carrier.transfer!(call, transfer);
    await line.stream!.heardSamples(8_000);
    expect(rms(line.stream!.heard)).toBeGreaterThan(1_000);
    expect(line.updates).toEqual([]);
    await ear.heard(ear.frames + 5);
    const second = twilio.calls.all[1]!;
    leg.hangup();
    await listener.event(call.ref, 'hangup');
    await expect.poll(() => second.status, { timeout: 5_000 }).toBe('canceled');
  });

  it('whose answer was lost is connected all the same, and dialled once', async () => {
    const { carrier, twilio, call, listener, line } = await inCall();
    twilio.trouble(DIAL, { kind: 'lost-answer' });
    await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'unavailable' });
    await listener.event(call.ref, 'transferred');
    expect(twilio.calls.all).toHaveLength(2);
    expect(line.updates).toEqual(['twiml']);
  });

  it('of which no callback tells ends all the same: Twilio is asked', async () => {
    const { carrier, twilio, call, listener } = await inCall();
    twilio.calls.behave(COLLEAGUE, 'busy');
    twilio.post.lose(100);
    await carrier.transfer!(call, transfer);
    expect(await listener.event(call.ref, 'transfer-failed')).toEqual({ type: 'transfer-failed', commandId: 'transfer_1', cause: 'busy' });
  });

  it('that Twilio does not connect gives the caller back, and lets the other go', async () => {
    const { carrier, twilio, call, listener, warnings } = await inCall();
    twilio.trouble(UPDATE, { kind: 'error', status: 400, code: '20001' });
    await carrier.transfer!(call, transfer);
    expect(await listener.event(call.ref, 'transfer-failed')).toMatchObject({ cause: 'carrier_error' });
    await expect.poll(() => twilio.calls.all[1]?.status, { timeout: 5_000 }).toBe('completed');
    expect(warnings).toEqual(['Twilio could not connect a transfer']);
    await carrier.transfer!(call, { ...transfer, commandId: 'transfer_2' });
    await listener.event(call.ref, 'transferred');
  });

  it('of which no callback tells that it is answered is connected all the same, once it is seen that nobody else did', async () => {
    const clock = createHandClock();
    const { carrier, twilio, call, listener, line } = await inCall({ clock });
    twilio.post.lose(100);
    await carrier.transfer!(call, transfer);
    await expect.poll(() => twilio.calls.all[1]?.status, { timeout: 5_000 }).toBe('in-progress');
    const asked = () => twilio.requests.filter(({ operation }) => operation === 'GET /Calls/{Sid}.json').length;
    const before = asked();
    await clock.advance(3_000);
    await expect.poll(asked).toBe(before + 1);
    // The callback may be on its way to another node.
    expect(line.updates).toEqual([]);
    await clock.advance(3_000);
    await listener.event(call.ref, 'transferred');
    expect(line.updates).toEqual(['twiml']);
    await clock.advance(30_000);
    expect(line.updates).toEqual(['twiml']);
  });

  it('that another node connects is no hang-up, also where this one has asked meanwhile and knows of the answer', async () => {
    const clock = createHandClock();
    const { carrier, twilio, call, ear, line, host } = await inCall({ clock });
    twilio.post.lose(100);
    await carrier.transfer!(call, transfer);
    const second = () => twilio.calls.all[1]!;
    await expect.poll(() => second()?.status, { timeout: 5_000 }).toBe('in-progress');
    const asked = () => twilio.requests.filter(({ operation }) => operation === 'GET /Calls/{Sid}.json').length;
    const before = asked();
    await clock.advance(3_000);
    await expect.poll(asked).toBe(before + 1);
    // The callback reaches the other node, late.
    const elsewhere = createScriptedListener();
    const publicUrl = host.url.replace('ws:', 'http:');
    const { authToken, accountSid, url } = twilio;
    const api = createTwilioApi({ accountSid, authToken, apiUrl: url, pricingUrl: url });
    const node = createTwilioCarrier({ api, listener: elsewhere, authToken, secret: 'x'.repeat(32), publicUrl: () => publicUrl });
    const path = `/webhooks/twilio?about=transfer&call=call_1&command=transfer_1&of=${call.ref}`;
    const form = new URLSearchParams({ CallSid: second().sid, CallStatus: 'in-progress' });
    await node.webhook.receive(twilio.post.headersOf(publicUrl + path, form), Buffer.from(form.toString()), path);
    await elsewhere.event(call.ref, 'transferred');
    await expect.poll(() => line.stream).toBeNull();
    let closed = false;
    void ear.closed.then(() => {
      closed = true;
    });
    await clock.advance(10_000);
    expect(closed).toBe(false);
    expect(line.updates).toEqual(['twiml']);
    await node.close();
  });

  it('whose dial never arrived rings no longer than it may', async () => {
    const clock = createHandClock();
    const { carrier, twilio, call, listener, ear, line } = await inCall({ clock });
    twilio.trouble(DIAL, DROPPED);
    await expect(carrier.transfer!(call, transfer)).rejects.toMatchObject({ kind: 'unavailable' });
    /** Sound shows all the while that the socket lives. */
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 3_000) {
        await clock.advance(3_000);
        await ear.heard(ear.frames + 1);
      }
    };
    await pass(39_000);
    expect(listener.events(call.ref)).not.toContain('transfer-failed');
    await pass(3_000);
    expect(await listener.event(call.ref, 'transfer-failed')).toMatchObject({ commandId: 'transfer_1', cause: 'no_answer' });
    await expect.poll(() => line.stream!.clears).toBe(1);
    const rung = line.stream!.heard.length;
    await pass(12_000);
    expect(line.stream!.heard.length).toBe(rung);
  });

  it('ends with the call, also where its hang-up was told to another node: nobody’s telephone rings for a caller who is gone', async () => {
    const { carrier, twilio, call, listener } = await inCall();
    twilio.calls.behave(COLLEAGUE, 'rings');
    await carrier.transfer!(call, transfer);
    const second = twilio.calls.all[1]!;
    await expect.poll(() => second.status, { timeout: 5_000 }).toBe('ringing');
    twilio.post.lose(100);
    twilio.calls.hangUp(call.ref);
    // The other node passes the word on, and the conversation ends.
    await carrier.hangup(call);
    await expect.poll(() => second.status, { timeout: 5_000 }).toBe('canceled');
    expect(listener.events(call.ref)).not.toContain('hangup');
  });

  it('whose second call could not be ended at once is ended in a while', async () => {
    const clock = createHandClock();
    const { carrier, twilio, call, listener } = await inCall({ clock });
    // Twilio takes no word for a while: neither to connect the two, nor to let the other go.
    twilio.trouble(UPDATE, { kind: 'error', status: 400, code: '20001' }, DROPPED, DROPPED, DROPPED);
    await carrier.transfer!(call, transfer);
    await listener.event(call.ref, 'transfer-failed');
    const second = twilio.calls.all[1]!;
    expect(second.status).toBe('in-progress');
    const ended = async () => {
      await clock.advance(1_000);
      return second.status;
    };
    await expect.poll(ended, { timeout: 10_000, interval: 100 }).toBe('completed');
  });
});

describe('two calls that are brought together', () => {
  async function both() {
    const all = await start();
    const caller = await all.carrier.dial(request('call_1', THEIRS));
    const asked = await all.carrier.dial(request('call_2', COLLEAGUE));
    for (const { ref } of [caller, asked]) await all.listener.next('media', (report) => report.ref === ref);
    const lineOf = ({ ref }: { ref: string }) => all.twilio.calls.all.find(({ sid }) => sid === ref) as SimulatedTwilioCall;
    return { ...all, caller, asked, lines: [lineOf(caller), lineOf(asked)] as const };
  }

  it('by an unknown outcome leave the one that was asked alone nowhere, and the caller where they were', async () => {
    const { carrier, twilio, caller, asked, lines } = await both();
    twilio.trouble(UPDATE, { kind: 'lost-answer' }, DROPPED, DROPPED);
    await expect(carrier.bridge!(caller, asked, { commandId: 'b' })).rejects.toMatchObject({ kind: 'refused' });
    await expect.poll(() => lines[1].status, { timeout: 5_000 }).toBe('completed');
    expect(lines[0]).toMatchObject({ status: 'in-progress', updates: [], stream: expect.anything() });
  });
});
