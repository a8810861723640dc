import type { HangupCause } from '../carrier.ts';

/** How far a call was reported to have come; it never goes back. */
export type Stage = 'new' | 'ringing' | 'answered' | 'over';

/** What this node has learnt of a call. */
export interface KnownCall {
  callId: string | null;
  /** Whether we dialled it. */
  outgoing: boolean;
  stage: Stage;
  /** How it ended, as reported. */
  cause: HangupCause | null;
  /** Whether we told Twilio to end it. */
  ended: boolean;
  /** Whether its end was told already, for it could not be heard. */
  mute: boolean;
  /** How we turned it away, where we did. */
  rejected: 'busy' | 'declined' | null;
  detected: boolean;
  /** A transfer of which nothing is decided yet. */
  transfer: OpenTransfer | null;
  /** The command of a transfer that was given up, whose second call may still tell of itself. */
  givenUp: string | null;
  /** Whether another node may connect it with somebody: then its stream ends before this node hears why. */
  awaitsBridge: boolean;
}

export interface OpenTransfer {
  commandId: string;
  /** The call it dialled, once that is known. */
  target: string | null;
  /** Whether Twilio was asked and said that the second call is answered. */
  answered: boolean;
}

/** A dial of which it is not known which call it came to. */
export interface Doubt {
  from: string;
  to: string;
  /** Ms since 1970. */
  since: number;
}

/** Calls and dials that this node knows of, the oldest forgotten first. Other nodes learn of theirs. */
export interface KnownCalls {
  get(ref: string): KnownCall;
  /** A call that we dialled: our id and the command, as the answer or a callback said. */
  learn(ref: string, ids: { callId?: string | undefined; commandId?: string | undefined }): KnownCall;
  /** The call that a command came to, where that is known. */
  of(commandId: string): string | null;
  /** The command that a call came of, where that is known. */
  commandOf(ref: string): string | null;
  /** A dial begins: until it is learnt what came of it, it stands in doubt. */
  begin(commandId: string, doubt: Doubt): void;
  doubtOf(commandId: string): Doubt | null;
  /** Other dials between the same numbers that are in doubt as well. */
  rivalsOf(commandId: string): number;
  /** What was begun and certainly came to nothing. */
  settle(commandId: string): void;
}

const MAX_CALLS = 50_000;

/** A map that forgets its oldest entry past `most`. */
function put<V>(all: Map<string, V>, key: string, value: V, most = MAX_CALLS): void {
  all.set(key, value);
  if (all.size <= most) return;
  for (const oldest of all.keys()) {
    all.delete(oldest);
    return;
  }
}

export function createKnownCalls(): KnownCalls {
  const calls = new Map<string, KnownCall>();
  const refs = new Map<string, string>();
  const commands = new Map<string, string>();
  const doubts = new Map<string, Doubt>();

  const get = (ref: string): KnownCall => {
    let call = calls.get(ref);
    if (!call) {
      call = {
        callId: null,
        outgoing: false,
        stage: 'new',
        cause: null,
        ended: false,
        mute: false,
        rejected: null,
        detected: false,
        transfer: null,
        givenUp: null,
        awaitsBridge: false,
      };
      put(calls, ref, call);
    }
    return call;
  };

  return {
    get,
    learn(ref, { callId, commandId }) {
      const call = get(ref);
      if (callId !== undefined) call.callId = callId;
      if (commandId !== undefined) {
        call.outgoing = true;
        put(refs, commandId, ref);
        put(commands, ref, commandId);
        doubts.delete(commandId);
      }
      return call;
    },
    of: (commandId) => refs.get(commandId) ?? null,
    commandOf: (ref) => commands.get(ref) ?? null,
    begin: (commandId, doubt) => put(doubts, commandId, doubt),
    doubtOf: (commandId) => doubts.get(commandId) ?? null,
    rivalsOf(commandId) {
      const own = doubts.get(commandId);
      if (!own) return 0;
      return [...doubts].filter(([other, { from, to }]) => other !== commandId && from === own.from && to === own.to).length;
    },
    settle: (commandId) => void doubts.delete(commandId),
  };
}
