import { type Clock, systemClock } from '@talkturo/voice';
import { accountPath } from '../account-path.ts';
import {
  type Carrier,
  type CarrierCall,
  CarrierError,
  type CarrierEvent,
  type CarrierListener,
  type DialRequest,
  type LookUp,
  type LookUpRequest,
  leavesInDoubt,
  type WebhookAnswer,
} from '../carrier.ts';
import { createStreamTokens } from '../media-socket/stream-token.ts';
import { createUnheardHangups } from '../rest/unheard-hangups.ts';
import { createUnreadyCarrier } from '../unready-carrier.ts';
import { createBills } from './bills.ts';
import { createKnownCalls, type KnownCall } from './known-calls.ts';
import { createTransfers } from './transfers.ts';
import type { TwilioApi } from './twilio-api.ts';
import { createTwilioControl } from './twilio-control.ts';
import { createTwilioLegs } from './twilio-leg.ts';
import { isGenuine } from './twilio-signature.ts';
import { type CallbackMark, callSidOf, detectionOf, type Progress, progressOf, readMark, twilioWebhookPath } from './twilio-webhook.ts';
import { rejectCall, twiml } from './twiml.ts';
import { createVoiceRequests } from './voice-requests.ts';

export interface TwilioCarrierOptions {
  api: TwilioApi;
  listener: CarrierListener;
  /** The account's primary auth token: webhooks and media sockets are signed with it. */
  authToken: string;
  /** Where one of several Twilio accounts of this installation is meant: its webhook and media socket have it in their paths. */
  account?: string | undefined;
  /** The installation's secret: media sockets prove with it which call they belong to. */
  secret: string;
  /** Address at which Twilio reaches this server, without a slash at the end: https://… */
  publicUrl(): string;
  clock?: Clock;
  /** Ms since 1970. */
  now?(): number;
  /** Something the operator should know of: constant text, and what it is about. */
  warn?(message: string, about: { type?: string; error?: unknown }): void;
}

const MEDIA_PATH = '/media/twilio';
/** From the answer to the opening of the media socket; Twilio opens it at once. */
const OPEN_WITHIN_MS = 60_000;
/** How long Twilio may keep a call queued, for it dials so many a second, and the token is made before. */
const QUEUED_MS = 600_000;
/** How far Twilio's clock may be behind ours. */
const CLOCKS_APART_MS = 30_000;
/** After a lost answer: a callback or the list says what became of the dial within moments, or there is no call. */
const LOOKS_MS = [0, 500, 1_500];
/** What a record says of a call whose stream failed. */
const NO_SOUND = 'Twilio could not stream the sound of the call: nobody could hear anything. Is PUBLIC_URL reached from outside, over TLS?';
const LONGEST_PARTY = 256;
const FORM = 'application/x-www-form-urlencoded';
/** A callback has some thirty short fields; what is longer is looked at no further, for anybody can send it. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Twilio: commands over its REST API, events by webhook, sound over its media streams.
 *
 * Twilio has no idempotency key, so a dial is sent once for a command id, ever; a repeat gets the same call, or the same failure. What
 * became of a dial whose answer was lost is told by its callbacks, whose address carries our ids, and else by the list of calls (`lookUp`).
 */
