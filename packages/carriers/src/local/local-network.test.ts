import { decodeUlaw, encodeUlaw, rms } from '@talkturo/voice';
import { createHandClock, type HandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CarrierError, type DialRequest } from '../carrier.ts';
import { openNetworkEnd } from '../media-socket/network-end.ts';
import { createScriptedListener, listenTo, type MediaHost, startMediaHost, toneVoice } from '../testing/index.ts';
import { createLocalNetwork, type LocalNetwork, type LocalNetworkOptions } from './local-network.ts';
import type { Happening } from './telephone.ts';
import { tone } from './tone.ts';

let host: MediaHost;
let network: LocalNetwork;

const start = async (options: Partial<LocalNetworkOptions> = {}) => {
  host = await startMediaHost();
  const listener = createScriptedListener();
  network = createLocalNetwork({ listener, mediaUrl: () => `${host.url}/media/local`, speak: toneVoice, speed: 100, ...options });
  host.carriers.push(network);
  return listener;
};

afterEach(async () => {
  const closing = network.close();
  if (hand) await hand.advance(1000);
  hand = null;
  await closing;
  await host.close();
});

let hand: HandClock | null = null;
const byHand = () => {
  hand = createHandClock();
  return hand;
};

const dialTo = (to: string, more: Partial<DialRequest> = {}): DialRequest => ({
  callId: 'call_1',
  from: '+14155552671',
  to,
  commandId: `dial ${to}`,
  ringMs: 30_000,
  maxCallMs: 60_000,
  machineDetection: false,
  ...more,
});

/** A caller's program at a media address. */
const connect = (mediaUrl: string, callRef = 'x') => {
  let opened = () => {};
  let closed: (why: string) => void = () => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const over = new Promise<string>((resolve) => {
    closed = resolve;
  });
  const end = openNetworkEnd({ url: mediaUrl, callRef, from: '', to: '', encoding: 'PCMU', onOpen: opened, onClosed: closed });
  return { end, open, over };
};

