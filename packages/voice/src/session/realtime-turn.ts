import type { ToolCall } from '../ports/index.ts';
import type { Speech, SpokenSound } from '../speaking/index.ts';
import type { Remembered } from './realtime-memory.ts';
import type { Marks } from './transcript.ts';

/** A reply of the vendor: sound, and calls of tools. */
export interface RealtimeReply {
  sound: SpokenSound;
  calls: ToolCall[];
  ended: boolean;
}

/** A turn of the assistant's in a realtime call, of one reply or, where tools run in between, of several. */
export interface RealtimeTurn {
  kind: 'said' | 'reply';
  /** The text of a turn that is said. */
  text: string;
  speech: Speech;
  marks: Marks | null;
  abort: AbortController;
  replies: Map<string, RealtimeReply>;
  index: number | null;
  remembered: Remembered | null;
  /** A reply of the vendor is to come. */
  awaiting: boolean;
  /** Something of the vendor's was heard or will be. */
  spoken: boolean;
  /** The standard voice says it. */
  own: boolean;
  callerSince: boolean;
  /** The vendor left in the middle. */
  broken: boolean;
  over: boolean;
  running: Promise<void> | null;
}

/** What a turn waits for: that the vendor notices the caller, its reply, a text it was asked to say, more sound. */
export type TurnTimer = 'ask' | 'reply' | 'say' | 'sound';

/** Nothing more is taken of the vendor for what it has begun; what is there is played. */
export function endReplies(turn: RealtimeTurn): void {
  for (const reply of turn.replies.values()) {
    reply.ended = true;
    reply.sound.end();
  }
}

/** A turn that waits for the vendor's first reply. */
export const beginTurn = (kind: RealtimeTurn['kind'], text: string, speech: Speech, marks: Marks | null): RealtimeTurn => ({
  kind,
  text,
  speech,
  marks,
  abort: new AbortController(),
  replies: new Map(),
  index: null,
  remembered: null,
  awaiting: true,
  spoken: false,
  own: false,
  callerSince: false,
  broken: false,
  over: false,
  running: null,
});
