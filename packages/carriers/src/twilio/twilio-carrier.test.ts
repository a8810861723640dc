import { rms } from '@talkturo/voice';
import { createHandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DialRequest } from '../carrier.ts';
import { tone } from '../local/tone.ts';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { startTwilioBench, twilioHarness } from '../testing/conformance/twilio-harness.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import { toneShare } from '../testing/tone-share.ts';
import type { SimulatedTwilioCall } from '../testing/twilio/simulated-call.ts';
import { readTwiml } from '../testing/twilio/twiml-reader.ts';
import { createTwilioApi } from './twilio-api.ts';
import { createTwilioCarrier } from './twilio-carrier.ts';
import { signatureOf } from './twilio-signature.ts';

const OURS = '+14155550101';
const THEIRS = '+12025550143';
const COLLEAGUE = '+12025550144';
const DIAL = 'POST /Calls.json';

let bench: Awaited<ReturnType<typeof startTwilioBench>>;

async function start(options: Parameters<typeof startTwilioBench>[1] = {}) {
  const listener = createScriptedListener();
  bench = await startTwilioBench(listener, options);
  return { ...bench, listener };
}
afterEach(async () => {
  await bench?.close();
  expect(bench?.twilio.problems ?? []).toEqual([]);
});

const request = (more: Partial<DialRequest> = {}): DialRequest => ({
  callId: 'call_1',
  commandId: 'call_1',
  from: OURS,
  to: THEIRS,
  ringMs: 30_000,
  maxCallMs: 600_000,
  machineDetection: false,
  ...more,
});
const callOf = (ref: string) => ({ carrier: 'twilio' as const, ref });

describe('Twilio does what every carrier must', () => {
  for (const { name, run } of carrierConformance(twilioHarness())) it(name, run);
});

