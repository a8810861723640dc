import type { Clock, Timer } from '../ports/index.ts';
import type { Speech } from '../speaking/index.ts';

/** Words come about three a second (150 a minute): they are told as they are heard, not each for itself. */
const EVERY_MS = 250;

/** Tells what the caller has heard of a turn of the assistant as it grows. */
export interface WordsHeard {
  /** From now on this turn, by its number in the transcript. */
  follow(turn: number, speech: Speech): void;
  stop(): void;
}

export function createWordsHeard(clock: Clock, tell: (turn: number, text: string) => void): WordsHeard {
  let timer: Timer | null = null;
  function next(turn: number, speech: Speech, told: string): void {
    timer?.cancel();
    timer = clock.setTimer(EVERY_MS, () => {
      const heard = speech.heardAll().trim();
      if (heard !== told) tell(turn, heard);
      next(turn, speech, heard);
    });
  }
  return {
    follow: (turn, speech) => next(turn, speech, ''),
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}