export function createTwilioCarrier(options: TwilioCarrierOptions): Carrier & Required<Pick<Carrier, 'lookUp' | 'webhook'>> {
  const { api, listener, authToken, clock = systemClock, now = Date.now, warn = () => {} } = options;
  const webhookPath = twilioWebhookPath(options.account);
  const mediaPath = accountPath(MEDIA_PATH, options.account);
  const webhookUrl = () => options.publicUrl() + webhookPath;
  const tokens = createStreamTokens(options.secret, 'twilio', now, options.account);
  const known = createKnownCalls();
  const dials = new Map<string, Promise<CarrierCall>>();
  const transferring = new Map<string, Promise<void>>();
  const presses = new Map<string, Promise<void>>();
  const control = createTwilioControl(api, webhookUrl);
  const bills = createBills(clock, control.billOf);
  const hangups = createUnheardHangups(clock, control.hangup);
  const requests = createVoiceRequests(clock, twiml(rejectCall('busy')));

  const callOf = (ref: string): CarrierCall => ({ carrier: 'twilio', ref });
  const mediaUrl = () => options.publicUrl().replace(/^http/, 'ws') + mediaPath;

  /** What nobody waits for: the end of a call is reported by webhook, a failure to the operator. */
  const inBackground = (what: Promise<void>, message: string) => {
    what.catch((error: unknown) => {
      if (!(error instanceof CarrierError) || error.kind !== 'ended') warn(message, { error });
    });
  };

  async function end(ref: string): Promise<void> {
    const call = known.get(ref);
    call.ended = true;
    transfers.callOver(ref);
    legs.close(ref, 'local');
    // Not answered yet, it is turned away, which costs nothing.
    if (requests.decide(ref, twiml(rejectCall('declined')))) return;
    await control.hangup(ref).catch((error: unknown) => {
      hangups.failed(ref, error);
      throw error;
    });
  }

  /** Twilio's events have no ids: each kind comes once in a call, so that the kind is one. */
  const tell = (ref: string, event: CarrierEvent) => {
    listener.progress(callOf(ref), known.get(ref).callId, `${ref}.${event.type}`, event);
  };

  /**
   * Callbacks overtake each other, and are delivered twice: a call only goes forward, and what lay before is told first. So nobody hears
   * of the end of a call that was, to them, never answered.
   */
  function advance(ref: string, to: 'ringing' | 'answered'): void {
    const call = known.get(ref);
    if (call.stage === 'new') {
      call.stage = 'ringing';
      if (call.outgoing) tell(ref, { type: 'ringing' });
    }
    if (to !== 'answered' || call.stage !== 'ringing') return;
    call.stage = 'answered';
    tell(ref, { type: 'answered' });
  }

  function follow(ref: string, progress: Progress, mark: CallbackMark): void {
    if (progress.is === 'waiting') return;
    if (progress.is !== 'over') {
      advance(ref, progress.is);
      return;
    }
    const call = known.get(ref);
    if (call.stage === 'over') return;
    // A call that we ended while it rang, or whose caller gave up, was never answered, whatever its end is called.
    if (progress.unanswered === null && (progress.seconds > 0 || (call.outgoing && !call.ended))) advance(ref, 'answered');
    requests.decide(ref, twiml(rejectCall('busy')));
    const ending = endingOf(call, progress, mark);
    call.stage = 'over';
    call.cause = ending.cause;
    transfers.callOver(ref);
    hangups.over(ref);
    legs.close(ref, call.ended ? 'local' : 'hangup');
    if (!call.mute) tell(ref, ending);
    if (progress.seconds > 0) bills.expect(ref, (cost) => tell(ref, { ...cost, leg: 'own' }));
  }

  function detected(ref: string, form: URLSearchParams): void {
    const call = known.get(ref);
    if (call.detected) return;
    call.detected = true;
    for (const event of detectionOf(form)) tell(ref, event);
  }

  function streamed(ref: string, form: URLSearchParams): void {
    const call = known.get(ref);
    if (form.get('StreamEvent') !== 'stream-error' || call.stage === 'over' || call.mute) return;
    warn('Twilio could not stream the sound of a call; it is ended', { error: form.get('StreamError') ?? undefined });
    inBackground(end(ref), 'a call could not be ended at Twilio');
    // A stream is begun by an answered call.
    advance(ref, 'answered');
    call.mute = true;
    tell(ref, { type: 'hangup', cause: 'carrier_error', source: 'unknown', sentence: NO_SOUND });
  }

  async function press(ref: string, digits: string): Promise<void> {
    if (!(await legs.sendDigits(ref, digits))) throw new CarrierError('twilio', 'ended', 'The call has no sound here: it is over.');
  }

  async function voiceRequested(ref: string, form: URLSearchParams): Promise<WebhookAnswer> {
    const { answer, isNew } = requests.ask(ref);
    if (isNew) listener.incoming('twilio', { ref, from: partyOf(form, 'From'), to: partyOf(form, 'To') });
    return { status: 200, type: 'text/xml', body: await answer };
  }

  async function receive(mark: CallbackMark, form: URLSearchParams): Promise<WebhookAnswer> {
    const ref = callSidOf(form);
    const progress = progressOf(form);
    if (ref === null) return 400;
    if (mark.topic === 'transfer') {
      if (progress) transfers.follow(ref, progress, mark);
      return 204;
    }
    known.learn(ref, mark);
    // A number whose callbacks lead to the address of its questions is told apart by the call being over.
    if (mark.topic === 'voice' && progress?.is !== 'over') return voiceRequested(ref, form);
    if (mark.topic === 'detection') detected(ref, form);
    else if (mark.topic === 'stream') streamed(ref, form);
    else if (progress) follow(ref, progress, mark);
    else warn('Twilio reported a status that is not known', { type: form.get('CallStatus') ?? '' });
    return 204;
  }

  const legs = createTwilioLegs({
    clock,
    tokens,
    isGenuine: (request) => {
      const [, query] = (request.url ?? '').split('?', 2);
      const rest = query === undefined ? '' : `?${query}`;
      // Twilio has been seen to sign the address of a socket with a slash at its end.
      return ['', '/'].some((slash) => isGenuine(authToken, request.headers['x-twilio-signature'], mediaUrl() + slash + rest));
    },
    started(ref, callId, leg) {
      const call = callId === null ? known.get(ref) : known.learn(ref, { callId });
      if (callId !== null) call.outgoing = true;
      // Where there is sound somebody has answered, whether or not the callback has come.
      advance(ref, 'answered');
      listener.media(callOf(ref), call.callId, leg);
    },
    hangup: (ref) => inBackground(end(ref), 'a call could not be ended at Twilio'),
    isTransferring(ref) {
      const { transfer, awaitsBridge } = known.get(ref);
      return transfer !== null || awaitsBridge;
    },
    closed: (ref) => transfers.legClosed(ref),
  });

  const transfers = createTransfers({
    clock,
    control,
    known,
    legs,
    listener,
    bills,
    hangups,
    failed: (message, error) => warn(message, { error }),
  });

  async function dial(request: DialRequest): Promise<CarrierCall> {
    const { callId, commandId, from, to } = request;
    known.begin(commandId, { from, to, since: now() - CLOCKS_APART_MS });
    const token = tokens.issue({ callId }, QUEUED_MS + request.ringMs + OPEN_WITHIN_MS);
    try {
      const ref = await control.dial(request, { url: mediaUrl(), token });
      known.learn(ref, { callId, commandId });
      return callOf(ref);
    } catch (error) {
      if (!leavesInDoubt(error)) known.settle(commandId);
      throw error;
    }
  }

  /** Never twice for a command: Twilio does not drop repeats, so we remember. */
  function once<T>(done: Map<string, Promise<T>>, commandId: string, work: () => Promise<T>): Promise<T> {
    const before = done.get(commandId);
    if (before) return before;
    const doing = work();
    done.set(commandId, doing);
    if (done.size > 50_000) done.delete(done.keys().next().value ?? '');
    return doing;
  }

  /**
   * What became of a call whose id is known, from Twilio's answer, a callback, or whoever asks. What was reported here comes first; then
   * Twilio is asked, for callbacks go to whichever node is reached.
   */
  async function learnt({ commandId, ref: told }: LookUpRequest): Promise<LookUp | null> {
    const ref = known.of(commandId) ?? told ?? null;
    if (ref === null) return null;
    const { stage, cause } = known.get(ref);
    if (stage === 'over') return { known: true, call: callOf(ref), live: false, ...(cause ? { cause } : {}) };
    const progress = await control.progressOf(ref).catch((error: unknown) => {
      if (error instanceof CarrierError && error.kind === 'ended') return null;
      throw error;
    });
    if (progress === null) return { known: false };
    if (progress.is !== 'over') return { known: true, call: callOf(ref), live: true };
    return { known: true, call: callOf(ref), live: false, cause: progress.unanswered ?? 'normal' };
  }

  /**
   * Twilio's list knows neither our id nor the callback's address: a call between the same numbers, made since the dial and of no other
   * command, is the one, if it is the only one.
   * @throws CarrierError `unavailable` where it cannot be told which of several it is.
   */
  async function listed(request: LookUpRequest): Promise<LookUp> {
    const { callId, commandId } = request;
    const doubt = known.doubtOf(commandId);
    if (!doubt) return (await learnt(request)) ?? { known: false };
    const found = (await control.dialledSince(doubt.from, doubt.to, doubt.since)).filter((call) => known.commandOf(call.ref) === null);
    const [only] = found;
    if (!only) return (await learnt(request)) ?? { known: false };
    if (found.length > 1 || known.rivalsOf(commandId) > 0) {
      throw new CarrierError('twilio', 'unavailable', 'Several calls between these numbers began; Twilio cannot tell which is which.');
    }
    known.learn(only.ref, { callId, commandId });
    return { known: true, call: callOf(only.ref), live: only.live };
  }

  return {
    id: 'twilio',
    media: { path: mediaPath, allows: legs.allows, accept: legs.accept },
    webhook: {
      path: webhookPath,
      async receive(headers, body, url) {
        if (body.length > MAX_BODY_BYTES) return 413;
        const form = new URLSearchParams(body.toString('utf8'));
        const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
        if (!isGenuine(authToken, headers['x-twilio-signature'], webhookUrl() + query, form)) {
          warn('a webhook without a valid signature of Twilio was refused', {});
          return 401;
        }
        const mark = readMark(url);
        if (!mark || !headers['content-type']?.startsWith(FORM)) {
          warn('Twilio sent a webhook of an unknown form', {});
          return 400;
        }
        return receive(mark, form);
      },
    },
    dial: (request) => once(dials, request.commandId, () => dial(request)),
    async answer({ ref }) {
      const answer = control.streaming({ url: mediaUrl(), token: tokens.issue({ ref }, OPEN_WITHIN_MS) });
      if (!requests.decide(ref, answer)) throw new CarrierError('twilio', 'ended', 'The call is over.');
    },
    async reject({ ref }, cause) {
      known.get(ref).rejected = cause;
      if (!requests.decide(ref, twiml(rejectCall(cause)))) throw new CarrierError('twilio', 'ended', 'The call is over.');
    },
    hangup: ({ ref }) => end(ref),
    transfer: ({ ref }, request) => once(transferring, request.commandId, () => transfers.begin(ref, request)),
    bridge: ({ ref }, other, { commandId }) => once(transferring, commandId, () => transfers.bridge(ref, other.ref, commandId)),
    async expectBridge({ ref }) {
      known.get(ref).awaitsBridge = true;
    },
    sendDigits: ({ ref }, { digits, commandId }) => once(presses, `${ref} ${commandId}`, () => press(ref, digits)),
    async lookUp(request) {
      for (const ms of LOOKS_MS) {
        const already = await learnt(request);
        if (already) return already;
        if (ms > 0) await api.wait(ms);
        const found = await listed(request);
        if (found.known || !known.doubtOf(request.commandId)) return found;
      }
      return { known: false };
    },
    async close() {
      bills.close();
      hangups.close();
    },
  };
}