describe('a call over the media socket', () => {
  it('carries the person’s voice to us and ours to the person', async () => {
    const said: string[] = [];
    const listener = await start({ observe: (_ref, happening) => happening.type === 'said' && said.push(happening.text) });
    await network.dial(dialTo('+12025550107'));
    const { leg } = await listener.next('media');
    const ear = listenTo(leg);
    await ear.heardSound(8);
    leg.send(tone(500, 400));
    await ear.heardSound(16);
    expect(said[0]).toBe('Yes, hello?');
    leg.hangup();
  });

  it('speaks A-law where the line does, both ways', async () => {
    const listener = await start({ isOurs: (number) => number === '+442079460000' });
    await network.dial(dialTo('+442071838750'));
    const person = listenTo((await listener.next('media')).leg);
    await person.heardSound(8);
    // The tone has a peak of 0.3 of full scale; decoded by the wrong law it would be far off.
    expect(Math.max(...person.pcm)).toBeGreaterThan(9400);
    expect(Math.max(...person.pcm)).toBeLessThan(10_200);
    const dialled = await network.dial(dialTo('+442079460000'));
    const { ref } = await listener.next('incoming');
    await network.answer({ carrier: 'local', ref });
    const [near, far] = await Promise.all([dialled.ref, ref].map((one) => listener.next('media', (report) => report.ref === one)));
    const ear = listenTo(far!.leg);
    near!.leg.send(tone(500, 200));
    await ear.heardSound(10);
    expect(Math.max(...ear.pcm)).toBeGreaterThan(9400);
    expect(Math.max(...ear.pcm)).toBeLessThan(10_200);
  });

  it('lets a transferred caller talk with the person at the other number, and the server with neither', async () => {
    const said: string[] = [];
    const listener = await start({ observe: (_ref, happening) => happening.type === 'said' && said.push(happening.text) });
    const { call, mediaUrl } = network.placeExternal({ to: '+14155552671' });
    const caller = connect(mediaUrl, call.ref);
    await caller.open;
    await network.answer(call);
    const { leg } = await listener.next('media');
    const server = listenTo(leg);
    const heard = () => {
      const frame = new Uint8Array(160);
      return caller.end.hear(frame) ? rms(decodeUlaw(frame)) : 0;
    };
    const { ringMs, maxCallMs } = dialTo('');
    await network.transfer?.(call, { callId: 'call_1', commandId: 'on', from: '+14155552671', to: '+12025550107', ringMs, maxCallMs });
    await listener.event(call.ref, 'transferred');
    const frames = server.frames;
    leg.release?.();
    expect(await server.closed).toBe('transferred');
    await expect.poll(heard, { timeout: 5000, interval: 5 }).toBeGreaterThan(200);
    await expect.poll(() => said, { timeout: 5000 }).toEqual(['Yes, hello?']);
    const speech = tone(400, 400);
    for (let at = 0; at < speech.length; at += 160) {
      caller.end.send(Buffer.from(encodeUlaw(speech.subarray(at, at + 160))).toString('base64'));
    }
    // Who is spoken to asks the next thing.
    await expect.poll(() => said.length, { timeout: 5000 }).toBeGreaterThan(1);
    expect(server.frames).toBe(frames);
    caller.end.hangup();
    await listener.event(call.ref, 'hangup');
    await expect.poll(() => network.liveCalls).toBe(0);
  });

  it('tells which keys were pressed', async () => {
    const happenings: Happening[] = [];
    const listener = await start({ observe: (_ref, happening) => happenings.push(happening) });
    await network.dial(dialTo('+12025550197'));
    const { leg } = await listener.next('media');
    leg.sendDigits?.('12#');
    expect(happenings).toEqual([{ type: 'digits', digits: '12#' }]);
  });

  it('ends when the voice of the people fails, and says why', async () => {
    const happenings: Happening[] = [];
    const listener = await start({
      speak: () => Promise.reject(new Error('no voice today')),
      observe: (_ref, happening) => happenings.push(happening),
    });
    const { ref } = await network.dial(dialTo('+12025550150'));
    expect((await listener.event(ref, 'hangup')).cause).toBe('carrier_error');
    expect(happenings).toEqual([{ type: 'failed', reason: 'The person could not speak: no voice today' }]);
  });

  it('ends when the server’s media socket cannot be reached', async () => {
    const listener = await start({ mediaUrl: () => 'ws://127.0.0.1:9/media/local' });
    const { ref } = await network.dial(dialTo('+12025550100'));
    expect((await listener.event(ref, 'hangup')).cause).toBe('carrier_error');
  });

  it('ends with the far end when the server loses the socket', async () => {
    const listener = await start();
    const { ref } = await network.dial(dialTo('+12025550197'));
    const ear = listenTo((await listener.next('media')).leg);
    await host.close();
    await ear.closed;
    await listener.event(ref, 'hangup');
    expect(network.liveCalls).toBe(0);
  });

  it('holds a hundred at once', async () => {
    const listener = await start();
    const calls = await Promise.all(
      Array.from({ length: 100 }, (_, i) => network.dial(dialTo('+12025550199', { commandId: String(i), callId: `call_${i}` }))),
    );
    const media = await Promise.all(calls.map(({ ref }) => listener.next('media', (one) => one.ref === ref)));
    const ears = media.map(({ leg }) => listenTo(leg));
    await Promise.all(ears.map((ear) => ear.heardSound(25)));
    expect(network.liveCalls).toBe(100);
    for (const { leg } of media) leg.hangup();
    expect(network.liveCalls).toBe(0);
  });
});