describe('dialling', () => {
  it('says with the call what it does when it is answered, and where it is told of, within the bounds of Twilio', async () => {
    const { carrier, twilio, host } = await start();
    await carrier.dial(request({ ringMs: 1, maxCallMs: 100_000_000, machineDetection: true }));
    const publicUrl = host.url.replace('ws:', 'http:');
    const form = twilio.requests.at(-1)!.form;
    expect(form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed']);
    const { Twiml, ...rest } = Object.fromEntries(form);
    expect(rest).toEqual({
      To: THEIRS,
      From: OURS,
      StatusCallback: `${publicUrl}/webhooks/twilio?about=status&call=call_1&command=call_1&limit=14400`,
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: 'completed',
      Timeout: '1',
      TimeLimit: '14400',
      MachineDetection: 'DetectMessageEnd',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: `${publicUrl}/webhooks/twilio?about=detection&call=call_1&command=call_1`,
      AsyncAmdStatusCallbackMethod: 'POST',
    });
    const [connect] = readTwiml(Twiml ?? '');
    expect(connect?.children[0]).toMatchObject({
      name: 'Stream',
      attributes: { url: `${host.url}/media/twilio`, statusCallback: `${publicUrl}/webhooks/twilio?about=stream` },
      children: [{ name: 'Parameter', attributes: { name: 'token', value: expect.stringMatching(/^[\w-]+\.[\w-]{20,}$/) } }],
    });
  });

  it.each([
    ['the connection breaks', { kind: 'lost-answer' as const }, 'callbacks tell'],
    ['Twilio fails after it took the call', { kind: 'error' as const, status: 500, code: '20500', taken: true }, 'the list tells'],
  ])('never dials again when %s; %s which call it is', async (_what, trouble, how) => {
    const { carrier, twilio, listener } = await start();
    twilio.trouble(DIAL, trouble);
    if (how === 'the list tells') twilio.post.lose(2);
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(twilio.count(DIAL)).toBe(1);
    const { sid } = twilio.calls.all[0]!;
    expect(await carrier.lookUp(request())).toEqual({ known: true, call: callOf(sid), live: true });
    expect(await carrier.lookUp(request({ commandId: 'another' }))).toEqual({ known: false });
    expect((await listener.next('media')).callId).toBe('call_1');
  });

  it('says nothing for certain while Twilio is away', async () => {
    const { carrier, twilio } = await start();
    twilio.trouble(DIAL, { kind: 'dropped' });
    twilio.trouble('GET /Calls.json', { kind: 'dropped' }, { kind: 'dropped' }, { kind: 'dropped' });
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(carrier.lookUp(request())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('tells of a call by Twilio’s own id on a node that has never heard of it', async () => {
    const { carrier, twilio } = await start();
    twilio.calls.behave(THEIRS, 'busy');
    twilio.calls.queue(true);
    const there = { callId: 'call_9', commandId: 'call_9' };
    const { ref } = await carrier.dial(request({ commandId: 'elsewhere' }));
    const { accountSid, authToken, url } = twilio;
    const api = createTwilioApi({ accountSid, authToken, apiUrl: url, pricingUrl: url });
    const node = createTwilioCarrier({
      api,
      listener: createScriptedListener(),
      authToken,
      secret: 'x'.repeat(32),
      publicUrl: () => 'https://x',
    });
    expect(await node.lookUp({ ...there, ref })).toEqual({ known: true, call: callOf(ref), live: true });
    twilio.calls.queue(false);
    await expect.poll(() => twilio.calls.all[0]?.status, { timeout: 5_000 }).toBe('busy');
    expect(await node.lookUp({ ...there, ref })).toEqual({ known: true, call: callOf(ref), live: false, cause: 'busy' });
    expect(await node.lookUp({ ...there, ref: `CA${'0'.repeat(32)}` })).toEqual({ known: false });
    expect(await node.lookUp({ ...there, ref: null })).toEqual({ known: false });
  });

  it('finds no call for a dial that never arrived, and takes no other call for it', async () => {
    const { carrier, twilio } = await start();
    await carrier.dial(request({ commandId: 'before' }));
    twilio.trouble(DIAL, { kind: 'dropped' });
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await carrier.lookUp(request())).toEqual({ known: false });
  });

  it('does not guess between two calls to the same number', async () => {
    const { carrier, twilio } = await start();
    twilio.post.lose(100);
    twilio.trouble(DIAL, { kind: 'lost-answer' }, { kind: 'lost-answer' });
    const twin = request({ callId: 'call_2', commandId: 'call_2' });
    await Promise.all([request(), twin].map((one) => expect(carrier.dial(one)).rejects.toMatchObject({ kind: 'unavailable' })));
    await expect(carrier.lookUp(twin)).rejects.toThrow(/cannot tell which is which/);
  });

  it('leaves a call queued as long as Twilio does: it is known, does not ring, and can be taken back', async () => {
    const { carrier, twilio, listener } = await start();
    twilio.calls.queue(true);
    twilio.trouble(DIAL, { kind: 'lost-answer' });
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind: 'unavailable' });
    const found = await carrier.lookUp(request());
    const { sid } = twilio.calls.all[0]!;
    expect(found).toEqual({ known: true, call: callOf(sid), live: true });
    expect(listener.reports).toEqual([]);
    await carrier.hangup(callOf(sid));
    expect(await listener.event(sid, 'hangup')).toMatchObject({ cause: 'cancelled' });
    expect(listener.events(sid)).toEqual(['hangup']);
  });

  it.each([
    ['21211', 400, 'invalid-number'],
    ['21210', 400, 'refused'],
    ['21215', 400, 'refused'],
    ['20003', 401, 'auth'],
    ['20005', 403, 'auth'],
  ])('says what a refusal with %s means', async (code, status, kind) => {
    const { carrier, twilio } = await start();
    twilio.trouble(DIAL, { kind: 'error', status, code });
    await expect(carrier.dial(request())).rejects.toMatchObject({ name: 'TwilioRefusal', kind });
    expect(await carrier.lookUp(request())).toEqual({ known: false });
  });
});

it('a hang-up that Twilio did not hear is sent again in a while', async () => {
  const clock = createHandClock();
  const { carrier, twilio, listener } = await start({ clock });
  twilio.calls.behave(THEIRS, 'rings');
  const call = await carrier.dial(request());
  await listener.event(call.ref, 'ringing');
  const lost = { kind: 'dropped' } as const;
  twilio.trouble('POST /Calls/{Sid}.json', lost, lost, lost);
  await expect(carrier.hangup(call)).rejects.toMatchObject({ kind: 'unavailable' });
  await clock.advance(5_000);
  await listener.event(call.ref, 'hangup');
  expect(twilio.calls.all[0]).toMatchObject({ status: 'canceled', updates: ['completed'] });
  await carrier.close();
});

describe('somebody who calls', () => {
  it('is asked about once more with the same answer, and hears that we are busy when nobody decides', async () => {
    const { twilio, carrier, listener, host } = await start();
    twilio.calls.callUs(THEIRS, OURS);
    const { ref } = await listener.next('incoming');
    await carrier.answer(callOf(ref));
    await expect(carrier.answer(callOf(ref))).rejects.toMatchObject({ kind: 'ended' });
    const fields = { CallSid: ref, AccountSid: twilio.accountSid, From: THEIRS, To: OURS, CallStatus: 'ringing', Direction: 'inbound' };
    const again = await twilio.post.ask(`${host.url.replace('ws:', 'http:')}/webhooks/twilio`, fields);
    expect(readTwiml(again?.body ?? '')[0]?.name).toBe('Connect');
    expect(listener.reports.filter((report) => report.kind === 'incoming')).toHaveLength(1);
  });

  it('who has hung up cannot be answered any more', async () => {
    const { twilio, carrier, listener } = await start();
    const caller = twilio.calls.callUs(THEIRS, OURS);
    const { ref } = await listener.next('incoming');
    caller.hangUp();
    expect(await listener.event(ref, 'hangup')).toEqual({ type: 'hangup', cause: 'cancelled', source: 'caller' });
    await expect(carrier.answer(callOf(ref))).rejects.toMatchObject({ kind: 'ended' });
    await expect(carrier.reject(callOf(ref), 'busy')).rejects.toMatchObject({ kind: 'ended' });
  });

  it('and is hung up on before the answer is turned away, which costs nothing', async () => {
    const { twilio, carrier, listener } = await start();
    const { state } = twilio.calls.callUs(THEIRS, OURS);
    const { ref } = await listener.next('incoming');
    await carrier.hangup(callOf(ref));
    await listener.event(ref, 'hangup');
    expect(state).toMatchObject({ status: 'no-answer', updates: [] });
  });

  it('and hangs up is followed by no trouble', async () => {
    const { carrier } = await start();
    await carrier.hangup(callOf(`CA${'0'.repeat(32)}`));
  });
});

describe('sound', () => {
  const answered = async (options: Parameters<typeof start>[0] = {}, prepare: (all: typeof bench) => void = () => {}) => {
    const all = await start(options);
    prepare(all);
    const { ref } = await all.carrier.dial(request());
    const { leg } = await all.listener.next('media');
    const call = all.twilio.calls.all.find((one) => one.sid === ref) as SimulatedTwilioCall;
    return { ...all, leg, call };
  };

  it.each([160, 80, 400, 1000])('is right both ways, packed to %i samples', async (samples) => {
    const { leg, call } = await answered({}, ({ twilio }) => twilio.calls.packs(samples));
    const ear = listenTo(leg);
    const said = tone(400, 400);
    call.stream!.say(said);
    await ear.heardSound(18);
    expect([...ear.frameLengths]).toEqual([160]);
    const loud = ear.pcm.filter((sample) => Math.abs(sample) > 16);
    expect(rms(loud) / rms(said)).toBeGreaterThan(0.9);
    expect(rms(loud) / rms(said)).toBeLessThan(1.1);
    leg.send(said);
    await call.stream!.heardSamples(said.length);
    expect(rms(call.stream!.heard) / rms(said)).toBeGreaterThan(0.95);
    expect(rms(call.stream!.heard) / rms(said)).toBeLessThan(1.05);
  });

  it('that overtakes itself, and comes twice, is put in order', async () => {
    const { call, leg } = await answered({}, ({ twilio }) => twilio.calls.disturb({ swaps: true, doubles: true }));
    const ear = listenTo(leg);
    const said = tone(400, 400);
    call.stream!.say(said);
    await ear.heardSound(19);
    const first = ear.pcm.findIndex((sample) => Math.abs(sample) > 1000);
    expect(toneShare(ear.pcm.subarray(first, first + 2700), 400, 8000)).toBeGreaterThan(0.98);
  });

  it('brings keys, and drops what was not played yet', async () => {
    const { leg, call } = await answered();
    const ear = listenTo(leg);
    call.stream!.press('5');
    call.stream!.press('#');
    await expect.poll(() => ear.digits, { timeout: 5_000 }).toBe('5#');
    leg.send(tone(400, 100));
    leg.clear();
    await expect.poll(() => call.stream!.clears, { timeout: 5_000 }).toBe(1);
  });

  it('is dropped without the keys that were pressed in it', async () => {
    const { carrier, leg, call } = await answered();
    const pressing = carrier.sendDigits!(callOf(call.sid), { digits: '12#', commandId: 'keys' });
    await call.stream!.heardSamples(8 * 600);
    leg.clear();
    const started = performance.now();
    await pressing;
    // They were played to their end, and what comes after them can be dropped again.
    expect(performance.now() - started).toBeGreaterThan(300);
    expect(call.stream!.clears).toBe(0);
    leg.clear();
    await expect.poll(() => call.stream!.clears, { timeout: 5_000 }).toBe(1);
    expect(call.keys).toBe('12#');
  });

  it('that breaks ends the call, for nobody would hear anything', async () => {
    const { leg, call, listener } = await answered();
    const ear = listenTo(leg);
    call.stream!.break();
    expect(await ear.closed).toBe('lost');
    await listener.event(call.sid, 'hangup');
  });

  it('bears garbage, as long as it is little', async () => {
    const { leg, call } = await answered();
    const ear = listenTo(leg);
    for (const garbage of ['', 'no JSON', '{"event":"teleport"}', '{"event":"media","media":{"payload":"%"}}'])
      call.stream!.garbage(garbage);
    await ear.heard(5);
    for (let i = 0; i < 30; i++) call.stream!.garbage('{}');
    expect(await ear.closed).toBe('protocol');
  });

  it('that cannot be opened ends the call, and the operator is told', async () => {
    const { carrier, listener, twilio, warnings } = await start();
    twilio.calls.streamsTo('ws://127.0.0.1:9/media/twilio');
    const { ref } = await carrier.dial(request());
    expect(await listener.event(ref, 'hangup')).toMatchObject({
      cause: 'carrier_error',
      sentence: expect.stringMatching(/could not stream/),
    });
    await expect.poll(() => twilio.calls.all[0]?.status, { timeout: 5_000 }).toBe('completed');
    await expect.poll(() => twilio.post.statuses.length, { timeout: 5_000 }).toBe(twilio.post.sent.length);
    expect(listener.events(ref).filter((type) => type === 'hangup')).toHaveLength(1);
    expect(listener.reports.some((report) => report.kind === 'media')).toBe(false);
    expect(warnings.every((warning) => warning === 'Twilio could not stream the sound of a call; it is ended')).toBe(true);
  });

  it('of one call is not let in with the token of another, nor twice with its own', async () => {
    const { twilio, listener, host, carrier } = await start();
    await carrier.dial(request());
    const [first] = twilio.calls.all;
    await listener.next('media');
    twilio.calls.callUs(THEIRS, OURS);
    const { ref } = await listener.next('incoming');
    await carrier.answer(callOf(ref));
    await listener.next('media', (report) => report.ref === ref);
    const [connect] = readTwiml(twilio.requests.find((seen) => seen.operation === DIAL)!.form.get('Twiml')!);
    const used = connect!.children[0]!.children[0]!.attributes.value!;
    const url = `${host.url}/media/twilio`;
    for (const [token, callSid] of [
      [used, first!.sid],
      [used, ref],
      ['forged.token', first!.sid],
      ['', first!.sid],
    ] as const) {
      expect(await startStream(url, twilio.authToken, callSid, token)).toBe(1008);
    }
    expect(await startStream(url, 'another token', ref, used)).toBe(401);
    expect(listener.reports.filter((report) => report.kind === 'media')).toHaveLength(2);
  });
});

/** Opens a stream as Twilio would. @returns the code it is closed with, or the status the upgrade is refused with */
const startStream = (url: string, authToken: string, callSid: string, token: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url, { headers: { 'x-twilio-signature': signatureOf(authToken, url) } });
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
    socket.on('open', () => {
      const start = { callSid, customParameters: { token }, mediaFormat };
      socket.send(JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid: 'MZ1', start }));
    });
    socket.on('unexpected-response', (asked, response) => {
      asked.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('close', resolve);
    socket.on('error', () => {});
  });

