import type { CarrierCall, HangupCause } from '../carrier.ts';
import type { ClientState } from './client-state.ts';

/** What this node has learnt of a call. */
export interface KnownCall {
  callId: string | null;
  answered: boolean;
  /** Whether its end was reported. */
  over: boolean;
  /** How it ended, as reported. */
  cause: HangupCause | null;
  /** Whether we told Telnyx to end it. */
  ended: boolean;
  /** Whether it was asked here to be connected with somebody else. */
  connecting: boolean;
  /** The transfer that its sound was stopped for here, until it flows again. */
  silentFor: string | null;
  /** Whether it was said who answered. */
  detected: boolean;
  /** The leg that a transfer of it dialled. */
  target: string | null;
  /** Whether it was reported that it is connected with somebody else. */
  transferred: boolean;
}

/** Calls and dials that this node knows of, the oldest forgotten first. Other nodes learn of theirs. */
export interface KnownCalls {
  get(ref: string): KnownCall;
  /** Our id and the command of a call, learnt from a webhook. */
  learn(ref: string, state: ClientState): void;
  /** The call that a command came to, where that is known. */
  of(commandId: string): CarrierCall | null;
  /** True the first time an event is seen. */
  isNew(eventId: string): boolean;
}

const MAX_CALLS = 50_000;
const MAX_EVENTS = 50_000;

const forgetOldest = (all: Map<string, unknown> | Set<string>, most: number) => {
  if (all.size <= most) return;
  for (const oldest of all.keys()) {
    all.delete(oldest);
    return;
  }
};

export function createKnownCalls(): KnownCalls {
  const calls = new Map<string, KnownCall>();
  const commands = new Map<string, string>();
  const events = new Set<string>();

  const get = (ref: string): KnownCall => {
    let call = calls.get(ref);
    if (!call) {
      call = {
        callId: null,
        answered: false,
        over: false,
        cause: null,
        ended: false,
        connecting: false,
        silentFor: null,
        target: null,
        detected: false,
        transferred: false,
      };
      calls.set(ref, call);
      forgetOldest(calls, MAX_CALLS);
    }
    return call;
  };

  return {
    get,
    learn(ref, { callId, commandId }) {
      get(ref).callId = callId;
      commands.set(commandId, ref);
      forgetOldest(commands, MAX_CALLS);
    },
    of(commandId) {
      const ref = commands.get(commandId);
      return ref === undefined ? null : { carrier: 'telnyx', ref };
    },
    isNew(eventId) {
      if (events.has(eventId)) return false;
      events.add(eventId);
      forgetOldest(events, MAX_EVENTS);
      return true;
    },
  };
}
