import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '@talkturo/voice';
import { accountPath } from '../account-path.ts';
import { type Carrier, type CarrierCall, CarrierError, type CarrierListener, type DialRequest } from '../carrier.ts';
import type { MediaEncoding } from '../media-socket/media-framing.ts';
import type { ByteOrder } from '../media-socket/sample-order.ts';
import { createStreamTokens } from '../media-socket/stream-token.ts';
import { createUnheardHangups } from '../rest/unheard-hangups.ts';
import { createUnreadyCarrier } from '../unready-carrier.ts';
import { createBlindTransfers } from './blind-transfers.ts';
import { createBridging } from './bridging.ts';
import { createKnownCalls } from './known-calls.ts';
import { createSoundAgain } from './sound-again.ts';
import type { TelnyxApi } from './telnyx-api.ts';
import { createTelnyxControl, type MachineDetection, type StreamAddress } from './telnyx-control.ts';
import { createTelnyxLegs } from './telnyx-leg.ts';
import { createTelnyxNews } from './telnyx-news.ts';
import { isGenuine, parseWebhook, readPublicKey } from './telnyx-webhook.ts';

export interface TelnyxCarrierOptions {
  api: TelnyxApi;
  listener: CarrierListener;
  /** Id of the call control application. */
  connectionId: string;
  /** Base64 of the account's raw public key. */
  publicKey: string;
  machineDetection?: MachineDetection;
  /** Where one of several Telnyx accounts of this installation is meant: its webhook and media socket have it in their paths. */
  account?: string | undefined;
  /** Codec of media sockets; PCMU unless said. G722 and L16 carry 16 kHz where the line does. */
  codec?: MediaEncoding;
  /** Which byte of a sample of L16 comes first; found out from the sound unless said. */
  l16Order?: ByteOrder | null;
  /** The installation's secret: media sockets prove with it which call they belong to. */
  secret: string;
  /** Address at which Telnyx reaches this server, without a slash at the end: https://… */
  publicUrl(): string;
  clock?: Clock;
  /** Ms since 1970, for signatures. */
  now?(): number;
  /** Something the operator should know of: constant text, and what it is about. */
  warn?(message: string, about: { type?: string; error?: unknown }): void;
}

const MEDIA_PATH = '/media/telnyx';
const WEBHOOK_PATH = '/webhooks/telnyx';
/** Where Telnyx reports, below the server's public address. */
export const telnyxWebhookPath = (account?: string): string => accountPath(WEBHOOK_PATH, account);
/** From the answer to the opening of the media socket; Telnyx opens it at once. */
const OPEN_WITHIN_MS = 60_000;

/**
 * Telnyx: commands over its REST API, events by webhook, sound over its media streaming.
 * A dial is sent once for a command id; a repeat gets the same call, or the same failure.
 */
