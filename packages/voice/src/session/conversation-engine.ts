import type { Clock } from '../ports/index.ts';
import type { Speaker } from '../speaking/index.ts';
import type { CallEffect, Conversation } from '../thinking/index.ts';
import type { MachineEvent } from './call-machine.ts';
import type { Marks, Transcript } from './transcript.ts';
import type { CallEvent, CallSessionOptions, StageName } from './types.ts';
import type { Use } from './usage-ledger.ts';

/**
 * What hears the caller and speaks for the assistant: it obeys the call machine and tells it what happens. Behind it are
 * three stages one after the other (`pipeline-engine.ts`) or one model that does all of it.
 */
export interface ConversationEngine {
  /** A frame of the caller's sound, in order; `endMs` is when it ended, ms of the call. */
  frame(pcm: Int16Array, endMs: number): void;
  /** Says a fixed text. */
  say(text: string): void;
  /** Answers the caller. */
  think(): void;
  /** The caller's words, for the memory; `keyed`: typed on the keypad. */
  remember(text: string, keyed: boolean): void;
  /** The caller's words are not known yet, and the wait for them is bridged; what is said next belongs to the same turn. */
  wait(text: string): void;
  /** Bridges the wait for an answer. */
  fill(text: string): void;
  pause(): void;
  resume(): void;
  /** Over at once; what was heard is remembered. */
  cut(): void;
  /** When the caller last fell silent, ms of the call. */
  readonly callerStoppedMs: number;
  close(): void;
}

/** What an engine has of its call. All times are ms of the call, but those of the clock. */
export interface EngineGround extends Pick<CallSessionOptions, 'stages' | 'briefing' | 'timings' | 'tools' | 'turnPolicies'> {
  clock: Clock;
  /** Hz of the caller's frames. */
  sampleRate: number;
  /** The one mouth of the call, whoever thinks. */
  speaker: Speaker;
  conversation: Conversation;
  transcript: Transcript;
  /** Ends with the call. */
  callSignal: AbortSignal;
  callTime(clockMs: number): number;
  now(): number;
  announce(event: CallEvent): void;
  dispatch(event: MachineEvent): void;
  /** The caller hears the assistant. */
  audible(): boolean;
  /** Marks of a turn whose caller fell silent at `callerStoppedMs`. */
  marks(callerStoppedMs: number): Marks;
  /** A tool wants the call changed. */
  effect(effect: CallEffect): void;
  failed(stage: StageName, provider: string, error: unknown, next: string | null): void;
  used(use: Use): void;
}
