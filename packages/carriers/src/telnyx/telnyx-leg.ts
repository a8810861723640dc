import type { IncomingMessage } from 'node:http';
import type { Clock, Leg } from '@talkturo/voice';
import type { WebSocket } from 'ws';
import type { MediaEncoding } from '../media-socket/media-framing.ts';
import { type MediaSocket, openMediaLeg } from '../media-socket/media-leg.ts';
import { TOKEN_HEADER, telnyxFraming } from '../media-socket/media-message.ts';
import type { ByteOrder } from '../media-socket/sample-order.ts';
import type { StreamPass, StreamTokens } from '../media-socket/stream-token.ts';
import { readClientState } from './client-state.ts';
import { createResumableLeg, type ResumableLeg } from './resumable-leg.ts';

export interface TelnyxLegOptions {
  clock: Clock;
  codec: MediaEncoding;
  /** Of the bytes of L16, where the operator has said it. */
  l16Order: ByteOrder | null;
  tokens: StreamTokens;
  /** A leg has started: here is the sound of a call. */
  started(ref: string, callId: string | null, leg: Leg): void;
  /** The call has to be ended at Telnyx: our side hung up, or the socket is lost while the call may go on. */
  hangup(ref: string): void;
  /** Whether a call is about to be connected with somebody else, by which its stream may end before that is told. */
  isConnecting(ref: string): boolean;
  /** The sound was stopped in good order a while ago: mostly because the call is over. */
  stopped(ref: string): void;
  /** Our part in a call is over and the call goes on. */
  released(ref: string): void;
  sendDigits(ref: string, digits: string): void;
  /** Telnyx could not take what we sent, for the first time on a socket: the title of its error. */
  complained(title: string): void;
}

export interface TelnyxLegs {
  allows(request: IncomingMessage): boolean;
  accept(socket: WebSocket, request: IncomingMessage): void;
  /** Ends the sound of a call that is over; nothing happens where there is none. */
  close(ref: string, reason: 'hangup' | 'local'): void;
  /** Resolves when the sound of a call has come back over another socket, or has not in a while. Sound that never was here does not. */
  resumed(ref: string): Promise<void>;
}

interface OpenLeg {
  media: MediaSocket;
  line: ResumableLeg;
}

/** WebSocket close code of a socket that may not be here (RFC 6455 section 7.4.1). */
const POLICY = 1008;
/**
 * The order of L16's bytes is not documented: Telnyx's own demo sends the low byte first, others swap to the RFC's order. Each stream is
 * listened to; what was found on the last one is the best guess for the next, whose greeting comes before its caller has made a sound.
 */
const LIKELY_ORDER: ByteOrder = 'little';
/** After the end of a call its stream is stopped, and its hang-up told within moments. */
const STOPPED_MS = 5_000;
/** Telnyx opens a socket at once when it is told to. */
const RESUMED_WITHIN_MS = 5_000;
/** Tokens are good for minutes: those used within as many calls are remembered. */
const MAX_USED = 10_000;

/** Dialling passes the token as a header, answering can only put it into the address. */
function tokenOf(request: IncomingMessage): string {
  const header = request.headers[TOKEN_HEADER];
  if (typeof header === 'string') return header;
  return new URLSearchParams(request.url?.split('?', 2)[1]).get('token') ?? '';
}

/** The media sockets of Telnyx: each with a token of ours, once. Sound is in the codec that the start message names. */
export function createTelnyxLegs({
  clock,
  codec,
  l16Order,
  tokens,
  started,
  hangup,
  released,
  stopped,
  isConnecting,
  sendDigits,
  complained,
}: TelnyxLegOptions): TelnyxLegs {
  const used = new Set<string>();
  let likelyOrder = LIKELY_ORDER;
  const open = new Map<string, OpenLeg>();
  const awaited = new Map<string, () => void>();

  const passOf = (request: IncomingMessage): StreamPass | null => {
    const token = tokenOf(request);
    return used.has(token) ? null : tokens.read(token);
  };

  const use = (token: string) => {
    used.add(token);
    if (used.size <= MAX_USED) return;
    for (const oldest of used) {
      used.delete(oldest);
      return;
    }
  };

  return {
    allows: (request) => passOf(request) !== null,

    accept(socket, request) {
      const pass = passOf(request);
      if (!pass) {
        socket.close(POLICY);
        return;
      }
      use(tokenOf(request));
      let ref = pass.ref ?? '';
      let letGo = false;
      const media: MediaSocket = openMediaLeg(socket, {
        clock,
        framing: telnyxFraming,
        sendEncoding: codec,
        sampleOrder: {
          told: l16Order,
          likely: likelyOrder,
          found(order) {
            likelyOrder = order;
          },
        },
        answerErrors: false,
        onStart(leg, { start }) {
          // A token of one call is no way into another.
          if (ref !== '' && ref !== start.call_control_id) {
            ref = '';
            return media.close('protocol');
          }
          ref = start.call_control_id;
          const before = open.get(ref);
          if (before && !before.line.resume(leg)) {
            ref = '';
            return media.close('protocol');
          }
          const line = before?.line ?? createResumableLeg(leg);
          open.set(ref, { media, line });
          if (!before) return started(ref, pass.callId ?? readClientState(start.client_state)?.callId ?? null, line.served);
          before.media.close('local');
          awaited.get(ref)?.();
        },
        onClosed(reason) {
          const held = open.get(ref);
          // The sound of the call is at another socket by now.
          if (held && held.media !== media) return;
          open.delete(ref);
          // Telnyx does not end a call whose media socket is gone; nobody could hear anything any more.
          if (ref === '' || letGo) return;
          if (reason === 'lost' || reason === 'protocol') hangup(ref);
          else if (reason === 'hangup') clock.setTimer(STOPPED_MS, () => stopped(ref));
        },
        hangup: () => hangup(ref),
        release() {
          letGo = true;
          released(ref);
        },
        lingers: () => pass.toBeBridged === true || isConnecting(ref),
        complained,
        sendDigits: (digits) => sendDigits(ref, digits),
      });
    },

    close: (ref, reason) => open.get(ref)?.media.close(reason),

    async resumed(ref) {
      if (!open.has(ref)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = clock.setTimer(RESUMED_WITHIN_MS, resolve);
      awaited.set(ref, resolve);
      await promise;
      timer.cancel();
      awaited.delete(ref);
    },
  };
}
