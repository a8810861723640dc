import { rms } from '@talkturo/voice';
import { createHandClock, type HandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startWebBench } from '../testing/conformance/web-harness.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener, type ScriptedListener } from '../testing/scripted-listener.ts';
import { connectWebCaller, type WebCallerOptions } from '../testing/web-caller.ts';
import type { WebCarrierOptions, WebTarget } from './web-carrier.ts';
import { createWebTickets } from './web-ticket.ts';

let listener: ScriptedListener;
let bench: Awaited<ReturnType<typeof startWebBench>>;
let hand: HandClock | undefined;
afterEach(async () => {
  await Promise.all([bench.close(), hand?.advance(5000)]);
  hand = undefined;
});

const start = async (options: Partial<WebCarrierOptions> = {}) => {
  listener = createScriptedListener();
  bench = await startWebBench(listener, options);
};
const place = (target: Partial<WebTarget> = {}) => bench.carrier.place({ callId: 'call_1', format: 'pcm_16000', ...target });

/** A call that is answered: the caller's end and ours. */
const talk = async (target: Partial<WebTarget> = {}, options: WebCallerOptions = {}) => {
  const { token, call } = place(target);
  const caller = await connectWebCaller(bench.at(token), options);
  await listener.next('incoming', (one) => one.ref === call.ref);
  await bench.carrier.answer(call);
  const { leg, callId } = await listener.next('media', (one) => one.ref === call.ref);
  const ready = await caller.next('ready');
  return { token, call, caller, leg, callId, ready, ear: listenTo(leg) };
};

const tone = (samples: number) => Int16Array.from({ length: samples }, (_, i) => 8000 * Math.sin(i / 5));

