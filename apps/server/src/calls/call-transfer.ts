import { randomUUID } from 'node:crypto';
import { BRIDGE_WITHIN_MS, type Carrier, type CarrierCall, CarrierError, type HangupCause, LENT_NUMBER } from '@talkturo/carriers';
import type { CallSession, Clock, Timer, TransferPlan } from '@talkturo/voice';
import type { Logger } from 'pino';
import { newId } from '../database/ids.ts';
import { AppError } from '../http/app-error.ts';
import type { Call } from './calls.table.ts';
import { ASKING_MS, type ConsultationNews, type Consultations } from './consultation/consultation.ts';

/** How long the other telephone may ring: five rings, before its voicemail would answer. */
const RING_MS = 25_000;
/** What a carrier may take past that to tell how it ended, before the caller is taken back. */
const PATIENCE_MS = 15_000;
/** News come in any order: that two are connected may be told this much after one of them has hung up. */
const DISORDER_MS = 1_500;

export interface CallTransferOptions {
  call: Call;
  carrier: Carrier;
  clock: Clock;
  logger: Logger;
  /** How long the two may talk. */
  maxCallMs: number;
  consultations: Consultations;
  /** Asked at the instant of dialling. @throws AppError for a number that is not to be called. */
  mayBeCalled(accountId: string, phone: string): Promise<void>;
  /** The call as the carrier knows it, once it does. */
  carrierCall(): CarrierCall | null;
  session(): CallSession | null;
  note(type: string, data: Record<string, unknown>): void;
  /** The caller talks with `to` now. */
  transferred(to: string): void;
}

export type CallTransfer = ReturnType<typeof createCallTransfer>;

interface Attempt {
  commandId: string;
  to: string;
  timer: Timer;
  /** Of an attended transfer: the call that asks whether the caller is taken. */
  consultation: string | null;
  /** They are being connected. */
  agreed: boolean;
  /** The carrier has not yet answered the command that connects them. */
  connecting: boolean;
  /** Who agreed has hung up. */
  gone: boolean;
}

