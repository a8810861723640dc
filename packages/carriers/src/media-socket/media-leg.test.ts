import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeAlaw, encodeAlaw, encodeUlaw, type Leg, type LegCloseReason, systemClock } from '@talkturo/voice';
import { createHandClock, type HandClock } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { listenTo } from '../testing/index.ts';
import { type MediaCounts, type MediaLegOptions, openMediaLeg } from './media-leg.ts';
import { MAX_MESSAGE_BYTES, type StartMessage, telnyxFraming } from './media-message.ts';

/** A far end that the test drives message by message, over a real socket. */
interface Wire {
  far: WebSocket;
  /** What our side said so far. */
  said: { event: string; payload?: { code: number; title: string }; media?: { payload: string } }[];
  /** The next message of ours with that event. */
  next(event: string): Promise<Wire['said'][number]>;
  leg: Promise<Leg>;
  over: Promise<{ reason: LegCloseReason; counts: MediaCounts }>;
  farClosed: Promise<number>;
  hangups: number;
}

let server: Server;
let sockets: WebSocketServer;

beforeEach(async () => {
  server = createServer();
  sockets = new WebSocketServer({ server, maxPayload: MAX_MESSAGE_BYTES });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  await new Promise((resolve) => server.close(resolve));
});

const connect = async (options: Partial<MediaLegOptions<StartMessage>> = {}, client: ClientOptions = {}): Promise<Wire> => {
  const accepted = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, client);
  const said: Wire['said'] = [];
  const waiters: { event: string; resolve(message: Wire['said'][number]): void }[] = [];
  far.on('message', (data) => {
    const message = JSON.parse(data.toString());
    said.push(message);
    const index = waiters.findIndex((one) => one.event === message.event);
    if (index >= 0) waiters.splice(index, 1)[0]?.resolve(message);
  });
  far.on('error', () => {});
  const socket = await accepted;
  if (far.readyState !== WebSocket.OPEN) await new Promise((resolve) => far.once('open', resolve));
  const wire: Partial<Wire> = {
    far,
    said,
    hangups: 0,
    next: (event) => new Promise((resolve) => waiters.push({ event, resolve })),
    farClosed: new Promise((resolve) => far.once('close', resolve)),
  };
  wire.leg = new Promise((onStart) => {
    wire.over = new Promise((resolve) => {
      openMediaLeg(socket, {
        clock: systemClock,
        framing: telnyxFraming,
        sendEncoding: 'PCMU',
        answerErrors: true,
        onStart,
        onClosed: (reason, counts) => resolve({ reason, counts }),
        hangup: () => {
          wire.hangups = (wire.hangups ?? 0) + 1;
        },
        ...options,
      });
    });
  });
  return wire as Wire;
};

const say = (wire: Wire, message: object) => wire.far.send(JSON.stringify(message));
const start = (wire: Wire, encoding = 'PCMU', rate = 8000) =>
  say(wire, {
    event: 'start',
    sequence_number: '1',
    stream_id: 's1',
    start: { call_control_id: 'c1', media_format: { encoding, sample_rate: rate, channels: 1 } },
  });
const sound = (wire: Wire, bytes: Uint8Array, chunk: number, track = 'inbound') =>
  say(wire, {
    event: 'media',
    stream_id: 's1',
    media: { track, chunk: String(chunk), timestamp: '0', payload: Buffer.from(bytes).toString('base64') },
  });
const ramp = (length: number) => Int16Array.from({ length }, (_, i) => (i * 251) % 20000);