describe('a web call', () => {
  it.each([
    ['pcm_16000', { encoding: 'pcm16', sampleRate: 16_000, channels: 1 }, 640],
    ['pcm_24000', { encoding: 'pcm16', sampleRate: 24_000, channels: 1 }, 960],
    ['mulaw_8000', { encoding: 'mulaw', sampleRate: 8000, channels: 1 }, 160],
  ] as const)('carries sound both ways in %s, binary and as base64', async (format, described, frameBytes) => {
    await start();
    for (const sound of ['binary', 'base64']) {
      const { caller, leg, ear, ready, callId } = await talk({ format }, { hello: { sound } });
      expect(callId).toBe('call_1');
      expect(ready).toMatchObject({ callId: 'call_1', version: 1, format: described, frameMs: 20, resumed: false });
      expect(leg.sampleRate).toBe(described.sampleRate);
      const pcm = tone(leg.sampleRate / 10);
      leg.send(pcm);
      await caller.hears(frameBytes * 5);
      const said = caller.heard;
      if (sound === 'binary') caller.sound(said);
      else caller.say({ type: 'audio', audio: said.toString('base64') });
      await ear.heard(5);
      expect(ear.frameLengths).toEqual(new Set([leg.sampleRate / 50]));
      expect(Math.abs(rms(ear.pcm) - rms(pcm))).toBeLessThan(100);
      caller.hangUp();
      expect(await ear.closed).toBe('hangup');
    }
  });

  it('hears keys, and nothing while it is muted', async () => {
    const happenings: string[] = [];
    await start({ observe: (_ref, callId, happening) => happenings.push(`${callId} ${happening}`) });
    const { caller, ear } = await talk();
    caller.say({ type: 'mute', muted: true });
    caller.sound(Buffer.alloc(640, 1));
    caller.say({ type: 'mute', muted: false });
    caller.sound(Buffer.alloc(640, 2));
    caller.say({ type: 'digits', digits: '12#' });
    caller.say({ type: 'ping', id: 'a' });
    expect(await caller.next('pong')).toEqual({ type: 'pong', id: 'a' });
    expect(ear.frames).toBe(1);
    expect(ear.pcm[0]).toBe(0x0202);
    expect(ear.digits).toBe('12#');
    expect(happenings).toEqual(['call_1 muted', 'call_1 unmuted']);
  });

  it('tells an interruption in order with the sound, and what is told of the call', async () => {
    await start();
    const { call, caller, leg } = await talk();
    leg.clear();
    bench.carrier.tell(call.ref, { type: 'transcript', seq: 3, text: 'Hello' });
    await caller.next('transcript');
    expect(caller.messages.map(({ type }) => type)).toEqual(['ready', 'clear', 'transcript']);
    leg.hangup();
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({ cause: 'normal', source: 'callee' });
    bench.carrier.tell(call.ref, { type: 'ended', reason: 'assistant_hung_up' });
    expect(await caller.next('ended')).toMatchObject({ reason: 'assistant_hung_up' });
    expect(await caller.closed).toBe(1000);
    expect(bench.carrier.liveCalls).toBe(0);
  });

  it('goes on after a broken connection: nothing is missed, nothing is told twice', async () => {
    const happenings: string[] = [];
    await start({ observe: (_ref, _callId, happening) => happenings.push(happening) });
    const { call, caller, leg, ear, ready } = await talk();
    bench.carrier.tell(call.ref, { type: 'transcript', seq: 1, text: 'one' });
    await caller.next('transcript');
    caller.vanish();
    await expect.poll(() => happenings).toEqual(['connection_lost']);
    bench.carrier.tell(call.ref, { type: 'transcript', seq: 2, text: 'two' });
    leg.send(tone(320));
    const back = await connectWebCaller(bench.at(ready.resume.token), { hello: { after: 1 } });
    expect(await back.next('ready')).toMatchObject({ resumed: true, callId: 'call_1' });
    await back.hears(640);
    expect(back.messages.filter(({ type }) => type === 'transcript').map(({ text }) => text)).toEqual(['two']);
    back.sound(Buffer.alloc(640));
    await ear.heard(1);
    expect(happenings).toEqual(['connection_lost', 'connection_resumed']);
    expect(ear.timesClosed).toBe(0);
  });

  it.each([
    ['the record is complete', true],
    ['nobody knows yet how', false],
  ])('tells how it ended to a caller who was away meanwhile and comes back when %s', async (_when, complete) => {
    const happenings: string[] = [];
    await start({ observe: (_ref, _callId, happening) => happenings.push(happening) });
    const { call, caller, leg, ear, ready } = await talk();
    caller.vanish();
    await expect.poll(() => happenings).toEqual(['connection_lost']);
    leg.hangup();
    expect(await ear.closed).toBe('local');
    const ended = () => bench.carrier.tell(call.ref, { type: 'ended', seq: 2, reason: 'assistant_hung_up' });
    bench.carrier.tell(call.ref, { type: 'transcript', seq: 1, text: 'Goodbye.' });
    if (complete) ended();
    const back = await connectWebCaller(bench.at(ready.resume.token));
    expect(await back.next('transcript')).toMatchObject({ text: 'Goodbye.' });
    if (!complete) ended();
    expect(await back.next('ended')).toMatchObject({ reason: 'assistant_hung_up' });
    expect(await back.closed).toBe(1000);
    // Told once: then there is nothing to come back to.
    const again = await connectWebCaller(bench.at(ready.resume.token));
    expect(await again.closed).toBe(4404);
    expect(happenings).toEqual(['connection_lost']);
    expect(bench.carrier.liveCalls).toBe(0);
  });

  it('belongs to the newest connection', async () => {
    await start();
    const { caller, ready, ear } = await talk();
    const second = await connectWebCaller(bench.at(ready.resume.token));
    expect(await caller.next('error')).toMatchObject({ code: 'replaced' });
    expect(await caller.closed).toBe(4409);
    const { resume } = await second.next('ready');
    second.sound(Buffer.alloc(640));
    await ear.heard(1);
    // The ticket before the last is worth nothing once the last is known to have arrived.
    const late = await connectWebCaller(bench.at(ready.resume.token));
    expect(await late.next('error')).toMatchObject({ code: 'token_used' });
    expect(await late.closed).toBe(4401);
    const third = await connectWebCaller(bench.at(resume.token));
    await third.next('ready');
    expect(ear.timesClosed).toBe(0);
  });

  it('is over when nobody comes back in time', async () => {
    const clock = createHandClock();
    hand = clock;
    await start({ clock, graceMs: 5000 });
    const { token, call } = place();
    const caller = await connectWebCaller(bench.at(token));
    const { resume } = await caller.next('ready');
    await clock.advance(0);
    await bench.carrier.answer(call);
    await clock.advance(0);
    const ear = listenTo((await listener.next('media')).leg);
    caller.vanish();
    await caller.closed;
    await expect.poll(() => clock.advance(1000).then(() => ear.timesClosed)).toBe(1);
    expect(await ear.closed).toBe('lost');
    await clock.advance(0);
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({ cause: 'normal', source: 'unknown' });
    const late = await connectWebCaller(bench.at(resume.token));
    expect(await late.closed).toBe(4404);
  });

  it('rings no longer than a minute', async () => {
    const clock = createHandClock();
    hand = clock;
    await start({ clock });
    const { call, token } = place();
    await clock.advance(60_000);
    await clock.advance(0);
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({
      cause: 'cancelled',
      sentence: 'Nobody connected to the address of the web call while it was good.',
    });
    expect(await (await connectWebCaller(bench.at(token))).closed).toBe(4404);
  });
});

