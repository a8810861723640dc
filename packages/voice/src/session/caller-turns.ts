import type { SpeechSeen } from '../listening/index.ts';
import type { EngineGround } from './conversation-engine.ts';
import type { RealtimeMemory, Remembered } from './realtime-memory.ts';

/** The caller's turns as a realtime vendor tells them: they begin, they end, and their words come when they come. */
export interface CallerTurns {
  started(turn: string): void;
  stopped(turn: string): void;
  /** Our own ears have heard a turn to its end; the vendor may tell of it later. Times are ms of the call. */
  heard(startMs: number, endMs: number): void;
  /** A turn that was heard is still to be named by the vendor. */
  readonly unnamed: boolean;
  text(turn: string, text: string, final: boolean): void;
  /** Typed on the keypad. */
  keyed(text: string): void;
  /** When the caller last fell silent, ms of the call. */
  readonly stoppedMs: number;
  /** The words of the last turn are known. */
  readonly understood: boolean;
  /** The place of a turn whose last words are not known yet. */
  readonly unfinished: Remembered | null;
  /** Another session hears the present turn from its start, and will name it anew. */
  heardAgain(): void;
  /** Words that were never called final are taken as they are. */
  close(): void;
}

export interface CallerTurnsOptions extends Pick<EngineGround, 'transcript' | 'announce' | 'now'> {
  memory: RealtimeMemory;
  /** The caller's speech that is going on or was the last, ms of the call; null before any. */
  speech(): (Omit<Extract<SpeechSeen, { type: 'stopped' }>, 'type'> & { open: boolean }) | null;
}

interface Turn {
  index: number;
  startMs: number;
  endMs: number;
  remembered: Remembered;
  told: boolean;
}

/** Speech that ended longer ago than this is not what the vendor tells of. */
const RECENT_MS = 5000;

export function createCallerTurns({ transcript, announce, now, memory, speech }: CallerTurnsOptions): CallerTurns {
  const turns = new Map<string, Turn>();
  /** Heard by our own ears only. */
  let unnamed: Turn | null = null;
  let last: Turn | null = null;
  let stoppedMs = 0;

  function begin(startMs: number, endMs: number): Turn {
    last = { index: transcript.callerBegins(), startMs, endMs, remembered: memory.caller(), told: false };
    return last;
  }

  function named(id: string): Turn {
    const known = turns.get(id);
    if (known) return known;
    const seen = speech();
    const recent = seen && (seen.open || now() - seen.endMs < RECENT_MS) ? seen : { startMs: now(), endMs: now() };
    const turn = unnamed ?? begin(recent.startMs, recent.endMs);
    unnamed = null;
    turns.set(id, turn);
    return turn;
  }

  function tell(turn: Turn): void {
    if (turn.told) return;
    turn.told = true;
    transcript.callerEnds(turn.index, turn.remembered.text, turn.startMs, turn.endMs);
  }

  return {
    started: (id) => void named(id),
    stopped(id) {
      const turn = named(id);
      const seen = speech();
      turn.endMs = seen && seen.endMs >= turn.startMs ? seen.endMs : now();
      stoppedMs = turn.endMs;
    },
    heard(startMs, endMs) {
      stoppedMs = endMs;
      const open = last && !last.told && last.endMs >= startMs;
      if (!open) unnamed ??= begin(startMs, endMs);
    },
    get unnamed() {
      return unnamed !== null;
    },
    text(id, text, final) {
      const turn = named(id);
      if (turn.told) return;
      turn.remembered.text = text;
      if (!final) announce({ type: 'partial', atMs: now(), text });
      else tell(turn);
    },
    keyed(text) {
      stoppedMs = now();
      last = { index: -1, startMs: stoppedMs, endMs: stoppedMs, remembered: memory.caller(text), told: true };
      transcript.caller(text, stoppedMs, stoppedMs);
    },
    get stoppedMs() {
      return stoppedMs;
    },
    get understood() {
      return last !== null && unnamed === null && last.remembered.text.trim() !== '';
    },
    get unfinished() {
      return last && !last.told ? last.remembered : null;
    },
    heardAgain() {
      if (!last || last.told) return;
      for (const [id, turn] of turns) if (turn === last) turns.delete(id);
      last.remembered.text = '';
      unnamed = last;
    },
    close() {
      for (const turn of turns.values()) tell(turn);
    },
  };
}
