import type { Carrier } from '../../carrier.ts';
import type { ScriptedListener } from '../scripted-listener.ts';

/** A carrier at work for one case, on a network whose numbers behave as named. */
export interface CarrierBench {
  carrier: Carrier;
  /** ws: address of the server that takes the carrier's media sockets, without a path. */
  url: string;
  /** Somebody calls one of our numbers and waits until they are told to hang up. */
  callUs(): Promise<{ hangUp(): void }>;
  /** Keys pressed towards the far end of a call so far. */
  pressed(ref: string): string;
  close(): Promise<void>;
}

export interface CarrierHarness {
  /** `disorder`: events arrive twice and out of order. */
  start(listener: ScriptedListener, options: { disorder: boolean }): Promise<CarrierBench>;
  /** null: the carrier cannot dial, its calls only come in. */
  numbers: {
    /** Answers and goes on listening. */
    answers: string;
    rings: string;
    busy: string;
    declines: string;
    nobody: string;
    fails: string;
  } | null;
  ours: string;
  /** How long a case lets it ring, and lets a call last, where it is not about that. */
  ringMs: number;
  maxCallMs: number;
  /** A length of a call that is over soon. */
  shortCallMs: number;
  /** The longest a step may take, ms of real time. */
  deadlineMs?: number;
}
