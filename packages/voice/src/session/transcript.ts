import type { CallEvent, TranscriptTurn, TurnMarks } from './types.ts';

/** Numbers the turns of a call and announces them. All times are ms of the call. */
export interface Transcript {
  /** The caller begins to be heard, whose words come later: answers the number of the turn. */
  callerBegins(): number;
  /** The words of a turn that has its number; without words nothing is announced. */
  callerEnds(index: number, text: string, startMs: number, endMs: number, confidence?: number): void;
  caller(text: string, startMs: number, endMs: number, confidence?: number): void;
  /** The assistant begins to be heard: answers the number of its turn. */
  assistantBegins(): number;
  /** The assistant's turn is over; nothing is announced where nothing was heard. */
  assistantEnds(index: number, heard: string, span: { startMs: number; endMs: number }, interrupted: boolean): void;
}

const seconds = (ms: number): number => Math.round(Math.max(0, ms)) / 1000;

export function createTranscript(announce: (event: CallEvent) => void, now: () => number): Transcript {
  let count = 0;
  const turn = (value: TranscriptTurn) => announce({ type: 'turn', atMs: now(), turn: value });
  const caller = (index: number, text: string, startMs: number, endMs: number, confidence?: number) =>
    turn({
      index,
      speaker: 'caller',
      text,
      startSeconds: seconds(startMs),
      endSeconds: seconds(Math.max(startMs, endMs)),
      interrupted: false,
      ...(confidence === undefined ? {} : { confidence }),
    });
  return {
    callerBegins: () => count++,
    callerEnds(index, text, startMs, endMs, confidence) {
      if (text.trim() !== '') caller(index, text.trim(), startMs, endMs, confidence);
    },
    caller: (text, startMs, endMs, confidence) => caller(count++, text, startMs, endMs, confidence),
    assistantBegins: () => count++,
    assistantEnds(index, heard, { startMs, endMs }, interrupted) {
      turn({ index, speaker: 'assistant', text: heard.trim(), startSeconds: seconds(startMs), endSeconds: seconds(endMs), interrupted });
    },
  };
}

type Mark = Exclude<keyof TurnMarks, 'turn'>;

/** The six marks of one turn, announced once: as soon as all are known, or at the turn's end. */
export interface Marks {
  set(mark: Mark, atMs: number): void;
  /** The assistant's turn has its number. */
  belongsTo(turn: number): void;
  done(): void;
}

const ALL: readonly Mark[] = ['callerStopped', 'turnDecided', 'firstToken', 'firstSentence', 'firstAudio', 'firstSoundOut'];

export function createMarks(callerStoppedMs: number, announce: (marks: TurnMarks) => void): Marks {
  const marks: Partial<Record<Mark, number>> = { callerStopped: callerStoppedMs };
  let turn: number | null = null;
  let announced = false;
  const done = () => {
    if (announced || turn === null) return;
    announced = true;
    announce({ ...marks, callerStopped: callerStoppedMs, turn });
  };
  const check = () => {
    if (ALL.every((mark) => marks[mark] !== undefined)) done();
  };
  return {
    set(mark, atMs) {
      if (marks[mark] !== undefined) return;
      marks[mark] = Math.round(atMs * 10) / 10;
      check();
    },
    belongsTo(number) {
      turn ??= number;
      check();
    },
    done,
  };
}
