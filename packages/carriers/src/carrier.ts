import type { IncomingMessage } from 'node:http';
import type { Leg } from '@talkturo/voice';
import type { WebSocket } from 'ws';

/** Ids of the carriers that exist; also the `provider` of a phone number. */
export type CarrierId = 'local' | 'telnyx' | 'twilio' | 'web';

/** A call as the carrier knows it. `ref` is the carrier's id of it (Telnyx: call_control_id). */
export interface CarrierCall {
  carrier: CarrierId;
  ref: string;
}

export interface DialRequest {
  /** Our id of the call; comes back with every event of it (Telnyx: client_state). */
  callId: string;
  /** E.164. */
  from: string;
  to: string;
  /** Sent at most once for the same value: the carrier drops repeats (Telnyx: command_id). */
  commandId: string;
  /** How long it may ring. */
  ringMs: number;
  maxCallMs: number;
  machineDetection: boolean;
  /** It asks whether another call is taken, and may be connected with that one (`bridge`). */
  toBeBridged?: boolean;
}

/** Connects the far end of a call with somebody else; the server's part in the call ends when that one answers. */
export interface TransferRequest {
  /** Our id of the call; comes back with the events of the transfer. */
  callId: string;
  /** Whom to connect with, E.164. */
  to: string;
  /** The number shown there, E.164: one of ours. */
  from: string;
  /** Carried out at most once for the same value. Events of the transfer name it. */
  commandId: string;
  /** How long it may ring there before the caller is given back. */
  ringMs: number;
  /** How long the two may talk. */
  maxCallMs: number;
}

/** Why a leg that was dialled did not come to be, or how it ended. */
export type HangupCause = 'normal' | 'busy' | 'declined' | 'no_answer' | 'invalid_number' | 'cancelled' | 'time_limit' | 'carrier_error';

/** What a carrier tells about a call. Carriers deliver out of order and twice; the receiver must bear both. */
export type CarrierEvent =
  | { type: 'ringing' }
  | { type: 'answered' }
  | { type: 'machine-detection'; result: 'human' | 'machine' | 'unknown' }
  | { type: 'greeting-ended'; beep: boolean }
  /** The far end now talks with whom it was transferred to: the leg is to be released. `hangup` follows when the two are done. */
  | { type: 'transferred' }
  /** Whom it was to be transferred to did not take it: the far end is on the leg again, as before. */
  | { type: 'transfer-failed'; commandId: string; cause: HangupCause }
  /** What a leg of the call cost, in decimal USD, mostly told after its end: the call's own, or the one it was transferred to. */
  | { type: 'cost'; leg: 'own' | 'transfer'; amount: string; seconds: number | null }
  /** `sentence`: what went wrong, where the carrier can say more than a cause. */
  | { type: 'hangup'; cause: HangupCause; source: 'caller' | 'callee' | 'unknown'; sentence?: string };

export interface IncomingCall {
  ref: string;
  from: string;
  /** The number called; empty when a caller asked for an assistant itself. */
  to: string;
  /** Set when the server placed the call on a caller's behalf and has its record already. */
  callId?: string;
  /** Set when a caller of the built-in network asked for an assistant itself rather than a number. */
  assistantId?: string;
  /** Whose assistant it asked for, or whose own account at the carrier it came by: it reaches nobody else. */
  accountId?: string;
}

/** Where a carrier reports; the server's calls feature listens. */
export interface CarrierListener {
  /** Somebody calls one of our numbers. Answer with `answer` or `reject`. */
  incoming(carrier: CarrierId, call: IncomingCall): void;
  /** `eventId` is the carrier's own, for deduplication; `callId` is ours where the carrier returned it. */
  progress(call: CarrierCall, callId: string | null, eventId: string, event: CarrierEvent): void;
  /** The media socket of a call is open: sound can flow. */
  media(call: CarrierCall, callId: string | null, leg: Leg): void;
}

/** An HTTP status, with a body where the carrier wants to be told something. */
export type WebhookAnswer = number | { status: number; type: string; body: string };

/** A dial that is asked after. `ref`: the carrier's id of the call, where it had come. */
export type LookUpRequest = Pick<DialRequest, 'callId' | 'commandId'> & { ref?: string | null };

