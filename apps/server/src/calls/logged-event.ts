import type { CallLogEvent } from '@talkturo/contract';
import type { CallEvent, TranscriptTurn, TurnMarks } from '@talkturo/voice';
import { callMessage } from './call-record.ts';

/** Something that happened in a call, on its way to the record and to those who follow it. */
export interface LoggedEvent {
  type: string;
  /** From the answer; null before it. */
  atMs: number | null;
  data: Record<string, unknown>;
  createdAt: Date;
  /** False: only those who follow the call see it (words still growing). */
  kept: boolean;
  turn?: TranscriptTurn;
  marks?: TurnMarks;
}

/** What the log calls the events of the engine. */
export const LOGGED_TYPES = {
  started: 'started',
  'caller-speaking': 'caller_speaking',
  partial: 'partial',
  turn: 'turn',
  'assistant-speaking': 'assistant_speaking',
  saying: 'assistant_partial',
  'barge-in': 'barge_in',
  marks: 'latency',
  digit: 'digit',
  tool: 'tool',
  nudge: 'nudge',
  transfer: 'transfer',
  'stage-failed': 'stage_failed',
  fallback: 'fallback',
  fault: 'fault',
  'answered-by': 'answered_by',
  usage: 'usage',
  ended: 'ended',
} as const satisfies Record<CallEvent['type'], string>;

/** `durationMs` → `duration_ms` */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const snakeKeys = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [snake(name), each]));

/** What the engine tells, as the log keeps it. The words of a turn are kept with the transcript, not here. */
export function loggedEvent(event: CallEvent, createdAt: Date): LoggedEvent {
  const { type, atMs, ...rest } = event;
  const base = { type: LOGGED_TYPES[type], atMs: Math.round(atMs), createdAt, kept: type !== 'partial' && type !== 'saying' };
  if (event.type === 'turn') return { ...base, data: { index: event.turn.index }, turn: event.turn };
  if (event.type === 'marks') return { ...base, data: snakeKeys(event.marks), marks: event.marks };
  if (event.type === 'usage') return { ...base, data: { ...snakeKeys(rest), uses: event.uses.map(snakeKeys) } };
  return { ...base, data: snakeKeys(rest) };
}

/** An event as the API shows it: a turn with its words. */
export function shownEvent(event: LoggedEvent, sequence: number): CallLogEvent {
  const { turn } = event;
  const message = turn && {
    ...callMessage({
      ...turn,
      startMs: turn.startSeconds * 1000,
      endMs: turn.endSeconds * 1000,
      confidence: turn.confidence ?? null,
    }),
  };
  return {
    sequence,
    type: event.type,
    at_seconds: event.atMs === null ? null : event.atMs / 1000,
    created_at: event.createdAt.toISOString(),
    data: message ?? event.data,
  };
}
