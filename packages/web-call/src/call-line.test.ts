import { createHandClock } from '@talkturo/voice/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CallOver, createCallLine, type LineSocket, type LineState } from './call-line.ts';

/** The other end of a connection, moved by the test. */
interface FakeSocket extends LineSocket {
  url: string;
  sent: string[];
  sound: number;
  bufferedAmount: number;
  opens(): void;
  says(message: object): void;
  breaks(code?: number): void;
  closed: boolean;
  closedWith: number | undefined;
}

let clock: ReturnType<typeof createHandClock>;
let sockets: FakeSocket[];
let states: LineState[];
let told: string[];
let over: CallOver | null;
let heard: number;

const connect = (url: string): LineSocket => {
  const socket: FakeSocket = {
    url,
    sent: [],
    sound: 0,
    binaryType: 'blob',
    bufferedAmount: 0,
    readyState: 0,
    closed: false,
    closedWith: undefined,
    onopen: null,
    onmessage: null,
    onclose: null,
    send(data) {
      if (typeof data === 'string') socket.sent.push(data);
      else socket.sound++;
    },
    close(code) {
      socket.closed = true;
      socket.closedWith = code;
    },
    opens() {
      Object.assign(socket, { readyState: 1 });
      socket.onopen?.call(socket as never, {} as Event);
    },
    says: (message) => socket.onmessage?.call(socket as never, { data: JSON.stringify(message) } as MessageEvent),
    breaks(code = 1006) {
      Object.assign(socket, { readyState: 3 });
      socket.onclose?.call(socket as never, { code } as CloseEvent);
    },
  };
  sockets.push(socket);
  return socket;
};
const last = () => sockets.at(-1)!;
const ready = (token: string, resumed = false) => ({
  type: 'ready',
  callId: 'call_1',
  format: { encoding: 'pcm16', sampleRate: 16_000 },
  resumed,
  resume: { token, withinMs: 15_000 },
});
const start = () =>
  createCallLine({
    url: 'wss://talkturo.example.com/media/web?token=first',
    clock,
    connect,
    onState: (state) => states.push(state),
    onReady: ({ resumed }) => told.push(resumed ? 'resumed' : 'ready'),
    onMessage: (message) => told.push(message.type),
    onSound: () => heard++,
    onOver: (end) => {
      over = end;
    },
  });
const live = () => {
  const line = start();
  last().opens();
  last().says(ready('second'));
  return line;
};
beforeEach(() => {
  clock = createHandClock();
  sockets = [];
  states = [];
  told = [];
  over = null;
  heard = 0;
});