export function createTelnyxCarrier(options: TelnyxCarrierOptions): Carrier & Required<Pick<Carrier, 'lookUp' | 'webhook'>> {
  const { api, listener, clock = systemClock, now = Date.now, warn = () => {}, codec = 'PCMU' } = options;
  const publicKey = readPublicKey(options.publicKey);
  const webhookPath = telnyxWebhookPath(options.account);
  const mediaPath = accountPath(MEDIA_PATH, options.account);
  const tokens = createStreamTokens(options.secret, 'telnyx', now, options.account);
  const known = createKnownCalls();
  const dials = new Map<string, Promise<CarrierCall>>();
  const control = createTelnyxControl(api, {
    connectionId: options.connectionId,
    machineDetection: options.machineDetection ?? 'standard',
    codec,
    webhookUrl: () => options.publicUrl() + webhookPath,
  });
  const transfers = new Map<string, Promise<void>>();
  const hangups = createUnheardHangups(clock, control.hangup);

  const callOf = (ref: string): CarrierCall => ({ carrier: 'telnyx', ref });
  const mediaUrl = () => options.publicUrl().replace(/^http/, 'ws') + mediaPath;

  /** Of an answered call: its address alone can carry the token. */
  const streamTo = (ref: string): StreamAddress => ({ url: `${mediaUrl()}?token=${tokens.issue({ ref }, OPEN_WITHIN_MS)}` });

  /** What nobody waits for: the end of a call is reported by webhook, a failure to the operator. */
  const inBackground = (what: Promise<void>, message: string) => {
    what.catch((error: unknown) => {
      if (!(error instanceof CarrierError) || error.kind !== 'ended') warn(message, { error });
    });
  };

  async function end(ref: string): Promise<void> {
    known.get(ref).ended = true;
    legs.close(ref, 'local');
    await control.hangup(ref).catch((error: unknown) => {
      hangups.failed(ref, error);
      throw error;
    });
  }

  const endInBackground = (ref: string, message = 'a call could not be ended at Telnyx') => inBackground(end(ref), message);

  const legs = createTelnyxLegs({
    clock,
    codec,
    l16Order: options.l16Order ?? null,
    tokens,
    started(ref, callId, leg) {
      const call = known.get(ref);
      call.answered = true;
      listener.media(callOf(ref), callId ?? call.callId, leg);
    },
    isConnecting: (ref) => known.get(ref).connecting,
    released: (ref) => inBackground(control.stopStreaming(ref), 'Telnyx still sends the sound of a call that was transferred'),
    hangup: (ref) => endInBackground(ref),
    // Its hang-up may have been told to another node; then Telnyx says that the call is over, which is no error.
    stopped(ref) {
      const { over, transferred } = known.get(ref);
      if (!over && !transferred) endInBackground(ref);
    },
    complained: (title) => warn('Telnyx could not take sound of ours', { type: title }),
    sendDigits: (ref, digits) => inBackground(control.sendDigits(ref, digits, randomUUID()), 'digits could not be sent by Telnyx'),
  });

  const soundAgain = createSoundAgain({ control, legs, streamTo, end: (ref) => endInBackground(ref) });
  const bridge = createBridging({ control, soundAgain });
  const blind = createBlindTransfers({ clock, known, control, soundAgain });

  async function dial(request: DialRequest): Promise<CarrierCall> {
    const stream: StreamAddress = {
      url: mediaUrl(),
      token: tokens.issue({ callId: request.callId, ...(request.toBeBridged && { toBeBridged: true }) }, request.ringMs + OPEN_WITHIN_MS),
    };
    const ref = await control.dial(request, stream);
    known.learn(ref, request);
    return callOf(ref);
  }

  /** Never twice for a command: while Telnyx drops repeats only for a minute, we remember. */
  function once<T>(done: Map<string, Promise<T>>, commandId: string, work: () => Promise<T>): Promise<T> {
    const before = done.get(commandId);
    if (before) return before;
    const doing = work();
    done.set(commandId, doing);
    if (done.size > 50_000) done.delete(done.keys().next().value ?? '');
    return doing;
  }

  const receive = createTelnyxNews({ clock, known, legs, listener, hangups, giveBack: blind.giveBack, endInBackground, warn });

  return {
    id: 'telnyx',
    media: { path: mediaPath, allows: legs.allows, accept: legs.accept },
    webhook: {
      path: webhookPath,
      async receive(headers, body) {
        if (!isGenuine(publicKey, headers, body, now())) {
          warn('a webhook without a valid signature of Telnyx was refused', {});
          return 401;
        }
        const webhook = parseWebhook(body);
        if (!webhook) {
          warn('Telnyx sent a webhook of an unknown form; the application must use webhook_api_version 2', {});
          return 400;
        }
        if (known.isNew(webhook.id)) receive(webhook);
        return 200;
      },
    },
    dial: (request) => once(dials, request.commandId, () => dial(request)),
    async answer({ ref }) {
      await control.answer(ref, streamTo(ref)).catch((error: unknown) => {
        // It may be answered all the same, and nobody would speak to the caller.
        if (!(error instanceof CarrierError) || error.kind !== 'ended') endInBackground(ref);
        throw error;
      });
    },
    async reject({ ref }, cause) {
      await control.reject(ref, cause).catch((error: unknown) => {
        // It would ring on until its caller has had enough.
        hangups.failed(ref, error);
        throw error;
      });
    },
    hangup: ({ ref }) => end(ref),
    transfer: ({ ref }, request) =>
      once(transfers, request.commandId, () => {
        known.get(ref).connecting = true;
        return blind.begin(ref, request);
      }),
    bridge: ({ ref }, other, { commandId }) =>
      once(transfers, commandId, () => {
        for (const one of [ref, other.ref]) known.get(one).connecting = true;
        return bridge(ref, other.ref, commandId);
      }),
    sendDigits: ({ ref }, { digits, commandId }) => control.sendDigits(ref, digits, commandId),
    /** What was reported here first; then the list of live calls, for webhooks go to whichever node is reached. */
    async lookUp(request) {
      const call = known.of(request.commandId);
      const heard = call && known.get(call.ref);
      if (call && heard?.over) return { known: true, call, live: false, ...(heard.cause ? { cause: heard.cause } : {}) };
      const ref = await control.findLive(request);
      if (ref === null) return call ? { known: true, call, live: false } : { known: false };
      known.learn(ref, request);
      return { known: true, call: callOf(ref), live: true };
    },
    close: async () => hangups.close(),
  };
}

/** Stands where Telnyx is not set up for calls: every dial says what is missing. */
export const createUnreadyTelnyx = (sentence: string): Carrier => createUnreadyCarrier('telnyx', MEDIA_PATH, sentence);
