import type { Clock } from '@talkturo/voice';
import { type CarrierCall, CarrierError, type CarrierListener, type HangupCause, leavesInDoubt, type TransferRequest } from '../carrier.ts';
import type { UnheardHangups } from '../rest/unheard-hangups.ts';
import type { Bills } from './bills.ts';
import type { KnownCall, KnownCalls } from './known-calls.ts';
import type { createTwilioControl } from './twilio-control.ts';
import type { TwilioLegs } from './twilio-leg.ts';
import type { CallbackMark, Progress } from './twilio-webhook.ts';

export interface TransfersGround {
  clock: Clock;
  control: Pick<ReturnType<typeof createTwilioControl>, 'dialTarget' | 'connect' | 'progressOf' | 'hangup'>;
  known: KnownCalls;
  legs: Pick<TwilioLegs, 'ring' | 'streams'>;
  listener: Pick<CarrierListener, 'progress'>;
  bills: Bills;
  hangups: Pick<UnheardHangups, 'failed' | 'over'>;
  /** Something the operator should know of. */
  failed(message: string, error: unknown): void;
}

/** How often Twilio is asked about a transfer that is open. */
const ASK_EVERY_MS = 3_000;
/** What Twilio may take past the ringing to tell how it ended; less than whoever asked for the transfer waits for it. */
const PATIENCE_MS = 10_000;

/**
 * Transfers over Twilio. Its own way, `<Dial>` in the call, takes the stream away before anybody has answered. So the second call is dialled
 * by itself, into a conference of two, and the first joins it when the second is answered: until then nothing has changed for it, but that
 * it hears ringing, which we make.
 */
export function createTransfers({ clock, control, known, legs, listener, bills, hangups, failed }: TransfersGround) {
  const ringing = new Map<string, { quiet(): void; stop(): void }>();
  const callOf = (ref: string): CarrierCall => ({ carrier: 'twilio', ref });
  const isOver = ({ stage, ended }: KnownCall): boolean => stage === 'over' || ended;

  function hangUp(target: string): void {
    control.hangup(target).catch((error: unknown) => {
      hangups.failed(target, error);
      failed('the second call of a transfer could not be ended at Twilio', error);
    });
  }

  function stopRinging(ref: string): void {
    ringing.get(ref)?.stop();
    ringing.delete(ref);
  }

  /** Nothing is open any more. */
  function decide(ref: string, commandId: string): void {
    const call = known.get(ref);
    if (call.transfer?.commandId !== commandId) return;
    call.transfer = null;
    stopRinging(ref);
  }

  /** @param target null: which call it dialled is not known, and there may be none. */
  function giveBack(ref: string, target: string | null, commandId: string, cause: HangupCause): void {
    if (target !== null) known.get(target).stage = 'over';
    known.get(ref).givenUp = commandId;
    decide(ref, commandId);
    const event = { type: 'transfer-failed', commandId, cause } as const;
    listener.progress(callOf(ref), known.get(ref).callId, `${target ?? commandId}.transfer-failed`, event);
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

  /**
   * Callbacks of the second call may reach another node, or nobody: then the ringing has to end all the same. Who was answered for, and is
   * still alone when Twilio is asked again, is connected from here: the callback is lost.
   */
  async function ask(ref: string, target: string, commandId: string): Promise<void> {
    const progress = await control.progressOf(target);
    const { transfer } = known.get(ref);
    if (transfer?.commandId !== commandId || known.get(target).stage !== 'new') return;
    if (progress?.is === 'over') giveBack(ref, target, commandId, progress.unanswered ?? 'normal');
    else if (progress?.is === 'answered' && transfer.answered && legs.streams(ref)) {
      known.get(target).stage = 'answered';
      await connect(ref, target, commandId);
    } else if (progress?.is === 'answered') {
      // Not decided yet: the stream ends when it is connected, wherever that is done, and that is no hang-up.
      transfer.answered = true;
      ringing.get(ref)?.quiet();
    }
  }

  function look(ref: string, commandId: string, until: number): void {
    const { transfer } = known.get(ref);
    if (transfer?.commandId !== commandId) return;
    const { target } = transfer;
    if (clock.now() >= until && !transfer.answered) {
      if (target !== null) hangUp(target);
      giveBack(ref, target, commandId, 'no_answer');
      return;
    }
    // A question that is not answered is asked again in a moment.
    if (target !== null) ask(ref, target, commandId).catch(() => {});
  }

  function ring(ref: string, commandId: string, ringMs: number): void {
    stopRinging(ref);
    const quiet = legs.ring(ref);
    const until = clock.now() + ringMs + PATIENCE_MS;
    let timer = clock.setTimer(ASK_EVERY_MS, next);
    ringing.set(ref, {
      quiet,
      stop() {
        timer.cancel();
        quiet();
      },
    });
    function next() {
      timer = clock.setTimer(ASK_EVERY_MS, next);
      look(ref, commandId, until);
    }
  }

  function billed(ref: string, target: string): void {
    bills.expect(target, (cost) => {
      listener.progress(callOf(ref), known.get(ref).callId, `${target}.cost`, { ...cost, leg: 'transfer' });
    });
  }

  /** Brings the one that was asked into the room, where it must not stay alone. */
  async function connectAsked(asked: string, commandId: string): Promise<void> {
    await control.connect(asked, commandId).catch((error: unknown) => {
      if (!leavesInDoubt(error)) throw error;
      hangUp(asked);
      throw new CarrierError('twilio', 'refused', 'Twilio did not say whether it connected a call; it is ended.', error);
    });
  }

  return {
    /** Resolves when Twilio dials; callbacks tell the rest. */
    async begin(ref: string, request: TransferRequest): Promise<void> {
      const call = known.get(ref);
      if (isOver(call)) throw new CarrierError('twilio', 'ended', 'The call is over.');
      const { commandId, ringMs } = request;
      call.transfer = { commandId, target: null, answered: false };
      ring(ref, commandId, ringMs);
      try {
        const target = await control.dialTarget(ref, request);
        if (call.transfer?.commandId === commandId) call.transfer.target = target;
        // It ended, or was given up, while the second call was asked for.
        else if (isOver(call) || call.givenUp === commandId) hangUp(target);
      } catch (error) {
        // Of a lost answer, callbacks tell.
        if (!leavesInDoubt(error)) decide(ref, commandId);
        throw error;
      }
    },

    /**
     * Brings two calls together that both have their streams here or on other nodes. The one that was asked goes first: if it has hung up
     * meanwhile, nothing has changed for the other.
     */
    async bridge(ref: string, asked: string, commandId: string): Promise<void> {
      known.get(asked).transfer = { commandId, target: null, answered: true };
      known.get(ref).transfer = { commandId, target: asked, answered: true };
      try {
        await connectAsked(asked, commandId);
        await control.connect(ref, commandId).catch((error: unknown) => {
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
      if (progress.is === 'over') {
        hangups.over(target);
        // Once the two have talked, the end of the call itself is reported.
        if (second.stage === 'new' && !isOver(call) && call.givenUp !== commandId)
          giveBack(ref, target, commandId, progress.unanswered ?? 'normal');
        second.stage = 'over';
        if (progress.seconds > 0) billed(ref, target);
      } else if (second.stage !== 'new') return;
      else if (isOver(call) || call.givenUp === commandId) {
        // Nobody waits for it any more, which was known before the call itself was.
        second.stage = 'over';
        hangUp(target);
      } else if (progress.is === 'answered') {
        second.stage = 'answered';
        void connect(ref, target, commandId);
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
