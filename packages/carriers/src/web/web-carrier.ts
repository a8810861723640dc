import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Clock, type Leg, systemClock, type Timer } from '@talkturo/voice';
import type { WebSocket } from 'ws';
import { type Carrier, type CarrierCall, CarrierError, type CarrierEvent, type CarrierListener, type HangupCause } from '../carrier.ts';
import { createWebCall, type WebCall, type WebHappening } from './web-call.ts';
import type { WebFormat } from './web-format.ts';
import { type ToldMessage, WEB_CLOSE, type WebErrorCode } from './web-message.ts';
import { createWebTickets, type WebPass } from './web-ticket.ts';

export interface WebCarrierOptions {
  listener: CarrierListener;
  /** The installation's: every node reads the tickets of the others. */
  secret: string;
  /** This node, whose calls can be connected to here. */
  nodeId: string;
  observe?(ref: string, callId: string | null, happening: WebHappening): void;
  /** How long a broken connection may be taken up again. */
  graceMs?: number;
  clock?: Clock;
  /** ms since 1970. */
  now?(): number;
}

/** Whom a browser or an app calls. */
export interface WebTarget {
  /** Our id of the call, where there is a record of it already. */
  callId?: string;
  from?: string;
  to?: string;
  format: WebFormat;
  /** Pages that may connect, as browsers name them (`https://example.com`); none: any, and programs. */
  origins?: readonly string[];
}

/** Calls of browsers and apps over a WebSocket: they call us, nobody can be dialled. */
export interface WebCarrier extends Carrier {
  readonly id: 'web';
  /** A call that rings at the server; `incoming` is reported. Its ticket lets one socket in, once. */
  place(target: WebTarget): { call: CarrierCall; token: string; expiresInMs: number };
  /** Tells the caller's program what happens in the call. `ended` lets go of it. */
  tell(ref: string, message: ToldMessage): void;
  /** Calls that are not over. */
  readonly liveCalls: number;
}

const MEDIA_PATH = '/media/web';
/** Letters of a refused page's origin that are kept. */
const MAX_ORIGIN = 250;
/** From the ticket to the connection: a page that asked for the microphone first has it by then. */
const CONNECT_WITHIN_MS = 60_000;
/** Long enough for a phone that changes from one network to the other, short enough for nobody to be billed for an empty room. */
const GRACE_MS = 15_000;
/** As long as a carrier lets a call last (Telnyx: 14,400 s). */
const MAX_CALL_MS = 4 * 3_600_000;
/** The record is complete moments after the call; then the caller's program is told how it ended. */
const FAREWELL_MS = 5000;

interface Entry {
  ref: string;
  callId: string | null;
  web: WebCall;
  state: 'ringing' | 'answered' | 'over';
  accepted: boolean;
  connected: boolean;
  timers: Set<Timer>;
  events: number;
  /** The record is complete and the caller's program was told, or will be when it is back. */
  told: boolean;
  /** The origin of the last page that was refused because the ticket is not for it; empty: a program's, which has none. */
  stranger: string | null;
}

/** Two came with one ticket, or it is of yesterday: what this one sends is not read. */
const turnAway = (socket: WebSocket, close: number, code: WebErrorCode, message: string): void => {
  socket.on('error', () => socket.terminate());
  socket.send(JSON.stringify({ type: 'error', code, message }));
  socket.close(close);
};

const tokenOf = (request: IncomingMessage): string => new URLSearchParams(request.url?.split('?', 2)[1]).get('token') ?? '';