describe('a media socket', () => {
  it('delivers frames of 20 ms in order, whatever the pieces they came in', async () => {
    const wire = await connect();
    say(wire, { event: 'connected', version: '1.0.0' });
    start(wire);
    const ear = listenTo(await wire.leg);
    const bytes = encodeUlaw(ramp(800));
    const pieces = [bytes.subarray(0, 100), bytes.subarray(100, 420), bytes.subarray(420, 421), bytes.subarray(421)];
    for (const index of [0, 2, 1, 3]) sound(wire, pieces[index]!, index + 1);
    await ear.heard(5);
    expect([...ear.frameLengths]).toEqual([160]);
    expect(encodeUlaw(ear.pcm)).toEqual(bytes);
  });

  it('reads A-law where the start message says so, and the other track not at all', async () => {
    const wire = await connect();
    start(wire, 'PCMA');
    const ear = listenTo(await wire.leg);
    const bytes = encodeAlaw(ramp(160));
    sound(wire, new Uint8Array(160), 1, 'outbound');
    sound(wire, bytes, 1);
    await ear.heard(1);
    expect(ear.pcm).toEqual(decodeAlaw(bytes));
  });

  it('keeps what comes before anybody listens', async () => {
    const wire = await connect();
    start(wire);
    const leg = await wire.leg;
    for (let chunk = 1; chunk <= 3; chunk++) sound(wire, new Uint8Array(160).fill(chunk), chunk);
    say(wire, { event: 'dtmf', sequence_number: '9', stream_id: 's1', occurred_at: new Date().toISOString(), dtmf: { digit: '7' } });
    say(wire, { event: 'stop', sequence_number: '10', stream_id: 's1', stop: { call_control_id: 'c1' } });
    expect((await wire.over).reason).toBe('hangup');
    const ear = listenTo(leg);
    expect(ear.frames).toBe(3);
    expect(ear.digits).toBe('7');
    expect(await ear.closed).toBe('hangup');
  });

  it('sends sound and clears it', async () => {
    const wire = await connect();
    start(wire);
    const leg = await wire.leg;
    const heard = wire.next('media');
    leg.send(ramp(160));
    expect(Buffer.from((await heard).media?.payload ?? '', 'base64')).toEqual(Buffer.from(encodeUlaw(ramp(160))));
    const cleared = wire.next('clear');
    leg.clear();
    await cleared;
  });

  it('hangs up at the carrier once, and says so once', async () => {
    const wire = await connect();
    start(wire);
    const leg = await wire.leg;
    const ear = listenTo(leg);
    leg.hangup();
    leg.hangup();
    leg.send(ramp(160));
    expect(await ear.closed).toBe('local');
    expect(await wire.farClosed).toBe(1000);
    expect(wire.hangups).toBe(1);
    expect(ear.timesClosed).toBe(1);
  });

  it('lives on while sound comes, although the other side answers no pings, and is lost when nothing comes', async () => {
    const clock = createHandClock();
    const wire = await connect({ clock }, { autoPong: false });
    start(wire);
    const ear = listenTo(await wire.leg);
    for (let quarter = 1; quarter <= 3; quarter++) {
      await clock.advance(15_000);
      sound(wire, encodeUlaw(ramp(160)), quarter);
      await ear.heard(quarter);
    }
    await clock.advance(15_000);
    await clock.advance(15_000);
    expect((await wire.over).reason).toBe('lost');
    expect(ear.frames).toBe(3);
  });

  it('takes a closed page as hanging up and a broken connection as lost', async () => {
    const page = await connect();
    start(page);
    await page.leg;
    page.far.close(1001);
    expect((await page.over).reason).toBe('hangup');
    const cable = await connect();
    start(cable);
    await cable.leg;
    cable.far.terminate();
    expect((await cable.over).reason).toBe('lost');
  });
});

