import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock, Leg, LegListener, Timer } from '@talkturo/voice';
import type { WebSocket } from 'ws';
import type { CarrierCall, CarrierEvent, CarrierListener, HangupCause } from '../carrier.ts';
import type { Encoding } from '../media-socket/media-framing.ts';
import { openMediaLeg } from '../media-socket/media-leg.ts';
import { TOKEN_HEADER, telnyxFraming } from '../media-socket/media-message.ts';
import type { EventPost } from './event-post.ts';
import { createSwitchedLeg, type SwitchedLeg } from './switched-leg.ts';

/** A call on the network, from its first ring to its end. */
export interface LocalCall {
  readonly ref: string;
  /** Ours, where the network was told it. */
  readonly callId: string | null;
  readonly from: string;
  readonly to: string;
  /** As the server sees it: `outgoing` was dialled by it. */
  readonly direction: 'outgoing' | 'incoming';
  /** Codec of the far end's line, in both directions. */
  readonly encoding: Encoding;
  state: 'ringing' | 'answered' | 'over';
  /** What answering does; set where the call rings at the server. */
  onAnswer: (() => void) | null;
  /** Called once when the call is over: the far end stops. */
  onOver: ((cause: HangupCause) => void) | null;
  /** Called when the server's leg presses keys. */
  onDigits: ((digits: string) => void) | null;
  /** Called when the media socket of this call has started; by default the sound is handed over. */
  onLeg: ((leg: Leg) => void) | null;
}

/** The switching of the network: which calls there are, whose media socket is whose, who is told what. */
export interface Exchange {
  /** `hear` is told what happens instead of the server: the call is the network's own. */
  open(call: Pick<LocalCall, 'ref' | 'callId' | 'from' | 'to' | 'direction' | 'encoding'>, hear?: (event: CarrierEvent) => void): LocalCall;
  /** A call that is not over. */
  find(ref: string): LocalCall | null;
  /** True for a call that was here, over or not. */
  knows(ref: string): boolean;
  answered(call: LocalCall): void;
  /** Ends a call; does nothing when it is over. `by` is the side that ended it. */
  end(call: LocalCall, cause: HangupCause, by: 'server' | 'far-end' | 'network'): void;
  tell(call: LocalCall, event: CarrierEvent): void;
  /** Hands the open leg to the server. */
  handOver(call: LocalCall, leg: Leg): void;
  /** Takes the open leg back from the server; null when it has none. */
  takeBack(call: LocalCall): TakenLeg | null;
  /** Does something when the call is over, at once when it is. */
  whenOver(call: LocalCall, what: () => void): void;
  /** Does something later in a call; not if the call is over by then. */
  after(call: LocalCall, ms: number, what: () => void): void;
  /** A secret that lets one media socket in, once. It ends with the call. */
  issueToken(call: LocalCall): string;
  /** Calls that are not over. */
  readonly live: number;
  allows(request: IncomingMessage): boolean;
  accept(socket: WebSocket, request: IncomingMessage): void;
  endAll(): void;
}

/** The far end of a call in the hands of the network. */
export interface TakenLeg {
  send(pcm: Int16Array): void;
  listen(listener: Pick<LegListener, 'frame' | 'digit'>): void;
}

export interface ExchangeOptions {
  clock: Clock;
  listener: CarrierListener;
  post: EventPost;
}

interface Entry {
  call: LocalCall;
  timers: Set<Timer>;
  token: string | null;
  closeLeg: ((reason: 'hangup' | 'local') => void) | null;
  events: number;
  hear: ((event: CarrierEvent) => void) | null;
  /** Set once the sound has been handed over. */
  line: { leg: Leg; switched: SwitchedLeg } | null;
  afterwards: (() => void)[];
}

/** Calls that are over are remembered so that a late or repeated command is known as such; the oldest are forgotten first. */
const MAX_REMEMBERED = 100_000;
/** WebSocket close code of a socket that may not be here (RFC 6455 section 7.4.1). */
const POLICY = 1008;

/** Two came with one token in the same instant: this is the second. What it sends is not read. */
const turnAway = (socket: WebSocket) => {
  socket.on('error', () => socket.terminate());
  socket.close(POLICY);
};

const tokenOf = (request: IncomingMessage): string => {
  const header = request.headers[TOKEN_HEADER];
  if (typeof header === 'string') return header;
  return new URLSearchParams(request.url?.split('?', 2)[1]).get('token') ?? '';
};

const side = (call: LocalCall, by: 'server' | 'far-end' | 'network'): 'caller' | 'callee' | 'unknown' => {
  if (by === 'network') return 'unknown';
  return (by === 'server') === (call.direction === 'outgoing') ? 'caller' : 'callee';
};

