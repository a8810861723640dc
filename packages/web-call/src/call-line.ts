import { FINAL_CLOSE_CODES, PROTOCOL, type ReadyMessage, readMessage, type ServerMessage, WRONG_NODE, withToken } from './protocol.ts';

/** `reconnecting`: the connection broke and is being taken up again; the call goes on meanwhile. */
export type LineState = 'connecting' | 'live' | 'reconnecting' | 'over';

/** How a call came to its end on this side. */
export interface CallOver {
  /** `ended`: told by the server; `lost`: the connection could not be taken up again; `refused`: the server did not want it. */
  how: 'ended' | 'hung_up' | 'lost' | 'refused';
  /** The call's `ended_reason`, or the code of the error. */
  reason: string | null;
  message: string | null;
}

/** What of a WebSocket is used; tests bring their own. */
export type LineSocket = Pick<
  WebSocket,
  'binaryType' | 'bufferedAmount' | 'close' | 'onclose' | 'onmessage' | 'onopen' | 'readyState' | 'send'
>;

export interface LineClock {
  now(): number;
  setTimer(ms: number, fire: () => void): { cancel(): void };
}

export interface CallLineOptions {
  /** The address `POST /api/calls/web` answered. */
  url: string;
  muted?: boolean;
  onState(state: LineState): void;
  /** The server is there; also after each reconnect. */
  onReady(message: ReadyMessage): void;
  onMessage(message: ServerMessage): void;
  /** Bytes in the agreed format. */
  onSound(bytes: ArrayBuffer): void;
  /** Time to the server and back. */
  onRoundTrip?(ms: number): void;
  /** Once. */
  onOver(over: CallOver): void;
  connect?(url: string): LineSocket;
  clock?: LineClock;
}

/** The connection of a web call: greets, keeps alive, comes back, and lets go. */
export interface CallLine {
  readonly state: LineState;
  /** Drops what cannot be sent now: late sound is worse than none. */
  send(bytes: Uint8Array<ArrayBuffer>): void;
  press(digits: string): void;
  setMuted(muted: boolean): void;
  hangUp(): void;
}

const PING_EVERY_MS = 4000;
/**
 * Nothing at all from the server for so long after a ping: the connection is dead, though nobody has said so. Counted from the ping, not
 * from what was heard last: in a page that is in the background timers may stand still for a minute.
 */
const ANSWER_WITHIN_MS = 8000;
/** A server that was not told where to go says so once; the next try is soon. */
const WRONG_NODE_TRIES = 8;
const WRONG_NODE_PAUSE_MS = 150;
/** Pauses between tries to come back; the last one repeats. */
const PAUSES_MS = [100, 300, 700, 1500, 2500];
/** A try that has not come through by then is given up. */
const TRY_MS = 6000;
/** After hanging up the server tells how the call ended; it is not waited for longer. */
const FAREWELL_MS = 3000;
/** Half a second of 24 kHz sound that the network has not taken. */
const MAX_UNSENT_BYTES = 24_000;
const OPEN = 1;

