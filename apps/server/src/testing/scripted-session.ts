import type { CallEvent, CallSession, CallSessionOptions, CarrierClue, EndedReason } from '@talkturo/voice';

/** A conversation moved by the test. */
export interface ScriptedSession extends CallSession {
  readonly options: CallSessionOptions;
  readonly started: boolean;
  tells(event: CallEvent): void;
  /** The conversation is over. */
  finishes(reason: EndedReason, durationMs: number): Promise<void>;
  /** What the carrier told it of a machine. */
  readonly clues: readonly CarrierClue[];
  /** What it was told about transfers: the number, then `transferred` or `failed`. */
  readonly transfers: readonly string[];
  /** False: being told to end changes nothing. */
  obeys: boolean;
}

/** Sessions as they are created; `next()` waits for one. */
export function createScriptedSessions() {
  const made: ScriptedSession[] = [];
  const waiting: ((session: ScriptedSession) => void)[] = [];

  function createSession(options: CallSessionOptions): CallSession {
    const done = Promise.withResolvers<{ reason: EndedReason; durationMs: number }>();
    let started = false;
    const clues: CarrierClue[] = [];
    const transfers: string[] = [];
    const session: ScriptedSession = {
      options,
      obeys: true,
      clues,
      carrierClue: (clue) => void clues.push(clue),
      transfers,
      transfer(plan) {
        if (!options.transfer) return false;
        transfers.push(plan.to);
        options.onEvent({ type: 'transfer', atMs: 1000, to: plan.to, mode: plan.mode });
        options.transfer(plan);
        return true;
      },
      transferred() {
        transfers.push('transferred');
        void session.finishes('transferred', 3000);
      },
      transferFailed: () => void transfers.push('failed'),
      get started() {
        return started;
      },
      start() {
        started = true;
        options.leg.start({ frame: () => {}, digit: () => {}, closed: () => void session.finishes('caller_hung_up', 1000) });
        options.onEvent({ type: 'started', atMs: 0 });
      },
      end(reason) {
        if (session.obeys) void session.finishes(reason, 2000);
      },
      tells: (event) => options.onEvent(event),
      async finishes(reason, durationMs) {
        options.onEvent({ type: 'ended', atMs: durationMs, reason });
        await options.recording?.close();
        done.resolve({ reason, durationMs });
      },
      done: done.promise,
    };
    const first = waiting.shift();
    if (first) first(session);
    else made.push(session);
    return session;
  }

  return {
    createSession,
    next: (): Promise<ScriptedSession> => {
      const ready = made.shift();
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