export const createExchange = ({ clock, listener, post }: ExchangeOptions): Exchange => {
  const entries = new Map<string, Entry>();
  const tokens = new Map<string, Entry>();
  const over = new Set<string>();

  const carrierCall = (call: LocalCall): CarrierCall => ({ carrier: 'local', ref: call.ref });

  const remember = (ref: string) => {
    over.add(ref);
    if (over.size <= MAX_REMEMBERED) return;
    for (const oldest of over) {
      over.delete(oldest);
      return;
    }
  };

  const tell = (entry: Entry, event: CarrierEvent) => {
    if (entry.hear) return entry.hear(event);
    entry.events += 1;
    const eventId = `${entry.call.ref}.${entry.events}`;
    post.deliver(() => listener.progress(carrierCall(entry.call), entry.call.callId, eventId, event));
  };

  const dropToken = (entry: Entry) => {
    if (entry.token) tokens.delete(entry.token);
    entry.token = null;
  };

  const exchange: Exchange = {
    open(known, hear) {
      const call: LocalCall = { ...known, state: 'ringing', onAnswer: null, onOver: null, onDigits: null, onLeg: null };
      const nothing = { timers: new Set<Timer>(), token: null, closeLeg: null, events: 0, line: null, afterwards: [] };
      entries.set(call.ref, { ...nothing, call, hear: hear ?? null });
      return call;
    },
    find: (ref) => entries.get(ref)?.call ?? null,
    knows: (ref) => entries.has(ref) || over.has(ref),
    answered(call) {
      const entry = entries.get(call.ref);
      if (!entry || call.state !== 'ringing') return;
      call.state = 'answered';
      tell(entry, { type: 'answered' });
    },
    end(call, cause, by) {
      const entry = entries.get(call.ref);
      if (!entry) return;
      entries.delete(call.ref);
      remember(call.ref);
      call.state = 'over';
      for (const timer of entry.timers) timer.cancel();
      dropToken(entry);
      entry.closeLeg?.(by === 'server' ? 'local' : 'hangup');
      call.onOver?.(cause);
      tell(entry, { type: 'hangup', cause, source: side(call, by) });
      for (const what of entry.afterwards) what();
    },
    whenOver(call, what) {
      const entry = entries.get(call.ref);
      if (entry) entry.afterwards.push(what);
      else what();
    },
    takeBack(call) {
      const line = entries.get(call.ref)?.line;
      if (!line) return null;
      return { send: (pcm) => line.leg.send(pcm), listen: (listener) => line.switched.takeBack(listener) };
    },
    tell(call, event) {
      const entry = entries.get(call.ref);
      if (entry) tell(entry, event);
    },
    handOver(call, leg) {
      const switched = createSwitchedLeg(leg);
      const entry = entries.get(call.ref);
      if (entry) entry.line = { leg, switched };
      // Once, whatever happens to events: a leg has one owner.
      clock.setTimer(0, () => listener.media(carrierCall(call), call.callId, switched.served));
    },
    after(call, ms, what) {
      const entry = entries.get(call.ref);
      if (!entry) return;
      const timer = clock.setTimer(ms, () => {
        entry.timers.delete(timer);
        what();
      });
      entry.timers.add(timer);
    },
    issueToken(call) {
      const entry = entries.get(call.ref);
      const token = randomBytes(24).toString('base64url');
      if (!entry) return token;
      dropToken(entry);
      entry.token = token;
      tokens.set(token, entry);
      return token;
    },
    get live() {
      return entries.size;
    },
    allows: (request) => tokens.has(tokenOf(request)),
    accept(socket, request) {
      const entry = tokens.get(tokenOf(request));
      if (!entry) return turnAway(socket);
      dropToken(entry);
      const { call } = entry;
      const leg = openMediaLeg(socket, {
        clock,
        framing: telnyxFraming,
        sendEncoding: call.encoding,
        answerErrors: true,
        onStart: (started) => (call.onLeg ? call.onLeg(started) : exchange.handOver(call, started)),
        onClosed(reason) {
          const cause = reason === 'protocol' ? 'carrier_error' : call.state === 'ringing' ? 'cancelled' : 'normal';
          exchange.end(call, cause, reason === 'local' ? 'server' : reason === 'hangup' ? 'far-end' : 'network');
        },
        hangup: () => exchange.end(call, 'normal', 'server'),
        sendDigits: (digits) => call.onDigits?.(digits),
      });
      entry.closeLeg = leg.close;
    },
    endAll() {
      for (const { call } of [...entries.values()]) exchange.end(call, 'normal', 'network');
    },
  };
  return exchange;
};