const realClock: LineClock = {
  now: () => performance.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Connects at once. */
export function createCallLine(options: CallLineOptions): CallLine {
  const { clock = realClock, connect = (url: string) => new WebSocket(url) } = options;
  let { url } = options;
  let state: LineState = 'connecting';
  let socket: LineSocket | null = null;
  const timers = new Set<{ cancel(): void }>();
  let muted = options.muted ?? false;
  let seen = 0;
  /** What the server knows of `muted` on this connection. */
  let toldMuted = muted;
  /** The first ping since the server was heard last. */
  let askedAt: number | null = null;
  let pings = new Map<string, number>();
  let pingCount = 0;
  let graceMs = 0;
  let brokeAt = 0;
  let tries = 0;
  let astray = 0;
  let error: { code: string; message: string } | null = null;
  let leaving = false;

  const after = (ms: number, fire: () => void) => {
    const timer = clock.setTimer(ms, () => {
      timers.delete(timer);
      fire();
    });
    timers.add(timer);
  };
  const cancelTimers = () => {
    for (const timer of timers) timer.cancel();
    timers.clear();
  };
  const enter = (next: LineState) => {
    if (state === next) return;
    state = next;
    options.onState(next);
  };
  const say = (message: object) => {
    if (socket?.readyState === OPEN) socket.send(JSON.stringify(message));
  };
  const tellMuted = () => {
    if (muted === toldMuted) return;
    toldMuted = muted;
    say({ type: 'mute', muted });
  };
  /** @param code 1000 says goodbye; without it the server waits for us to come back. */
  const letGo = (code?: 1000) => {
    cancelTimers();
    const mine = socket;
    socket = null;
    if (!mine) return;
    mine.onopen = null;
    mine.onmessage = null;
    mine.onclose = null;
    mine.close(code);
  };
  const finish = (over: CallOver) => {
    if (state === 'over') return;
    letGo(leaving ? 1000 : undefined);
    enter('over');
    options.onOver(over);
  };

  function ping() {
    if (askedAt !== null && clock.now() - askedAt >= ANSWER_WITHIN_MS) return broke();
    askedAt ??= clock.now();
    const id = String(++pingCount);
    pings.set(id, clock.now());
    say({ type: 'ping', id });
    after(PING_EVERY_MS, ping);
  }

  function take(message: ServerMessage) {
    if (message.seq) {
      if (message.seq <= seen) return;
      seen = message.seq;
    }
    if (message.type === 'ready') {
      url = withToken(url, message.resume.token);
      graceMs = message.resume.withinMs;
      tries = 0;
      astray = 0;
      cancelTimers();
      enter('live');
      // Changed since the hello.
      tellMuted();
      options.onReady(message);
      ping();
      return;
    }
    if (message.type === 'pong') {
      const sentAt = pings.get(message.id);
      pings.delete(message.id);
      if (sentAt !== undefined) options.onRoundTrip?.(clock.now() - sentAt);
      return;
    }
    if (message.type === 'error') error = message;
    options.onMessage(message);
    if (message.type === 'ended') finish({ how: leaving ? 'hung_up' : 'ended', reason: message.reason, message: null });
  }

  /** The connection is gone without a good-bye. */
  function broke() {
    letGo();
    if (leaving) return finish({ how: 'hung_up', reason: null, message: null });
    if (graceMs === 0) return finish({ how: 'lost', reason: error?.code ?? null, message: error?.message ?? null });
    if (state !== 'reconnecting') {
      brokeAt = clock.now();
      enter('reconnecting');
    }
    if (clock.now() - brokeAt > graceMs) return finish({ how: 'lost', reason: null, message: null });
    after(PAUSES_MS[Math.min(tries++, PAUSES_MS.length - 1)]!, open);
  }

  function closed(code: number) {
    if (code === WRONG_NODE && astray++ < WRONG_NODE_TRIES) {
      letGo();
      after(WRONG_NODE_PAUSE_MS, open);
      return;
    }
    const busy = code === 1000 && error?.code === 'busy';
    if (FINAL_CLOSE_CODES.has(code) || code === WRONG_NODE || busy) {
      // Who wanted to come back was not refused: the call is no longer there, as after a server that was started anew.
      const how = state === 'reconnecting' ? 'lost' : 'refused';
      return finish({ how, reason: error?.code ?? null, message: error?.message ?? null });
    }
    if (code === 1000) return finish({ how: leaving ? 'hung_up' : 'ended', reason: null, message: null });
    broke();
  }

  function open(): void {
    error = null;
    pings = new Map();
    askedAt = null;
    const mine = connect(url);
    socket = mine;
    mine.binaryType = 'arraybuffer';
    mine.onopen = () => {
      toldMuted = muted;
      say({ type: 'hello', version: PROTOCOL, sound: 'binary', after: seen, muted });
    };
    mine.onmessage = ({ data }: MessageEvent) => {
      askedAt = null;
      if (typeof data !== 'string') return options.onSound(data as ArrayBuffer);
      const message = readMessage(data);
      if (message) take(message);
    };
    mine.onclose = ({ code }: { code: number }) => closed(code);
    after(TRY_MS, broke);
  }

  open();
  return {
    get state() {
      return state;
    },
    send(bytes) {
      if (state !== 'live' || muted || !socket || socket.readyState !== OPEN) return;
      if (socket.bufferedAmount <= MAX_UNSENT_BYTES) socket.send(bytes);
    },
    press: (digits) => say({ type: 'digits', digits }),
    setMuted(wanted) {
      muted = wanted;
      if (state === 'live') tellMuted();
    },
    hangUp() {
      if (state === 'over' || leaving) return;
      leaving = true;
      if (state !== 'live') return finish({ how: 'hung_up', reason: null, message: null });
      say({ type: 'hangup' });
      after(FAREWELL_MS, () => finish({ how: 'hung_up', reason: null, message: null }));
    },
  };
}
