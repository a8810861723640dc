import type { Clock } from '@talkturo/voice';
import { type CarrierCall, CarrierError, type CarrierListener, type HangupCause, type TransferRequest } from '../carrier.ts';
import type { Bills } from './bills.ts';
import type { KnownCall, KnownCalls } from './known-calls.ts';
import type { createTwilioControl } from './twilio-control.ts';
import type { TwilioLegs } from './twilio-leg.ts';
import type { CallbackMark, Progress } from './twilio-webhook.ts';

export interface TransfersGround {
  clock: Clock;
  control: Pick<ReturnType<typeof createTwilioControl>, 'dialTarget' | 'connect' | 'progressOf' | 'hangup'>;
  known: KnownCalls;
  legs: Pick<TwilioLegs, 'ring'>;
  listener: Pick<CarrierListener, 'progress'>;
  bills: Bills;
  /** Something the operator should know of. */
  failed(message: string, error: unknown): void;
}

/** How often Twilio is asked about a transfer that is open. */
const ASK_EVERY_MS = 3_000;

/**
 * Transfers over Twilio. Its own way, `<Dial>` in the call, takes the stream away before anybody has answered. So the second call is dialled
 * by itself, into a conference of two, and the first joins it when the second is answered: until then nothing has changed for it, but that
 * it hears ringing, which we make.
 */
export function createTransfers({ clock, control, known, legs, listener, bills, failed }: TransfersGround) {
  const ringing = new Map<string, () => void>();
  const callOf = (ref: string): CarrierCall => ({ carrier: 'twilio', ref });
  const isOver = (call: KnownCall): boolean => call.stage === 'over';

  function hangUp(target: string): void {
    control.hangup(target).catch((error: unknown) => failed('the second call of a transfer could not be ended at Twilio', error));
  }

  function stopRinging(ref: string): void {
    ringing.get(ref)?.();
    ringing.delete(ref);
  }

  /** Nothing is open any more. */
  function decide(ref: string, commandId: string): void {
    const call = known.get(ref);
    if (call.transfer?.commandId !== commandId) return;
    call.transfer = null;
    stopRinging(ref);
  }

  function giveBack(ref: string, target: string, commandId: string, cause: HangupCause): void {
    known.get(target).stage = 'over';
    decide(ref, commandId);
    const event = { type: 'transfer-failed', commandId, cause } as const;
    listener.progress(callOf(ref), known.get(ref).callId, `${target}.transfer-failed`, event);
  }

  /** Whoever was called has answered: now the two are brought together. */
  async function connect(ref: string, target: string, commandId: string): Promise<void> {
    try {
      await control.connect(ref, commandId);
      decide(ref, commandId);
      listener.progress(callOf(ref), known.get(ref).callId, `${ref}.transferred`, { type: 'transferred' });
    } catch (error) {
      hangUp(target);
      // The caller has gone meanwhile, which is told by itself.
      if (error instanceof CarrierError && error.kind === 'ended') return;
      failed('Twilio could not connect a transfer', error);
      giveBack(ref, target, commandId, 'carrier_error');
    }
  }

  /** Callbacks of the second call may reach another node, or nobody: then the ringing has to end all the same. */
  async function ask(ref: string, commandId: string): Promise<void> {
    const target = known.get(ref).transfer?.target;
    if (!target) return;
    const progress = await control.progressOf(target);
    if (progress?.is === 'answered') decide(ref, commandId);
    else if (progress?.is === 'over' && known.get(target).stage === 'new')
      giveBack(ref, target, commandId, progress.unanswered ?? 'normal');
  }

  function ring(ref: string, commandId: string): void {
    stopRinging(ref);
    const stop = legs.ring(ref);
    let timer = clock.setTimer(ASK_EVERY_MS, next);
    ringing.set(ref, () => {
      timer.cancel();
      stop();
    });
    function next() {
      timer = clock.setTimer(ASK_EVERY_MS, next);
      // A question that is not answered is asked again in a moment.
      ask(ref, commandId).catch(() => {});
    }
  }

  function billed(ref: string, target: string): void {
    bills.expect(target, (cost) => {
      listener.progress(callOf(ref), known.get(ref).callId, `${target}.cost`, { ...cost, leg: 'transfer' });
    });
  }

  return {
    /** Resolves when Twilio dials; callbacks tell the rest. */
    async begin(ref: string, request: TransferRequest): Promise<void> {
      const call = known.get(ref);
      if (isOver(call)) throw new CarrierError('twilio', 'ended', 'The call is over.');
      call.transfer = { commandId: request.commandId, target: null };
      ring(ref, request.commandId);
      try {
        const target = await control.dialTarget(ref, request);
        if (call.transfer?.commandId === request.commandId) call.transfer.target = target;
        // It ended while the second call was asked for.
        else if (isOver(call)) await control.hangup(target);
      } catch (error) {
        // Of a lost answer, callbacks tell.
        const unknown = error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable');
        if (!unknown) decide(ref, request.commandId);
        throw error;
      }
    },

    /**
     * Brings two calls together that both have their streams here or on other nodes. The one that was asked goes first: if it has hung up
     * meanwhile, nothing has changed for the other.
     */
    async bridge(ref: string, asked: string, commandId: string): Promise<void> {
      known.get(asked).transfer = { commandId, target: null };
      known.get(ref).transfer = { commandId, target: asked };
      try {
        await control.connect(asked, commandId);
        await control.connect(ref, commandId).catch((error: unknown) => {
          // Alone in the room nobody would ever come to it.
          hangUp(asked);
          throw error;
        });
      } finally {
        for (const one of [ref, asked]) decide(one, commandId);
      }
      for (const one of [ref, asked]) {
        listener.progress(callOf(one), known.get(one).callId, `${one}.transferred`, { type: 'transferred' });
      }
    },

    /** News of the call that a transfer dialled, told as news of the call that is transferred. */
    follow(target: string, progress: Progress, { transferOf: ref, callId, commandId }: CallbackMark): void {
      if (ref === undefined || commandId === undefined) return;
      const second = known.get(target);
      const call = known.learn(ref, { callId });
      if (call.transfer?.commandId === commandId) call.transfer.target = target;
      if (progress.is === 'answered' && second.stage === 'new') {
        second.stage = 'answered';
        void connect(ref, target, commandId);
      } else if (progress.is === 'over') {
        // Once the two have talked, the end of the call itself is reported.
        if (second.stage === 'new' && !isOver(call)) giveBack(ref, target, commandId, progress.unanswered ?? 'normal');
        second.stage = 'over';
        if (progress.seconds > 0) billed(ref, target);
      }
    },

    /** The call itself is over: nobody is to be found for it any more. */
    callOver(ref: string): void {
      const { transfer } = known.get(ref);
      if (transfer?.target) hangUp(transfer.target);
      if (transfer) decide(ref, transfer.commandId);
    },

    /** Nobody hears the ringing here any more. */
    legClosed: stopRinging,
  };
}