/** What a carrier knows of a dial whose answer was lost. */
export type LookUp =
  /** It may never have had it, or may have forgotten it: no proof of either. */
  | { known: false }
  /** `cause`: how it ended, where the carrier still knows. */
  | { known: true; call: CarrierCall; live: boolean; cause?: HangupCause };

/**
 * The longest a `bridge` takes until it is known whether it was accepted, and if not, the caller has sound again: Telnyx may need five commands,
 * each tried three times for 2 s with 0.6 s between, and 5 s for the sound to come back (telnyx/bridging.ts).
 */
export const BRIDGE_WITHIN_MS = 40_000;

/** A telephone network that can be dialled and that dials us. */
export interface Carrier {
  readonly id: CarrierId;
  /** Its calls are in this process and end with it. */
  readonly endsWithNode?: true | undefined;
  /** Asks for a call; resolves with the carrier's id once it is accepted (not answered). Rejects with CarrierError. */
  dial(request: DialRequest): Promise<CarrierCall>;
  answer(call: CarrierCall): Promise<void>;
  reject(call: CarrierCall, cause: 'busy' | 'declined'): Promise<void>;
  /** A call that is already over is not an error. */
  hangup(call: CarrierCall): Promise<void>;
  /**
   * Blind transfer of an answered call, where the carrier can. Resolves once it is accepted; `transferred` or `transfer-failed` follows.
   * Until then the leg stays open: what the server sends may not be heard, for the caller hears it ringing.
   * Rejects with CarrierError: `ended` when the call is over, `invalid-number`; after `timeout` and `unavailable` events tell.
   */
  transfer?(call: CarrierCall, request: TransferRequest): Promise<void>;
  /**
   * Connects the far ends of two answered calls with each other, where the carrier can: `other` was dialled to ask whether `call` is taken.
   * Settles within BRIDGE_WITHIN_MS. Resolves once it is accepted; `transferred` follows for both. The same `commandId` connects once.
   * Rejects with CarrierError, `ended` when one of the two is over; then the other is as it was. After `timeout` and `unavailable` events tell.
   */
  bridge?(call: CarrierCall, other: CarrierCall, request: { commandId: string }): Promise<void>;
  /**
   * Whoever was called to be asked has agreed: from now on `bridge` may connect the call, also from another node, and what ends its sound
   * is not taken for a hang-up. Left out where a carrier leaves the sound until it has told of the connection.
   */
  expectBridge?(call: CarrierCall): Promise<void>;
  /**
   * Presses keys towards the far end of an answered call, where the carrier can. `digits` are of 0-9 A-D * #; w waits half a second, W a second.
   * The same `commandId` presses them once. Rejects with CarrierError, `ended` when the call is over.
   */
  sendDigits?(call: CarrierCall, request: { digits: string; commandId: string }): Promise<void>;
  /** What became of a dial whose answer was lost, or whose node died, where the carrier can tell. Never dials. */
  lookUp?(request: LookUpRequest): Promise<LookUp>;
  /** Where its media socket connects to this server, and who takes the socket. Refuses with an HTTP status when the token is wrong. */
  readonly media: {
    path: string;
    /** Paths below it are the sockets of single accounts. */
    ofAccounts?: true;
    accept(socket: WebSocket, request: IncomingMessage): void;
    allows(request: IncomingMessage): boolean;
  };
  /**
   * Its webhook, if it has one: verified and parsed from the raw body. `url` is the path with the query as it was asked for.
   * What it answers with resolves when that is known, which for a carrier that waits for its orders may be seconds later.
   */
  readonly webhook?: {
    path: string;
    /** Paths below it are the webhooks of single accounts. */
    ofAccounts?: true;
    receive(headers: IncomingMessage['headers'], body: Buffer, url: string): Promise<WebhookAnswer>;
  };
  close(): Promise<void>;
}

export type CarrierErrorKind = 'auth' | 'quota' | 'rate-limit' | 'timeout' | 'unavailable' | 'refused' | 'invalid-number' | 'ended';

/** The only error a carrier adapter lets out. `timeout` and `unavailable` leave the outcome unknown: never dial again on them. */
export class CarrierError extends Error {
  readonly kind: CarrierErrorKind;
  readonly carrier: CarrierId;

  constructor(carrier: CarrierId, kind: CarrierErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CarrierError';
    this.carrier = carrier;
    this.kind = kind;
  }
}

/** Whether nobody knows what became of a command. */
export const leavesInDoubt = (error: unknown): boolean =>
  error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable');