describe('who may connect', () => {
  it('lets a ticket in once', async () => {
    await start();
    const { token, caller, ear } = await talk();
    const again = await connectWebCaller(bench.at(token));
    expect(await again.next('error')).toMatchObject({ code: 'token_used' });
    expect(await again.closed).toBe(4401);
    caller.sound(Buffer.alloc(640));
    await ear.heard(1);
  });

  it('refuses a ticket past its time', async () => {
    let now = 1_800_000_000_000;
    await start({ now: () => now });
    const { token } = place();
    now += 62_000;
    const late = await connectWebCaller(bench.at(token));
    expect(await late.next('error')).toMatchObject({ code: 'token_expired' });
  });

  it('a ticket past its time is just that, also when its call is long over', async () => {
    let now = 1_800_000_000_000;
    const clock = createHandClock();
    hand = clock;
    await start({ clock, now: () => now });
    const { token } = place();
    now += 62_000;
    await clock.advance(60_000);
    await clock.advance(6000);
    const late = await connectWebCaller(bench.at(token));
    expect(await late.next('error')).toMatchObject({ code: 'token_expired' });
    expect(await late.closed).toBe(4401);
  });

  it('names the other node', async () => {
    await start();
    const { token } = createWebTickets('the secret of an installation', 'node_2', Date.now).issue({ ref: 'web_x' }, 60_000);
    const lost = await connectWebCaller(bench.at(token));
    expect(await lost.next('error')).toMatchObject({ code: 'wrong_node' });
    expect(await lost.closed).toBe(4421);
  });

  it('lets only the pages in that were named', async () => {
    await start();
    const { token } = place({ origins: ['https://shop.example.com'] });
    await expect(connectWebCaller(bench.at(token))).rejects.toThrow('401');
    await expect(connectWebCaller(bench.at(token), { origin: 'https://evil.example.com' })).rejects.toThrow('401');
    const caller = await connectWebCaller(bench.at(token), { origin: 'https://shop.example.com' });
    expect(await caller.next('ready')).toMatchObject({ resumed: false });
  });

  it('knows a page by its origin however that was written', async () => {
    await start();
    const { token } = place({ origins: ['https://Shop.Example.com:443'] });
    await (await connectWebCaller(bench.at(token), { origin: 'https://shop.example.com' })).next('ready');
  });

  it.each([
    ['https://evil.example.com', 'Only a page of https://evil.example.com tried to connect: it is not among the origins of the web call.'],
    [undefined, 'Only a program tried to connect: the web call is for pages of its origins.'],
  ])('says who alone tried to use an address that was not meant for them: %s', async (origin, sentence) => {
    const clock = createHandClock();
    hand = clock;
    await start({ clock });
    const { call, token } = place({ origins: ['https://shop.example.com'] });
    await expect(connectWebCaller(bench.at(token), origin ? { origin } : {})).rejects.toThrow('401');
    await clock.advance(60_000);
    await clock.advance(0);
    expect((await listener.event(call.ref, 'hangup')).sentence).toBe(sentence);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'x'],
    ['two words', 'bnVsbA.bnVsbA'],
    ['what is too long', `${'a'.repeat(7000)}.b`],
  ])('refuses %s', async (_what, token) => {
    await start();
    await expect(connectWebCaller(bench.at(token))).rejects.toThrow('401');
  });
});

