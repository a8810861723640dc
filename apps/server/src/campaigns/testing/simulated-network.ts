import type { Dialler, Fate, PlannedCall } from '../dialler.ts';

/** How the network and the node behave while a call is placed. */
export type Placing =
  | 'taken'
  /** The carrier has it, but the answer never comes back. */
  | 'answer-lost'
  /** The request never reached the carrier. */
  | 'not-arrived'
  /** The node dies before, or after, the carrier is asked. */
  | 'dies-before'
  | 'dies-after'
  /** It is answered and over, and everybody knows, before the answer to the request comes back; or that is lost as well. */
  | 'over-before-answer';

export interface SimulatedCall extends PlannedCall {
  dialledAt: number;
  /** Null while it is live. */
  ended: { outcome: string; at: Date } | null;
}

export interface SimulatedNetwork {
  calls: Map<string, SimulatedCall>;
  /** Everything that ever reached the network, repeats included. */
  dialled: SimulatedCall[];
  live(): SimulatedCall[];
  end(callId: string, outcome: string): void;
  /** The network as one node sees it. */
  node(options: {
    capacity?: number;
    behaviour: () => Placing;
    onEnd?: (call: SimulatedCall) => Promise<unknown>;
  }): Dialler & { dead: boolean };
}

/** A telephone network for campaigns without sound: takes calls, loses answers, and nodes die on it as told. */
export function createSimulatedNetwork(options: { now: () => Date; onDial?: (call: SimulatedCall) => void }): SimulatedNetwork {
  const calls = new Map<string, SimulatedCall>();
  const dialled: SimulatedCall[] = [];
  const forbidden = new Set<string>();

  const dial = (planned: PlannedCall): SimulatedCall => {
    const call: SimulatedCall = { ...planned, dialledAt: options.now().getTime(), ended: null };
    dialled.push(call);
    calls.set(call.callId, call);
    options.onDial?.(call);
    return call;
  };
  const end = (callId: string, outcome: string) => {
    const call = calls.get(callId);
    if (call && !call.ended) call.ended = { outcome, at: options.now() };
  };

  return {
    calls,
    dialled,
    live: () => [...calls.values()].filter((call) => !call.ended),
    end,
    node({ capacity = 1_000, behaviour, onEnd }) {
      const node = {
        dead: false,
        capacity: () => (node.dead ? 0 : capacity),
        async place(planned: PlannedCall): Promise<void> {
          const how = node.dead ? 'dies-before' : behaviour();
          if (how === 'not-arrived') throw new Error('the request did not arrive');
          if (how === 'dies-before') {
            node.dead = true;
            throw new Error('dead');
          }
          if (forbidden.has(planned.callId)) throw new Error('this call may not be placed any more');
          const call = dial(planned);
          if (how === 'over-before-answer') {
            end(call.callId, 'answered');
            await onEnd?.(call);
            throw new Error('the answer was lost');
          }
          if (how === 'dies-after') {
            node.dead = true;
            throw new Error('dead');
          }
          if (how === 'answer-lost') throw new Error('the answer was lost');
        },
        async lookUp(callId: string): Promise<Fate> {
          if (node.dead) throw new Error('dead');
          const call = calls.get(callId);
          if (!call) {
            forbidden.add(callId);
            return { is: 'never-placed' };
          }
          return call.ended ? { is: 'over', outcome: call.ended.outcome, endedReason: null, endedAt: call.ended.at } : { is: 'live' };
        },
      };
      return node;
    },
  };
}