export function createWebCarrier(options: WebCarrierOptions): WebCarrier {
  const { listener, clock = systemClock, graceMs = GRACE_MS, now = Date.now } = options;
  const tickets = createWebTickets(options.secret, options.nodeId, now);
  const entries = new Map<string, Entry>();
  let open = true;

  const carrierCall = ({ ref }: Entry): CarrierCall => ({ carrier: 'web', ref });
  /** Later than what caused it, so that nobody is told of a call within their own command. */
  const post = (what: () => void) => clock.setTimer(0, what);
  const tell = (entry: Entry, event: CarrierEvent) => {
    entry.events += 1;
    const eventId = `${entry.ref}.${entry.events}`;
    post(() => listener.progress(carrierCall(entry), entry.callId, eventId, event));
  };
  const after = (entry: Entry, ms: number, what: () => void) => {
    const timer = clock.setTimer(ms, what);
    entry.timers.add(timer);
  };

  const forget = (entry: Entry, error?: { code: WebErrorCode; message: string }) => {
    for (const timer of entry.timers) timer.cancel();
    entry.timers.clear();
    entries.delete(entry.ref);
    entry.web.dismiss(error);
  };

  /** Ends a call, once. The caller's program hears how it ended when the record is complete. */
  function end(
    entry: Entry,
    cause: HangupCause,
    leg: Parameters<WebCall['close']>[0],
    source: 'caller' | 'callee' | 'unknown',
    sentence?: string,
  ): void {
    if (entry.state === 'over') return;
    entry.state = 'over';
    for (const timer of entry.timers) timer.cancel();
    entry.timers.clear();
    entry.web.close(leg);
    tell(entry, { type: 'hangup', cause, source, ...(sentence === undefined ? {} : { sentence }) });
    after(entry, entry.web.away ? Math.max(graceMs, FAREWELL_MS) : FAREWELL_MS, () => forget(entry));
  }

  const begin = (entry: Entry) => {
    if (!entry.accepted || !entry.connected || entry.state !== 'ringing') return;
    entry.state = 'answered';
    entry.web.answer();
    tell(entry, { type: 'answered' });
    const leg: Leg = entry.web.leg;
    post(() => listener.media(carrierCall(entry), entry.callId, leg));
  };

  const live = ({ ref }: CarrierCall): Entry => {
    const entry = entries.get(ref);
    if (!entry || entry.state === 'over') throw new CarrierError('web', 'ended', 'The call is over.');
    return entry;
  };
  const ringing = (call: CarrierCall): Entry => {
    const entry = live(call);
    if (entry.state !== 'ringing' || entry.accepted) throw new CarrierError('web', 'refused', 'The call does not ring here.');
    return entry;
  };

  function place({ callId, from = '', to = '', format, origins }: WebTarget) {
    if (!open) throw new CarrierError('web', 'unavailable', 'This server takes no more web calls.');
    const ref = `web_${randomUUID()}`;
    // As browsers name them: in small letters, without the usual port.
    const about = { ref, ...(origins ? { origins: origins.map((page) => new URL(page).origin) } : {}) };
    const { token, nonce } = tickets.issue(about, CONNECT_WITHIN_MS);
    const web = createWebCall(
      {
        clock,
        format,
        callId: callId ?? null,
        graceMs,
        // Whether it is still good is a matter of the grace, not of the clock: it ends with the call.
        renew: () => tickets.issue(about, MAX_CALL_MS),
        connected() {
          entry.connected = true;
          begin(entry);
        },
        greeted() {
          if (entry.told) forget(entry);
        },
        observe: (happening) => options.observe?.(ref, callId ?? null, happening),
        gone(how, sentence) {
          const cause = how === 'protocol' ? 'carrier_error' : entry.state === 'ringing' ? 'cancelled' : 'normal';
          end(entry, cause, how, how === 'hangup' ? 'caller' : 'unknown', sentence);
        },
        hangup: () => end(entry, 'normal', 'local', 'callee'),
      },
      nonce,
    );
    const entry: Entry = {
      ref,
      callId: callId ?? null,
      web,
      state: 'ringing',
      accepted: false,
      connected: false,
      timers: new Set(),
      events: 0,
      told: false,
      stranger: null,
    };
    entries.set(ref, entry);
    const missed = (sentence?: string) => end(entry, 'cancelled', 'lost', 'caller', sentence);
    after(entry, CONNECT_WITHIN_MS, () => {
      if (entry.state !== 'ringing') return;
      if (entry.connected) missed();
      else if (entry.stranger === null) missed('Nobody connected to the address of the web call while it was good.');
      else if (entry.stranger === '') missed('Only a program tried to connect: the web call is for pages of its origins.');
      else missed(`Only a page of ${entry.stranger} tried to connect: it is not among the origins of the web call.`);
    });
    after(entry, MAX_CALL_MS, () => end(entry, 'time_limit', 'lost', 'unknown'));
    post(() => listener.incoming('web', { ref, from, to, ...(callId ? { callId } : {}) }));
    return { call: carrierCall(entry), token, expiresInMs: CONNECT_WITHIN_MS };
  }

  /** A page may use the ticket only where it was meant to be used; programs name no origin. */
  function allows(request: IncomingMessage): boolean {
    const pass = tickets.read(tokenOf(request));
    if (!pass) return false;
    const { origin } = request.headers;
    if (!pass.origins || pass.origins.includes(origin ?? '')) return true;
    const entry = entries.get(pass.ref);
    if (entry) entry.stranger = (origin ?? '').slice(0, MAX_ORIGIN);
    return false;
  }

  /** Why the bearer of a ticket is not let in, or the call it leads to. */
  function admit(pass: WebPass | null): Entry | [close: number, code: WebErrorCode, message: string] {
    if (!pass) return [WEB_CLOSE.token, 'token_expired', 'This address is not good.'];
    if (pass.node !== options.nodeId)
      return [WEB_CLOSE.wrongNode, 'wrong_node', 'This call waits at another node of this installation; connect again.'];
    if (pass.until * 1000 < now()) return [WEB_CLOSE.token, 'token_expired', 'This address is no longer good; ask for a new one.'];
    const entry = entries.get(pass.ref);
    if (!entry || (entry.state === 'over' && !entry.web.away)) return [WEB_CLOSE.over, 'call_over', 'This call is over.'];
    if (!entry.web.takes(pass.nonce)) return [WEB_CLOSE.token, 'token_used', 'This address was used already.'];
    return entry;
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const admitted = admit(tickets.read(tokenOf(request)));
    if (Array.isArray(admitted)) turnAway(socket, ...admitted);
    else admitted.web.connect(socket);
  }

  return {
    id: 'web',
    media: { path: MEDIA_PATH, allows, accept },
    async dial() {
      throw new CarrierError('web', 'refused', 'Browsers and apps cannot be dialled: they call by themselves.');
    },
    async answer(call) {
      const entry = ringing(call);
      entry.accepted = true;
      begin(entry);
    },
    async reject(call, cause) {
      const entry = ringing(call);
      end(entry, cause, 'local', 'callee');
      forget(entry, { code: 'busy', message: 'Nobody can take this call now.' });
    },
    async hangup({ ref }) {
      const entry = entries.get(ref);
      if (entry) end(entry, entry.state === 'ringing' ? 'cancelled' : 'normal', 'local', 'callee');
    },
    place,
    tell(ref, message) {
      const entry = entries.get(ref);
      if (!entry) return;
      entry.web.tell(message);
      if (message.type !== 'ended') return;
      entry.told = true;
      // Whose connection broke before the end may come back for it.
      if (!entry.web.away) forget(entry);
    },
    get liveCalls() {
      return [...entries.values()].filter(({ state }) => state !== 'over').length;
    },
    async close() {
      open = false;
      for (const entry of [...entries.values()]) {
        end(entry, 'normal', 'local', 'callee');
        forget(entry);
      }
      // What was posted is delivered.
      await new Promise<void>((resolve) => post(resolve));
    },
  };
}