describe('what the network says about who answered', () => {
  const detection = async (to: string, machineDetection = true) => {
    const clock = byHand();
    const listener = await start({ clock, speed: 1 });
    const { ref } = await network.dial(dialTo(to, { machineDetection }));
    for (let passed = 0; passed < 20_000; passed += 20) await clock.advance(20);
    return listener.reports.flatMap((one) => (one.kind === 'event' && one.ref === ref ? [one.event] : []));
  };

  it('answers after two rings', async () => {
    const clock = byHand();
    const listener = await start({ clock, speed: 1 });
    const { ref } = await network.dial(dialTo('+12025550100'));
    await clock.advance(7990);
    expect(listener.events(ref)).toEqual(['ringing']);
    await clock.advance(20);
    expect(listener.events(ref)).toEqual(['ringing', 'answered']);
  });

  it.each([
    ['a person is human', '+12025550100', 'human'],
    ['one that says nothing is unknown', '+12025550197', 'unknown'],
    ['a voicemail is not always recognised', '+12025550158', 'unknown'],
    ['a voicemail is at times taken for a person', '+12025550159', 'human'],
  ])('%s', async (_what, to, result) => {
    expect(await detection(to)).toContainEqual({ type: 'machine-detection', result });
  });

  it('nothing, where nobody asked', async () => {
    expect((await detection('+12025550150', false)).map(({ type }) => type)).toEqual(['ringing', 'answered', 'hangup']);
  });

  it('a voicemail is a machine, and its beep is told', async () => {
    const told = await detection('+12025550150');
    expect(told.slice(2, 4)).toEqual([
      { type: 'machine-detection', result: 'machine' },
      { type: 'greeting-ended', beep: true },
    ]);
  });
});