/** Connecting the caller of one call with somebody else: one attempt at a time, each told apart by its command. */
export function createCallTransfer(options: CallTransferOptions) {
  const { call, carrier, clock, logger, note, consultations } = options;
  let attempt: Attempt | null = null;
  let done = false;

  /** The number of ours that the call goes over. */
  const ours = (): string => (call.direction === 'outbound' ? call.fromNumber : call.toNumber) || LENT_NUMBER;

  /** Why nobody took the caller, as the log has it: what the carrier says of the other side, or of the command. */
  function fail(cause: string): void {
    if (!attempt) return;
    const { to } = attempt;
    drop();
    forget();
    note('transfer_failed', { to, cause });
    options.session()?.transferFailed();
  }

  function drop(): void {
    if (attempt?.consultation) consultations.drop(attempt.consultation);
  }

  function forget(): void {
    attempt?.timer.cancel();
    attempt = null;
  }

  /** A command that the carrier did not take. Whether it was heard may not be known: then events tell, or the timer does. */
  function refused(error: unknown, commandId: string): void {
    const kind = error instanceof CarrierError || error instanceof AppError ? codeOf(error) : 'refused';
    logger.warn({ err: error, kind }, 'a transfer could not be made');
    if (kind !== 'timeout' && kind !== 'unavailable' && attempt?.commandId === commandId) fail(kind);
  }

  async function dial(taken: CarrierCall, commandId: string, { to }: TransferPlan): Promise<void> {
    await options.mayBeCalled(call.accountId, to);
    if (attempt?.commandId !== commandId) return;
    await carrier.transfer?.(taken, { callId: call.id, to, from: ours(), commandId, ringMs: RING_MS, maxCallMs: options.maxCallMs });
  }

  async function ask(consultation: string, commandId: string, plan: TransferPlan): Promise<void> {
    await options.mayBeCalled(call.accountId, plan.to);
    if (attempt?.commandId !== commandId) return;
    note('consultation', { to: plan.to, call_id: consultation });
    await consultations.begin(call, plan, consultation, { from: ours(), ringMs: RING_MS });
    // It was given up while the call was being made.
    if (attempt?.commandId !== commandId && !done) consultations.drop(consultation);
  }

  async function connect(taken: CarrierCall, consultation: string, commandId: string): Promise<void> {
    const other = await consultations.carrierCall(consultation);
    if (attempt?.commandId !== commandId) return;
    if (!other) return fail('carrier_error');
    await carrier.bridge?.(taken, other, { commandId });
  }

  /** Takes the caller back in a while, unless something is heard by then. */
  function giveUpIn(ms: number, cause: string): void {
    attempt?.timer.cancel();
    if (attempt) attempt.timer = clock.setTimer(ms, () => fail(cause));
  }

  /** The carrier has answered to the command: what comes of it is told in a moment, or never where there is nobody any more. */
  function answeredTo(commandId: string): void {
    if (attempt?.commandId !== commandId) return;
    attempt.connecting = false;
    if (attempt.gone) giveUpIn(DISORDER_MS, 'no_answer');
    else giveUpIn(PATIENCE_MS, 'carrier_error');
  }

  /** Who agreed has hung up. A carrier that is still connecting them finds it out; one that moves calls about may only have taken its stream away. */
  function lost(): void {
    if (!attempt) return;
    attempt.gone = true;
    if (!attempt.connecting) giveUpIn(DISORDER_MS, 'no_answer');
  }

  return {
    /** Whether the carrier of this call can do it at all. */
    possible: carrier.transfer !== undefined,

    /** The conversation is ready for it: what was to be said before has been said. */
    begin(plan: TransferPlan): void {
      const taken = options.carrierCall();
      if (!taken) {
        options.session()?.transferFailed();
        return;
      }
      const commandId = randomUUID();
      const consultation = plan.mode === 'attended' && carrier.bridge ? newId('call') : null;
      const timer = clock.setTimer(RING_MS + PATIENCE_MS + (consultation ? ASKING_MS : 0), () => fail('no_answer'));
      attempt = { commandId, to: plan.to, timer, consultation, agreed: false, connecting: false, gone: false };
      const asking = consultation ? ask(consultation, commandId, plan) : dial(taken, commandId, plan);
      asking.catch((error) => refused(error, commandId));
    },

    /** News of the call that asks whether the caller is taken. */
    consulted(news: ConsultationNews): void {
      const taken = options.carrierCall();
      if (!attempt || attempt.consultation !== news.id) return;
      if (attempt.agreed) {
        if (news.is === 'over' && news.reason !== 'transferred') lost();
        return;
      }
      if (news.is === 'accepted') {
        const { commandId } = attempt;
        attempt.agreed = true;
        attempt.connecting = true;
        giveUpIn(BRIDGE_WITHIN_MS, 'carrier_error');
        if (taken) {
          connect(taken, news.id, commandId)
            .catch((error) => refused(error, commandId))
            .finally(() => answeredTo(commandId));
        }
        return;
      }
      // It ends by itself, after its goodbye.
      attempt.consultation = null;
      // A mailbox is hung up on, and a person who hangs up has not agreed.
      fail(news.is === 'declined' ? 'declined' : REASONS.has(news.reason) ? news.reason : 'no_answer');
    },

    /** The carrier says that it worked; also of an attempt that was given up here. */
    succeeded(): void {
      if (done) return;
      done = true;
      const to = attempt?.to ?? null;
      forget();
      note('transferred', { to });
      if (to) options.transferred(to);
      options.session()?.transferred();
    },

    /** The carrier says that it did not. */
    failed(commandId: string, cause: HangupCause): void {
      if (attempt?.commandId === commandId) fail(cause);
    },

    /** The call is over: whoever is still asked need not be. */
    close(): void {
      drop();
      forget();
    },
  };
}

const codeOf = (error: CarrierError | AppError): string => (error instanceof CarrierError ? error.kind : error.code);

/** Reasons of a call's end that say why its number could not be had; others mean that nobody agreed. */
const REASONS: ReadonlySet<string> = new Set(['busy', 'declined', 'no_answer', 'invalid_number', 'carrier_error', 'unconfirmed']);