describe('a far end that breaks the rules', () => {
  const garbage: [string, (wire: Wire) => void, number][] = [
    ['text that is not JSON', (wire) => wire.far.send('hello'), 100003],
    ['JSON that is no message', (wire) => wire.far.send('[1,2,3]'), 100003],
    ['an event that does not exist', (wire) => say(wire, { event: 'dance' }), 100003],
    ['bytes', (wire) => wire.far.send(Buffer.from([1, 2, 3])), 100003],
    ['a second start', (wire) => start(wire), 100003],
    ['a key that is none', (wire) => say(wire, { event: 'dtmf', dtmf: { digit: 'x' } }), 100003],
    [
      'a payload that is not base64',
      (wire) => say(wire, { event: 'media', media: { track: 'inbound', chunk: '1', payload: '?' } }),
      100004,
    ],
    ['a pretty-printed payload that is not base64', (wire) => wire.far.send('{ "event": "media", "media": { "payload": "?" } }'), 100004],
  ];
  it.each(garbage)('is told about %s, and the call goes on', async (_what, send, code) => {
    const wire = await connect();
    start(wire);
    const ear = listenTo(await wire.leg);
    const error = wire.next('error');
    send(wire);
    expect((await error).payload?.code).toBe(code);
    sound(wire, new Uint8Array(160), 1);
    await ear.heard(1);
    wire.far.close(1000);
    expect((await wire.over).counts).toMatchObject({ garbage: 1, frames: 1 });
  });

  it('is told that sound before the start is not taken', async () => {
    const wire = await connect();
    const error = wire.next('error');
    sound(wire, new Uint8Array(160), 1);
    expect((await error).payload).toMatchObject({ code: 100003, title: 'malformed_frame' });
  });

  it('is closed when it sends too much garbage', async () => {
    const wire = await connect();
    start(wire);
    const ear = listenTo(await wire.leg);
    for (let i = 0; i < 100; i++) wire.far.send('garbage');
    expect(await ear.closed).toBe('protocol');
    expect(await wire.farClosed).toBe(1008);
    expect((await wire.over).counts.garbage).toBeLessThan(30);
  });

  it('is closed when it names a codec that we do not speak', async () => {
    const wire = await connect();
    const error = wire.next('error');
    start(wire, 'OPUS', 16000);
    expect((await error).payload?.code).toBe(100004);
    expect((await wire.over).reason).toBe('protocol');
  });

  it('is closed when a message is too large', async () => {
    const wire = await connect();
    start(wire);
    await wire.leg;
    wire.far.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    expect((await wire.over).reason).toBe('protocol');
  });

  it('is closed when it floods: a million frames cost neither memory nor other calls', async () => {
    const wire = await connect();
    start(wire);
    const ear = listenTo(await wire.leg);
    const frame = JSON.stringify({
      event: 'media',
      media: { track: 'inbound', payload: Buffer.alloc(160, 0xff).toString('base64') },
    });
    let sent = 0;
    let open = true;
    wire.far.once('close', () => {
      open = false;
    });
    while (open && sent < 1_000_000) {
      for (let i = 0; i < 500; i++) wire.far.send(frame);
      sent += 500;
      while (open && wire.far.bufferedAmount > 1_000_000) await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ear.closed).toBe('protocol');
    const { counts } = await wire.over;
    expect(counts.frames).toBeLessThan(1000);
    expect(wire.said.filter((one) => one.payload?.code === 100005).length).toBeGreaterThan(0);
  });
});

describe('time on a media socket', () => {
  const advanceUntil = async (clock: HandClock, over: Promise<unknown>, ms: number) => {
    let done = false;
    over.then(() => {
      done = true;
    });
    for (let passed = 0; !done && passed < ms; passed += 100) await clock.advance(100);
    return done;
  };

  it('ends a connection that never says what it is', async () => {
    const clock = createHandClock();
    const wire = await connect({ clock });
    await clock.advance(9_900);
    expect(wire.far.readyState).toBe(WebSocket.OPEN);
    await clock.advance(200);
    expect((await wire.over).reason).toBe('protocol');
  });

  it('is lost when the far end no longer answers', async () => {
    const clock = createHandClock();
    const wire = await connect({ clock });
    start(wire);
    await wire.leg;
    wire.far.pause();
    expect(await advanceUntil(clock, wire.over, 60_000)).toBe(true);
    expect((await wire.over).reason).toBe('lost');
    expect(clock.now()).toBeLessThan(31_000);
  });

  it('takes a burst after a stall, for a network delivers late at once', async () => {
    const clock = createHandClock();
    const wire = await connect({ clock });
    start(wire);
    const ear = listenTo(await wire.leg);
    for (let chunk = 1; chunk <= 150; chunk++) sound(wire, new Uint8Array(160), chunk);
    await ear.heard(150);
    wire.far.close(1000);
    expect((await wire.over).counts).toMatchObject({ frames: 150, flooded: 0 });
  });

  it('lets real time pass for ever', async () => {
    const clock = createHandClock();
    const wire = await connect({ clock });
    start(wire);
    const ear = listenTo(await wire.leg);
    for (let second = 0; second < 20; second++) {
      for (let i = 0; i < 50; i++) sound(wire, new Uint8Array(160), second * 50 + i + 1);
      await ear.heard((second + 1) * 50);
      await clock.advance(1000);
    }
    wire.far.close(1000);
    expect((await wire.over).counts).toMatchObject({ frames: 1000, flooded: 0 });
  });
});