describe('callers', () => {
  it('call an assistant itself, wait for the answer and talk', async () => {
    const listener = await start();
    const script = { questions: ['One?'], goodbye: 'Bye.' };
    const { ref } = network.call({ assistantId: 'asst_1', accountId: 'acct_1', callId: 'call_9', script });
    const { call } = await listener.next('incoming');
    expect(call).toEqual({ ref, from: '+12025550100', to: '', callId: 'call_9', assistantId: 'asst_1', accountId: 'acct_1' });
    await network.answer({ carrier: 'local', ref });
    const { leg, callId } = await listener.next('media');
    expect(callId).toBe('call_9');
    const ear = listenTo(leg);
    leg.send(tone(500, 400));
    await ear.heardSound(8);
    leg.hangup();
  });

  it('give up when nobody answers', async () => {
    const listener = await start();
    const { ref } = network.call({ to: '+14155552671' });
    expect(await listener.event(ref, 'hangup')).toEqual({ type: 'hangup', cause: 'cancelled', source: 'caller' });
    await expect(network.answer({ carrier: 'local', ref })).rejects.toThrow(CarrierError);
  });

  it('cannot be answered twice, nor can a call that we dialled', async () => {
    const listener = await start();
    const { ref } = network.call({ to: '+14155552671' });
    await listener.next('incoming');
    await network.answer({ carrier: 'local', ref });
    await expect(network.answer({ carrier: 'local', ref })).rejects.toMatchObject({ kind: 'refused' });
    const dialled = await network.dial(dialTo('+12025550160'));
    await expect(network.answer(dialled)).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('a number of our own', () => {
  it('rings at us when we dial it, and the two calls hear each other', async () => {
    const listener = await start({ isOurs: (number) => number === '+14155550123' });
    const dialled = await network.dial(dialTo('+14155550123'));
    const { call } = await listener.next('incoming');
    expect(call).toMatchObject({ from: '+14155552671', to: '+14155550123' });
    await network.answer({ carrier: 'local', ref: call.ref });
    const [near, far] = await Promise.all([dialled.ref, call.ref].map((ref) => listener.next('media', (one) => one.ref === ref)));
    const ears = [listenTo(near!.leg), listenTo(far!.leg)] as const;
    near!.leg.send(tone(500, 200));
    await ears[1].heardSound(9);
    far!.leg.send(tone(500, 200));
    await ears[0].heardSound(9);
    near!.leg.hangup();
    expect(await ears[1].closed).toBe('hangup');
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({ cause: 'normal', source: 'caller' });
  });

  it('is busy when we turn the call away', async () => {
    const listener = await start({ isOurs: () => true });
    const { ref } = await network.dial(dialTo('+14155550123'));
    const incoming = await listener.next('incoming');
    await network.reject({ carrier: 'local', ref: incoming.ref }, 'busy');
    expect(await listener.event(ref, 'hangup')).toMatchObject({ cause: 'busy', source: 'callee' });
  });
});

describe('a caller that is a program', () => {
  const place = async (options: Partial<LocalNetworkOptions> = {}) => {
    const listener = await start(options);
    return { listener, ...network.placeExternal({ assistantId: 'asst_1', callId: 'call_7' }) };
  };

  it('connects, is answered, speaks, presses keys, hears and hangs up', async () => {
    const { listener, call, mediaUrl } = await place();
    expect((await listener.next('incoming')).call).toMatchObject({ ref: call.ref, callId: 'call_7', assistantId: 'asst_1' });
    await network.answer(call);
    const program = connect(mediaUrl);
    const { leg, callId } = await listener.next('media');
    expect(callId).toBe('call_7');
    expect(listener.events(call.ref)).toEqual(['answered']);
    const ear = listenTo(leg);
    await program.open;
    program.end.send(Buffer.alloc(160, 3).toString('base64'));
    await ear.heardSound(1);
    program.end.press('5');
    leg.send(tone(500, 100));
    const frame = new Uint8Array(160);
    while (!program.end.hear(frame)) await new Promise((resolve) => setImmediate(resolve));
    expect(program.end.waitingMs).toBe(80);
    program.end.hangup();
    expect(await ear.closed).toBe('hangup');
    expect(ear.digits).toBe('5');
    expect(await listener.event(call.ref, 'hangup')).toEqual({ type: 'hangup', cause: 'normal', source: 'caller' });
  });

  it('may connect before it is answered', async () => {
    const { listener, call, mediaUrl } = await place();
    const program = connect(mediaUrl);
    await program.open;
    expect(listener.reports.some((one) => one.kind === 'media')).toBe(false);
    await network.answer(call);
    await listener.next('media');
  });

  it('gets in once: not twice, not with another token, not after the end', async () => {
    const { call, mediaUrl } = await place();
    const first = connect(mediaUrl);
    await first.open;
    expect(await connect(mediaUrl).over).toMatch(/401/);
    expect(await connect(`${mediaUrl.slice(0, -3)}AAA`).over).toMatch(/401/);
    await network.hangup(call);
    await first.over;
    expect(await connect(mediaUrl).over).toMatch(/401/);
  });

  it('is let in once even when two connect in the same instant', async () => {
    const { listener, call, mediaUrl } = await place();
    await network.answer(call);
    const both = [connect(mediaUrl), connect(mediaUrl)];
    const refused = await Promise.race(both.map(({ over }) => over));
    expect(refused).toMatch(/401|1008/);
    await listener.next('media');
    expect(network.liveCalls).toBe(1);
  });

  it('that never says what it is ends the call', async () => {
    const clock = byHand();
    const { listener, call, mediaUrl } = await place({ clock });
    await network.answer(call);
    const socket = new WebSocket(mediaUrl);
    await new Promise((resolve) => socket.on('open', resolve));
    await clock.advance(10_100);
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({ cause: 'carrier_error' });
  });

  it('that never connects ends the call after a minute', async () => {
    const clock = byHand();
    const { listener, call, mediaUrl } = await place({ clock });
    await network.answer(call);
    await clock.advance(59_000);
    expect(listener.events(call.ref)).toEqual([]);
    await clock.advance(2000);
    expect(await listener.event(call.ref, 'hangup')).toEqual({ type: 'hangup', cause: 'cancelled', source: 'caller' });
    expect(await connect(mediaUrl).over).toMatch(/401/);
  });
});

describe('closing the network', () => {
  it('ends every call, tells of it, and takes no more', async () => {
    const listener = await start();
    const { ref } = await network.dial(dialTo('+12025550197'));
    const ear = listenTo((await listener.next('media')).leg);
    await network.close();
    expect(listener.events(ref).at(-1)).toBe('hangup');
    expect(await ear.closed).toBe('hangup');
    await expect(network.dial(dialTo('+12025550100'))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