describe('who answered', () => {
  it.each(['human', 'machine'] as const)('is told while the conversation goes on: %s', async (who) => {
    const { carrier, twilio, listener } = await start();
    if (who === 'machine') twilio.calls.behave(THEIRS, 'machine');
    const { ref } = await carrier.dial(request({ machineDetection: true }));
    expect(await listener.event(ref, 'machine-detection')).toEqual({ type: 'machine-detection', result: who });
    if (who === 'machine') expect(await listener.event(ref, 'greeting-ended')).toEqual({ type: 'greeting-ended', beep: true });
    expect(listener.reports.some((report) => report.kind === 'media')).toBe(true);
  });
});

describe('what a call cost', () => {
  it('is asked for until Twilio has the price, and told of each leg', async () => {
    const clock = createHandClock();
    const { carrier, twilio, listener } = await start({ clock });
    const call = await carrier.dial(request());
    await listener.next('media');
    await carrier.transfer!(call, { callId: 'call_1', commandId: 't', from: OURS, to: COLLEAGUE, ringMs: 30_000, maxCallMs: 600_000 });
    await listener.event(call.ref, 'transferred');
    twilio.calls.hangUp(call.ref);
    await listener.event(call.ref, 'hangup');
    await expect.poll(() => twilio.post.statuses.length, { timeout: 5_000 }).toBe(twilio.post.sent.length);
    const asked = () => twilio.requests.filter((seen) => seen.operation === 'GET /Calls/{Sid}.json').length;
    const before = asked();
    // Both legs, whenever each was heard to be over.
    const askedAfterAWhile = async () => {
      await clock.advance(1_000);
      return asked();
    };
    await expect.poll(askedAfterAWhile).toBeGreaterThanOrEqual(before + 2);
    twilio.calls.charge('-0.00850');
    await expect
      .poll(async () => {
        await clock.advance(60_000);
        return listener.reports.filter((report) => report.kind === 'event' && report.event.type === 'cost').length;
      })
      .toBe(2);
    for (const leg of ['own', 'transfer']) {
      const { event } = await listener.next('event', (report) => report.event.type === 'cost' && report.event.leg === leg);
      expect(event).toMatchObject({ amount: '0.00850', seconds: expect.any(Number) });
    }
    await carrier.close();
    expect(clock.pending).toBe(0);
  });
});
