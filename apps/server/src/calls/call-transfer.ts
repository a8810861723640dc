import { randomUUID } from 'node:crypto';
import { type Carrier, type CarrierCall, CarrierError, type CarrierErrorKind, type HangupCause, LENT_NUMBER } from '@talkturo/carriers';
import type { CallSession, Clock, Timer } from '@talkturo/voice';
import type { Logger } from 'pino';
import type { Call } from './calls.table.ts';

/** How long the other telephone may ring: five rings, before its voicemail would answer. */
const RING_MS = 25_000;
/** What a carrier may take past that to tell how it ended, before the caller is taken back. */
const PATIENCE_MS = 15_000;

/** Why nobody took the caller, as the log has it: what the carrier says of the other side, or of the command. */
type Failure = HangupCause | CarrierErrorKind;

export interface CallTransferOptions {
  call: Call;
  carrier: Carrier;
  clock: Clock;
  logger: Logger;
  /** How long the two may talk. */
  maxCallMs: number;
  /** The call as the carrier knows it, once it does. */
  carrierCall(): CarrierCall | null;
  session(): CallSession | null;
  note(type: string, data: Record<string, unknown>): void;
  /** The caller talks with `to` now. */
  transferred(to: string): void;
}

export type CallTransfer = ReturnType<typeof createCallTransfer>;

/** Connecting the caller of one call with somebody else: one attempt at a time, each told apart by its command. */
export function createCallTransfer(options: CallTransferOptions) {
  const { call, carrier, clock, logger, note } = options;
  let attempt: { commandId: string; to: string; timer: Timer } | null = null;
  let done = false;

  /** The number of ours that the call goes over. */
  const ours = (): string => (call.direction === 'outbound' ? call.fromNumber : call.toNumber) || LENT_NUMBER;

  function fail(cause: Failure): void {
    if (!attempt) return;
    const { to, timer } = attempt;
    timer.cancel();
    attempt = null;
    note('transfer_failed', { to, cause });
    options.session()?.transferFailed();
  }

  async function ask(taken: CarrierCall, commandId: string, to: string): Promise<void> {
    try {
      await carrier.transfer?.(taken, { callId: call.id, to, from: ours(), commandId, ringMs: RING_MS, maxCallMs: options.maxCallMs });
    } catch (error) {
      const kind = error instanceof CarrierError ? error.kind : 'refused';
      logger.warn({ err: error, kind }, 'a transfer was not taken by the carrier');
      // Whether it was heard is not known: what happens tells, or nothing does and the caller is taken back.
      if (kind !== 'timeout' && kind !== 'unavailable' && attempt?.commandId === commandId) fail(kind);
    }
  }

  return {
    /** Whether the carrier of this call can do it at all. */
    possible: carrier.transfer !== undefined,

    /** The conversation is ready for it: what was to be said before has been said. */
    begin(to: string): void {
      const taken = options.carrierCall();
      if (!taken) {
        options.session()?.transferFailed();
        return;
      }
      const commandId = randomUUID();
      attempt = { commandId, to, timer: clock.setTimer(RING_MS + PATIENCE_MS, () => fail('no_answer')) };
      void ask(taken, commandId, to);
    },

    /** The carrier says that it worked; also of an attempt that was given up here. */
    succeeded(): void {
      if (done) return;
      done = true;
      const to = attempt?.to ?? null;
      attempt?.timer.cancel();
      attempt = null;
      note('transferred', { to });
      if (to) options.transferred(to);
      options.session()?.transferred();
    },

    /** The carrier says that it did not. */
    failed(commandId: string, cause: HangupCause): void {
      if (attempt?.commandId === commandId) fail(cause);
    },

    close(): void {
      attempt?.timer.cancel();
      attempt = null;
    },
  };
}
