import type { IncomingMessage } from 'node:http';
import type { Clock, Leg } from '@talkturo/voice';
import type { WebSocket } from 'ws';
import { type MediaSocket, openMediaLeg } from '../media-socket/media-leg.ts';
import type { StreamTokens } from '../media-socket/stream-token.ts';
import { tonesOf } from './dtmf-tones.ts';
import { startRingback } from './ringback.ts';
import { twilioFraming } from './twilio-framing.ts';

export interface TwilioLegOptions {
  clock: Clock;
  tokens: StreamTokens;
  /** Whether the upgrade carries Twilio's signature. */
  isGenuine(request: IncomingMessage): boolean;
  /** A leg has started: here is the sound of a call. */
  started(ref: string, callId: string | null, leg: Leg): void;
  /** The call has to be ended at Twilio: our side hung up, or the socket is lost while the call may go on. */
  hangup(ref: string): void;
  /** Whether a call is about to be connected with somebody else, by which Twilio takes its stream away. */
  isTransferring(ref: string): boolean;
  /** The sound of a call is over here. */
  closed(ref: string): void;
}

export interface TwilioLegs {
  allows(request: IncomingMessage): boolean;
  accept(socket: WebSocket): void;
  /** Ends the sound of a call that is over; nothing happens where there is none. */
  close(ref: string, reason: 'hangup' | 'local'): void;
  /**
   * Lets the far end hear keys. Twilio presses none while a stream is open, so they are sounds like the rest. Resolves when they were
   * played; false where there is no stream here.
   */
  sendDigits(ref: string, digits: string): Promise<boolean>;
  /** Lets the far end hear that it rings elsewhere, until the function is called that comes back. */
  ring(ref: string): () => void;
  /** Whether the sound of a call flows here. */
  streams(ref: string): boolean;
}

interface OpenLeg {
  leg: Leg;
  media: MediaSocket;
  /** Keys that were sent and may not have been played. */
  keys: number;
}

/**
 * A leg whose `clear` spares keys. They are sounds like the rest, and would be dropped with what somebody speaks over; what waits beside
 * them plays on then, which is some hundred ms. The menu of a switchboard speaks all the time.
 */
const sparingKeys = (line: OpenLeg): Leg => ({
  ...line.leg,
  clear() {
    if (line.keys === 0) line.leg.clear();
  },
});

/** Tokens are good for minutes: those used within as many calls are remembered. */
const MAX_USED = 10_000;

/**
 * The media sockets of Twilio. The upgrade must be signed, and the start message, the first that can, must bring a token of ours, once and
 * for the call it was made for.
 */
export function createTwilioLegs({
  clock,
  tokens,
  isGenuine,
  started,
  hangup,
  isTransferring,

  closed,
}: TwilioLegOptions): TwilioLegs {
  const used = new Set<string>();
  const open = new Map<string, OpenLeg>();

  const redeem = (token: string) => {
    const pass = used.has(token) ? null : tokens.read(token);
    if (!pass) return null;
    used.add(token);
    if (used.size > MAX_USED) used.delete(used.values().next().value ?? '');
    return pass;
  };

  async function sendDigits(ref: string, digits: string): Promise<boolean> {
    const line = open.get(ref);
    const tones = tonesOf(digits);
    if (!line || !tones) return false;
    line.keys += 1;
    line.leg.send(tones);
    await line.media.played();
    line.keys -= 1;
    return true;
  }

  return {
    allows: isGenuine,

    accept(socket) {
      let ref = '';
      const media = openMediaLeg(socket, {
        clock,
        framing: twilioFraming,
        sendEncoding: 'PCMU',
        answerErrors: false,
        onStart(leg, { callSid, customParameters }) {
          const pass = redeem(customParameters.token ?? '');
          // A token of one call is no way into another.
          if (!pass || (pass.ref !== undefined && pass.ref !== callSid)) return media.close('protocol');
          ref = callSid;
          const line = { leg, media, keys: 0 };
          open.set(ref, line);
          started(ref, pass.callId ?? null, sparingKeys(line));
        },
        onClosed(reason) {
          if (ref === '') return;
          open.delete(ref);
          closed(ref);
          // The call ends by itself when its socket is gone, but a broken connection may be noticed late at the other end.
          if (reason === 'lost' || reason === 'protocol') hangup(ref);
        },
        hangup: () => hangup(ref),
        // The call left the stream when it was connected with somebody else.
        release: () => {},
        sendDigits: (digits) => void sendDigits(ref, digits),
        lingers: () => isTransferring(ref),
      });
    },

    close: (ref, reason) => open.get(ref)?.media.close(reason),
    sendDigits,
    ring(ref) {
      const line = open.get(ref);
      return line ? startRingback(line.leg, clock).stop : () => {};
    },
    streams: (ref) => open.get(ref)?.media.flows ?? false,
  };
}
