import type { MediaEncoding } from '../../media-socket/media-framing.ts';
import type { SimulatedStream } from './simulated-stream.ts';

/** What becomes of a call to a number; a number of which nothing is said is answered by a person. `leaves`: who answers hangs up at once. */
export type Behaviour = 'answers' | 'rings' | 'busy' | 'declines' | 'nobody' | 'fails' | 'machine' | 'leaves';

/** A call as the simulated Telnyx knows it. */
export interface SimulatedCallState {
  ref: string;
  from: string;
  to: string;
  direction: 'incoming' | 'outgoing';
  state: 'ringing' | 'answered' | 'over';
  clientState: string | null;
  /** As `performance.now` counts; 0 until then. */
  answeredAt: number;
  /** Set while sound flows. */
  stream: SimulatedStream | null;
  /** Commands that were obeyed, in order. */
  commands: string[];
  digits: string;
  /** The leg it is connected with, after a transfer. */
  bridgedWith: string | null;
}

/** What the simulator knows of a call besides. */
export interface CallEntry extends SimulatedCallState {
  webhookUrl: string;
  seen: Set<string>;
  timers: NodeJS.Timeout[];
  sound: { url: string; token: string | undefined; appCodec: MediaEncoding; appRate: number } | null;
  detection: string | undefined;
  /** The call that is transferred to this leg. */
  transferOf: CallEntry | null;
  /** When it was answered, ms since 1970. */
  billedFrom: number | null;
}

/** What a call begins with. */
export type CallOpening = Pick<CallEntry, 'from' | 'to' | 'direction' | 'clientState' | 'webhookUrl' | 'sound' | 'detection'> & {
  transferOf?: CallEntry;
};
