import { createHash } from 'node:crypto';
import { type Clock, systemClock } from '@talkturo/voice';
import { type Carrier, type CarrierCall, CarrierError, type CarrierListener, type DialRequest } from '../carrier.ts';
import { createBridge } from './bridge.ts';
import { type Callers, createCallers } from './callers.ts';
import { createClips, type Speak } from './clips.ts';
import { ring } from './dialling.ts';
import { encodingAt } from './encoding.ts';
import { createEventPost, type Disorder } from './event-post.ts';
import { createExchange, type LocalCall } from './exchange.ts';
import type { Happening } from './telephone.ts';
import { createTicker } from './ticker.ts';
import { bridgeCalls, transferCall } from './transfers.ts';

export interface LocalNetworkOptions {
  listener: CarrierListener;
  /** The ws: address of `media.path` on this server, for the people of the network; asked when a call needs it. */
  mediaUrl(): string;
  /** The voice of the people: PCM16 mono at 8 kHz. */
  speak: Speak;
  /** Whether a number has been bought here: then it rings at the server and is no person. */
  isOurs?(number: string): boolean | Promise<boolean>;
  /** Divides ringing and pauses; 1 is real. Speech is always real. */
  speed?: number;
  clock?: Clock;
  /** Events arrive twice and out of order, as they do from carriers. */
  disorder?: Disorder;
  /** What people do. `ref` is the carrier's id of the call. */
  observe?(ref: string, happening: Happening): void;
  /** Keep the sound that voicemails record, for `observe`. */
  keepSound?: boolean;
}

/** The telephone network that is built in: simulated people, and callers that are programs. */
export interface LocalNetwork extends Carrier, Pick<Callers, 'call' | 'placeExternal'> {
  readonly id: 'local';
  lookUp: NonNullable<Carrier['lookUp']>;
  /** Calls that are not over. */
  readonly liveCalls: number;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const MAX_COMMANDS = 10_000;
const MEDIA_PATH = '/media/local';

/** The carrier's id of a call follows from the command that made it, so that a repeated command names the same call for ever. */
const refOf = (commandId: string) => `net_${createHash('sha256').update(commandId).digest('base64url').slice(0, 22)}`;

/** Starts the built-in network. It behaves as a carrier does: commands are accepted at once, events follow, sound flows over a socket. */
export const createLocalNetwork = (options: LocalNetworkOptions): LocalNetwork => {
  const { listener, clock = systemClock, speed = 1, isOurs = () => false } = options;
  const post = createEventPost(clock, options.disorder ?? null);
  const exchange = createExchange({ clock, listener, post });
  const telephone = {
    exchange,
    speed,
    ticker: createTicker(clock),
    clips: createClips(options.speak),
    keepSound: options.keepSound ?? false,
    mediaUrl: options.mediaUrl,
    observe: (call: LocalCall, happening: Happening) => options.observe?.(call.ref, happening),
  };
  const callers = createCallers({ ...telephone, listener, post });
  const bridge = createBridge({ ...telephone, ringServer: callers.ringServer });
  const dialling = { ...telephone, bridge, isOurs };
  /** The last commands that pressed keys: a repeated one presses nothing. */
  const pressed = new Set<string>();
  /** Likewise of those that connected two calls. */
  const bridged = new Set<string>();
  let open = true;

  const refuse = (kind: 'invalid-number' | 'unavailable' | 'ended' | 'refused', message: string) => {
    throw new CarrierError('local', kind, message);
  };

  const ringing = ({ ref }: CarrierCall): LocalCall => {
    const call = exchange.find(ref);
    if (!call) return refuse('ended', 'The call is over.');
    if (!call.onAnswer || call.state !== 'ringing') return refuse('refused', 'The call does not ring here.');
    return call;
  };

  const mustBeNumbers = (...numbers: string[]) => {
    for (const number of numbers) {
      if (!E164.test(number)) refuse('invalid-number', `${number} is not a phone number in E.164 form.`);
    }
  };

  const talking = ({ ref }: CarrierCall): LocalCall => {
    const call = exchange.find(ref);
    if (!call) return refuse('ended', 'The call is over.');
    if (call.state !== 'answered') return refuse('refused', 'The call is not answered yet.');
    return call;
  };

  const remember = (commands: Set<string>, commandId: string) => {
    commands.add(commandId);
    if (commands.size > MAX_COMMANDS) commands.delete(commands.values().next().value ?? '');
  };

  const dial = (request: DialRequest): CarrierCall => {
    const ref = refOf(request.commandId);
    if (exchange.knows(ref)) return { carrier: 'local', ref };
    if (!open) refuse('unavailable', 'The built-in network is closing.');
    mustBeNumbers(request.to, request.from);
    const { callId, from, to } = request;
    const call = exchange.open({ ref, callId, from, to, direction: 'outgoing', encoding: encodingAt(to) });
    ring(dialling, call, request).catch(() => exchange.end(call, 'carrier_error', 'network'));
    return { carrier: 'local', ref };
  };

  return {
    id: 'local',
    endsWithNode: true,
    media: { path: MEDIA_PATH, allows: exchange.allows, accept: exchange.accept },
    dial: async (request) => dial(request),
    async answer(call) {
      const { onAnswer } = ringing(call);
      onAnswer?.();
    },
    async reject(call, cause) {
      exchange.end(ringing(call), cause, 'server');
    },
    async hangup({ ref }) {
      const call = exchange.find(ref);
      if (call) exchange.end(call, call.state === 'ringing' ? 'cancelled' : 'normal', 'server');
    },
    async transfer(call, request) {
      const ref = refOf(request.commandId);
      if (exchange.knows(ref)) return;
      mustBeNumbers(request.to, request.from);
      transferCall(dialling, talking(call), request, ref);
    },
    async bridge(call, other, { commandId }) {
      const [one, two] = [talking(call), talking(other)];
      if (bridged.has(commandId)) return;
      remember(bridged, commandId);
      if (!bridgeCalls(exchange, one, two)) refuse('refused', 'One of the two calls has no sound here.');
    },
    async sendDigits(call, { digits, commandId }) {
      const { onDigits } = talking(call);
      if (pressed.has(commandId)) return;
      remember(pressed, commandId);
      onDigits?.(digits);
    },
    async lookUp({ commandId }) {
      const ref = refOf(commandId);
      if (!exchange.knows(ref)) return { known: false };
      return { known: true, call: { carrier: 'local', ref }, live: exchange.find(ref) !== null };
    },
    call: callers.call,
    placeExternal: callers.placeExternal,
    get liveCalls() {
      return exchange.live;
    },
    async close() {
      open = false;
      exchange.endAll();
      await post.idle();
    },
  };
};