describe('the connection of a call', () => {
  it('greets, and is live when the server is ready', () => {
    const line = start();
    expect(line.state).toBe('connecting');
    last().opens();
    expect(JSON.parse(last().sent[0]!)).toEqual({ type: 'hello', version: 1, sound: 'binary', after: 0, muted: false });
    line.send(new Uint8Array(2));
    expect(last().sound).toBe(0);
    last().says(ready('second'));
    line.send(new Uint8Array(2));
    expect([line.state, last().sound, told]).toEqual(['live', 1, ['ready']]);
  });

  it('comes back after a break with the newest token, and misses and repeats nothing', async () => {
    const line = live();
    last().says({ type: 'transcript', seq: 4, speaker: 'caller', final: true, turn: 1, text: 'one' });
    last().breaks();
    expect(line.state).toBe('reconnecting');
    await clock.advance(100);
    expect(new URL(last().url).searchParams.get('token')).toBe('second');
    last().opens();
    expect(JSON.parse(last().sent[0]!)).toMatchObject({ type: 'hello', after: 4 });
    last().says(ready('third', true));
    last().says({ type: 'transcript', seq: 4, speaker: 'caller', final: true, turn: 1, text: 'one' });
    last().says({ type: 'transcript', seq: 5, speaker: 'assistant', final: true, turn: 2, text: 'two' });
    expect(told).toEqual(['ready', 'transcript', 'resumed', 'transcript']);
    expect(states).toEqual(['live', 'reconnecting', 'live']);
    last().breaks();
    await clock.advance(100);
    expect(new URL(last().url).searchParams.get('token')).toBe('third');
  });

  it('tries again and again while the server waits for it, and no longer', async () => {
    live();
    for (let i = 0; i < 30 && !over; i++) {
      if (last().readyState !== 3) last().breaks();
      await clock.advance(2500);
    }
    expect(over).toMatchObject({ how: 'lost' });
    expect(sockets.length).toBeGreaterThan(5);
    expect(sockets.length).toBeLessThan(12);
    expect(clock.pending).toBe(0);
  });

  it('notices a connection that is dead without having closed', async () => {
    const line = live();
    for (let i = 0; i < 3; i++) {
      await clock.advance(4000);
      last().says({ type: 'pong', id: 'x' });
    }
    expect(line.state).toBe('live');
    const dead = last();
    await clock.advance(12_500);
    expect(dead.closed).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it.each([4400, 4401, 4404, 4409])('does not come back after %i, and says why', (code) => {
    live();
    last().says({ type: 'error', code: 'token_used', message: 'This address was used already.' });
    last().breaks(code);
    expect(over).toEqual({ how: 'refused', reason: 'token_used', message: 'This address was used already.' });
    expect(sockets).toHaveLength(1);
  });

  it.each([4401, 4404])('was not refused but lost when the call is no longer there to come back to (%i)', async (code) => {
    live();
    last().breaks();
    await clock.advance(100);
    last().opens();
    last().says({ type: 'error', code: 'call_over', message: 'This call is over.' });
    last().breaks(code);
    expect(over).toEqual({ how: 'lost', reason: 'call_over', message: 'This call is over.' });
  });

  it('was lost when the server that held it was started anew, after some tries', async () => {
    live();
    last().breaks();
    await clock.advance(100);
    for (let i = 0; i < 20 && !over; i++) {
      last().opens();
      last().says({ type: 'error', code: 'wrong_node', message: 'This call waits at another node.' });
      last().breaks(4421);
      await clock.advance(150);
    }
    expect(over).toMatchObject({ how: 'lost', reason: 'wrong_node' });
  });

  it('was refused when nobody can take it', () => {
    start();
    last().opens();
    last().says({ type: 'error', code: 'busy', message: 'Nobody can take this call now.' });
    last().breaks(1000);
    expect(over).toEqual({ how: 'refused', reason: 'busy', message: 'Nobody can take this call now.' });
  });

  it('holds for alive what answered the last ping, however long ago: timers of pages in the background stand still', async () => {
    const line = live();
    last().says({ type: 'pong', id: '1' });
    Object.assign(clock, { now: () => 60_000 });
    await clock.advance(4000);
    expect(line.state).toBe('live');
    expect(sockets).toHaveLength(1);
  });

  it('asks again where the call waits at another node, with the token it has', async () => {
    start();
    last().opens();
    last().breaks(4421);
    await clock.advance(150);
    expect(new URL(last().url).searchParams.get('token')).toBe('first');
    last().opens();
    last().says(ready('second'));
    expect(states).toEqual(['live']);
  });

  it('gives up a first connection that never came about', async () => {
    start();
    await clock.advance(6000);
    expect(over).toMatchObject({ how: 'lost' });
  });

  it('ends as the server tells it', () => {
    live();
    last().says({ type: 'ended', seq: 9, reason: 'assistant_hung_up', status: 'completed', durationSeconds: 4 });
    expect(over).toEqual({ how: 'ended', reason: 'assistant_hung_up', message: null });
    expect(last().closed).toBe(true);
  });

  it('hangs up, and waits a moment for how it ended', async () => {
    const line = live();
    line.hangUp();
    line.hangUp();
    expect(last().sent.filter((one) => one.includes('hangup'))).toHaveLength(1);
    expect(over).toBeNull();
    last().says({ type: 'ended', seq: 9, reason: 'caller_hung_up', status: 'completed', durationSeconds: 4 });
    expect(over).toMatchObject({ how: 'hung_up', reason: 'caller_hung_up' });
    const second = live();
    over = null;
    second.hangUp();
    await clock.advance(3000);
    expect(over).toMatchObject({ how: 'hung_up', reason: null });
    expect(clock.pending).toBe(0);
  });

  it.each(['connecting', 'reconnecting'] as const)('says goodbye when it hangs up while %s, or the call would go on', async (when) => {
    const line = when === 'connecting' ? start() : live();
    if (when === 'reconnecting') {
      last().breaks();
      await clock.advance(100);
    }
    last().opens();
    expect(line.state).toBe(when);
    line.hangUp();
    expect(last().closedWith).toBe(1000);
    expect(over).toMatchObject({ how: 'hung_up' });
  });

  it('says nothing of a goodbye where it only gives a dead connection up', async () => {
    live();
    const dead = last();
    await clock.advance(12_500);
    expect([dead.closed, dead.closedWith]).toEqual([true, undefined]);
  });

  it.each([true, false])('tells when it was muted between the hello and the answer (%s)', (muted) => {
    const line = start();
    line.setMuted(!muted);
    last().opens();
    line.setMuted(muted);
    expect(last().sent).toHaveLength(1);
    last().says(ready('second'));
    expect(last().sent[1]).toBe(`{"type":"mute","muted":${muted}}`);
  });

  it('sends nothing while muted, and says so again after a reconnect', async () => {
    const line = live();
    line.setMuted(true);
    line.send(new Uint8Array(2));
    expect(last().sound).toBe(0);
    expect(last().sent.at(-1)).toBe('{"type":"mute","muted":true}');
    last().breaks();
    await clock.advance(100);
    last().opens();
    expect(JSON.parse(last().sent[0]!)).toMatchObject({ muted: true });
  });

  it('drops sound that the network does not take', () => {
    const line = live();
    last().bufferedAmount = 1_000_000;
    line.send(new Uint8Array(2));
    expect(last().sound).toBe(0);
  });

  it('passes over what it does not know', () => {
    live();
    last().says({ type: 'weather', seq: 1 });
    last().onmessage?.call(last() as never, { data: '{' } as MessageEvent);
    expect(told).toEqual(['ready']);
  });
});