/** A number, or what stands for one, such as `client:…` and `sip:…`. It is stored, and whoever holds the account can sign anything. */
const partyOf = (form: URLSearchParams, field: 'From' | 'To'): string =>
  (form.get(field) ?? '').replaceAll('\0', '').slice(0, LONGEST_PARTY);

type Hangup = CarrierEvent & { type: 'hangup' };

/** Twilio says how a call ended, not why, nor who ended it; what we did and had asked for says the rest. */
function endingOf(call: KnownCall, { seconds, unanswered }: Progress & { is: 'over' }, { limitSeconds }: CallbackMark): Hangup {
  const [ours, theirs] = call.outgoing ? (['caller', 'callee'] as const) : (['callee', 'caller'] as const);
  if (call.stage === 'answered') {
    if (call.ended) return { type: 'hangup', cause: 'normal', source: ours };
    if (limitSeconds !== undefined && seconds >= limitSeconds) return { type: 'hangup', cause: 'time_limit', source: 'unknown' };
    return { type: 'hangup', cause: 'normal', source: theirs };
  }
  if (call.rejected) return { type: 'hangup', cause: call.rejected, source: ours };
  if (call.ended) return { type: 'hangup', cause: 'cancelled', source: ours };
  if (!call.outgoing) return { type: 'hangup', cause: unanswered === 'carrier_error' ? unanswered : 'cancelled', source: theirs };
  return { type: 'hangup', cause: unanswered ?? 'normal', source: unanswered === 'no_answer' ? 'unknown' : theirs };
}

/** Stands where Twilio is not set up for calls: every command says what is missing. */
export const createUnreadyTwilio = (sentence: string): Carrier => createUnreadyCarrier('twilio', MEDIA_PATH, sentence);
