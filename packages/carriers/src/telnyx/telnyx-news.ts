import type { Clock } from '@talkturo/voice';
import type { CarrierCall, CarrierEvent, CarrierListener, HangupCause } from '../carrier.ts';
import type { UnheardHangups } from '../rest/unheard-hangups.ts';
import type { ClientState } from './client-state.ts';
import type { KnownCall, KnownCalls } from './known-calls.ts';
import type { TelnyxLegs } from './telnyx-leg.ts';
import { eventOf, isExpected, type TelnyxWebhook } from './telnyx-webhook.ts';

export interface TelnyxNewsGround {
  clock: Clock;
  known: KnownCalls;
  legs: Pick<TelnyxLegs, 'close'>;
  listener: CarrierListener;
  hangups: Pick<UnheardHangups, 'over'>;
  /** Starts the sound again that was stopped for a transfer; resolves when it flows. Never rejects. */
  giveBack(ref: string, commandId: string): Promise<void>;
  /** Ends a call at Telnyx; who fails is told to the operator. */
  endInBackground(ref: string, message?: string): void;
  /** Something the operator should know of. */
  warn(message: string, about: { type?: string; error?: unknown }): void;
}

/** What a record says of a call whose media socket could not be opened. */
const NO_SOUND = 'Telnyx could not open the media socket of the call: nobody could hear anything. Is PUBLIC_URL reached from outside?';

/** Webhooks come in any order: that two are connected may be told this much after one of them has hung up. */
const DISORDER_MS = 1_500;

/** What Telnyx tells by webhook, once a webhook, told on as news of our calls. Webhooks come in any order, and to any node. */
export function createTelnyxNews({ clock, known, legs, listener, hangups, giveBack, endInBackground, warn }: TelnyxNewsGround) {
  const callOf = (ref: string): CarrierCall => ({ carrier: 'telnyx', ref });

  function receive(webhook: TelnyxWebhook): void {
    const { ref, state, type, from, to } = webhook;
    const event = eventOf(webhook);
    if (ref !== '' && state?.transferOf !== undefined) {
      followTarget(webhook, state.transferOf, state, event);
      return;
    }
    if (ref !== '' && state) known.learn(ref, state);
    if (ref !== '' && event) follow(webhook, event);
    else if (type === 'call.initiated' && ref !== '') listener.incoming('telnyx', { ref, from, to });
    else if (type === 'streaming.failed' && ref !== '') {
      // It talks with somebody else by now and needs no sound of ours.
      if (known.get(ref).transferred) return;
      warn('Telnyx could not open the media socket of a call; it is ended', { type, error: webhook.payload.failure_reason });
      endInBackground(ref);
      tellEnd(webhook, { type: 'hangup', cause: 'carrier_error', source: 'unknown', sentence: NO_SOUND });
    } else if (!isExpected(type)) warn('Telnyx reported an event that is not known', { type });
  }

  /** News of the leg that a transfer dialled, told as news of the call that is transferred. */
  function followTarget({ id, ref }: TelnyxWebhook, of: string, state: ClientState, event: CarrierEvent | null): void {
    const { callId } = state;
    const target = known.get(ref);
    const call = known.get(of);
    if (event?.type === 'hangup') target.over = true;
    else if (event?.type === 'ringing' || event?.type === 'answered') call.target = ref;
    if (call.over) dropTarget(call);
    if (event?.type === 'transferred') tellTransferred(id, of, callId);
    else if (event?.type === 'answered') target.answered = true;
    else if (event?.type === 'cost') listener.progress(callOf(of), callId, id, { ...event, leg: 'transfer' });
    else if (event?.type === 'hangup' && target.answered) clock.setTimer(DISORDER_MS, () => void notTaken(id, of, state, event.cause));
    else if (event?.type === 'hangup') void notTaken(id, of, state, event.cause);
  }

  /** The leg that a transfer dialled is gone. Once the two have talked, or the caller is gone, the end of the call itself is reported. */
  async function notTaken(id: string, of: string, { callId, commandId, silent }: ClientState, cause: HangupCause): Promise<void> {
    const call = known.get(of);
    const isDecided = () => call.transferred || call.over;
    if (silent && !isDecided()) await giveBack(of, commandId);
    if (!isDecided()) listener.progress(callOf(of), callId, id, { type: 'transfer-failed', commandId, cause });
  }

  /** Of a call that is over: there is nobody to connect with. Telnyx does not say whether it lets such a leg ring on. */
  function dropTarget({ target, transferred }: KnownCall): void {
    if (target === null || transferred || known.get(target).over) return;
    endInBackground(target, 'the second leg of a transfer could not be ended at Telnyx');
  }

  /** Telnyx says it of both legs. */
  function tellTransferred(id: string, ref: string, callId: string | null): void {
    const call = known.get(ref);
    if (call.transferred) return;
    call.transferred = true;
    listener.progress(callOf(ref), callId, id, { type: 'transferred' });
  }

  function follow({ id, ref, state }: TelnyxWebhook, event: CarrierEvent): void {
    const call = known.get(ref);
    const tell = (what: CarrierEvent, eventId = id) => listener.progress(callOf(ref), call.callId, eventId, what);
    if (event.type === 'answered') call.answered = true;
    // A beep heard before the detection was through is all that premium detection reports.
    if (event.type === 'greeting-ended' && event.beep && !call.detected) {
      tell({ type: 'machine-detection', result: 'machine' }, `${id}.machine`);
    }
    if (event.type === 'machine-detection' || event.type === 'greeting-ended') call.detected = true;
    if (event.type === 'transferred') {
      tellTransferred(id, ref, call.callId);
      return;
    }
    if (event.type !== 'hangup') {
      tell(event);
      return;
    }
    hangups.over(ref);
    tellEnd({ id, ref }, { ...event, cause: causeOf(event, call, state !== null) });
  }

  /** Telnyx calls the end of a call normal too where it was never answered. What another node was told of does not change what it comes to. */
  function causeOf({ cause, source }: CarrierEvent & { type: 'hangup' }, { answered, ended }: KnownCall, dialled: boolean): HangupCause {
    if (cause !== 'normal' || answered) return cause;
    if (ended) return 'cancelled';
    return dialled && source !== 'caller' ? 'no_answer' : cause;
  }

  /** The end of a call, once. */
  function tellEnd({ id, ref }: Pick<TelnyxWebhook, 'id' | 'ref'>, event: CarrierEvent & { type: 'hangup' }): void {
    const call = known.get(ref);
    if (call.over) return;
    call.over = true;
    call.cause = event.cause;
    legs.close(ref, call.ended ? 'local' : 'hangup');
    dropTarget(call);
    listener.progress(callOf(ref), call.callId, id, event);
  }

  return receive;
}