describe('what breaks the rules', () => {
  it.each([
    ['no JSON', '{', 'bad_message'],
    ['an unknown type', { type: 'dance' }, 'bad_message'],
    ['hello twice', { type: 'hello', version: 1 }, 'bad_message'],
    ['keys that are none', { type: 'digits', digits: 'x' }, 'bad_message'],
    ['sound that is no base64', { type: 'audio', audio: '***=' }, 'bad_audio'],
    ['half a sample', { type: 'audio', audio: 'AAAA' }, 'bad_audio'],
    ['more than a second', { type: 'audio', audio: Buffer.alloc(33_000).toString('base64') }, 'bad_audio'],
  ])('%s is answered with a sentence, and the call goes on', async (_what, message, code) => {
    await start();
    const { caller, ear } = await talk();
    if (typeof message === 'string') caller.sound(Buffer.from(''));
    caller.say(typeof message === 'string' ? { type: message } : message);
    const errors = () => caller.messages.filter(({ type }) => type === 'error').map((one) => one.code);
    await expect.poll(errors).toContain(code);
    caller.sound(Buffer.alloc(640));
    await ear.heard(1);
  });

  it('sound before hello is not taken, and whoever says nothing is let go', async () => {
    const clock = createHandClock();
    hand = clock;
    await start({ clock });
    const { token, call } = place();
    const caller = await connectWebCaller(bench.at(token), { hello: null });
    caller.sound(Buffer.alloc(640));
    expect(await caller.next('error')).toMatchObject({ code: 'no_hello' });
    await clock.advance(10_000);
    await clock.advance(1000);
    expect(await caller.closed).toBe(4400);
    expect(await listener.event(call.ref, 'hangup')).toEqual({
      type: 'hangup',
      cause: 'carrier_error',
      source: 'unknown',
      sentence: 'The caller’s program connected and did not say hello within 10 seconds.',
    });
  });

  it('a program of another version is told so at once', async () => {
    await start();
    const { token, call } = place();
    const caller = await connectWebCaller(bench.at(token), { hello: { version: 2 } });
    expect(await caller.next('error')).toMatchObject({ code: 'wrong_version', message: expect.stringContaining('version 1') });
    expect(await caller.closed).toBe(4400);
    expect((await listener.event(call.ref, 'hangup')).sentence).toMatch(/speaks version 2 .* speaks version 1/);
  });

  it('who connects and leaves without a hello has been there', async () => {
    await start();
    const { token, call } = place();
    (await connectWebCaller(bench.at(token), { hello: null })).vanish();
    const { cause, sentence } = await listener.event(call.ref, 'hangup');
    expect([cause, sentence]).toEqual(['cancelled', 'The caller’s program connected and was gone before it said hello.']);
  });

  it('a message that is far too long ends the call, with a sentence', async () => {
    await start();
    const { call, caller, ear } = await talk();
    caller.sound(Buffer.alloc(100_000));
    expect(await caller.closed).toBe(1009);
    expect(await ear.closed).toBe('protocol');
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({
      cause: 'carrier_error',
      sentence: 'The caller’s program sent a message of more than 64 KiB.',
    });
  });

  it('garbage without end closes the call', async () => {
    await start();
    const { call, caller, ear } = await talk();
    for (let i = 0; i < 40; i++) caller.say({ type: 'dance' });
    expect(await caller.closed).toBe(4400);
    expect(await ear.closed).toBe('protocol');
    expect((await listener.event(call.ref, 'hangup')).sentence).toMatch(/not of the protocol/);
  });

  it('a flood of sound is dropped, told, and in the end closed', async () => {
    await start();
    const { call, caller, ear } = await talk();
    for (let i = 0; i < 1500; i++) caller.sound(Buffer.alloc(32_000));
    expect(await caller.next('error')).toMatchObject({ code: 'too_fast' });
    expect(await caller.closed).toBe(4400);
    expect(ear.frames).toBeLessThan(400);
    expect((await listener.event(call.ref, 'hangup')).sentence).toMatch(/faster than real time/);
  });
});
