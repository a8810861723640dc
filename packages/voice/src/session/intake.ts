import { createFramer, durationMs, FRAME_MS, samplesPerFrame } from '../audio/index.ts';
import type { Clock, Timer } from '../ports/index.ts';

/** Sound may arrive this far ahead of real time (a socket that catches up, what was buffered since the answer). */
const MAX_AHEAD_MS = 15_000;
/** Whoever goes on sending faster than that breaks the rules: after this much dropped sound the call ends. */
const MAX_DROPPED_MS = 30_000;
/** No message of any carrier holds more sound than this. */
const MAX_PIECE_MS = 1000;
/** When no sound at all comes for this long, the line's silence is filled in so that turns still end. */
const GAP_MS = 1000;
const GAP_CHECK_MS = 500;

export interface IntakeOptions {
  clock: Clock;
  sampleRate: number;
  /**
   * A whole frame of 20 ms, in order, and the clock time at which it ended; the buffer belongs to the receiver until it
   * returns. `filled`: the line carried nothing, this is silence in its place.
   */
  frame: (pcm: Int16Array, endedAtMs: number, filled: boolean) => void;
  /** The far end floods the line. */
  flooded: () => void;
}

/** The door for the caller's sound: whole frames in, at the pace of real time, whatever the leg delivers. */
export interface Intake {
  push(pcm: Int16Array): void;
  /** How much sound came before `open`, ms: it belongs to the time between the answer and now. */
  readonly earlyMs: number;
  /** Frames are handed on from here, first what came before. */
  open(): void;
  close(): void;
  /** Pieces that were no sound, and sound that was dropped because it came too fast, ms. */
  readonly refused: { pieces: number; droppedMs: number };
}

export function createIntake({ clock, sampleRate, frame, flooded }: IntakeOptions): Intake {
  const frameSamples = samplesPerFrame(sampleRate);
  const silence = new Int16Array(frameSamples);
  const refused = { pieces: 0, droppedMs: 0 };
  let early: Int16Array[] | null = [];
  let handingEarly = false;
  let openedAt = 0;
  let takenMs = 0;
  let lastAt = 0;
  let timer: Timer | null = null;
  let closed = false;

  const framer = createFramer(frameSamples, (pcm) => {
    takenMs += FRAME_MS;
    frame(pcm, handingEarly ? openedAt + takenMs : lastAt, false);
  });

  /** Nothing comes any more: an open turn must still find its silence. */
  function fillGap(): void {
    timer = clock.setTimer(GAP_CHECK_MS, fillGap);
    const silentMs = clock.now() - lastAt;
    if (silentMs < GAP_MS) return;
    const missing = Math.floor((clock.now() - openedAt - takenMs) / FRAME_MS);
    for (let i = 0; i < missing && !closed; i++) {
      takenMs += FRAME_MS;
      frame(silence, openedAt + takenMs, true);
    }
  }

  return {
    push(pcm) {
      if (closed) return;
      const pieceMs = durationMs(pcm.length, sampleRate);
      if (pcm.length === 0 || pieceMs > MAX_PIECE_MS) {
        refused.pieces++;
        return;
      }
      if (early) {
        early.push(pcm.slice());
        if (early.length * pieceMs > MAX_AHEAD_MS) early.shift();
        return;
      }
      lastAt = clock.now();
      if (takenMs - (lastAt - openedAt) > MAX_AHEAD_MS) {
        refused.droppedMs += pieceMs;
        if (refused.droppedMs <= MAX_DROPPED_MS) return;
        closed = true;
        timer?.cancel();
        flooded();
        return;
      }
      framer.push(pcm);
    },
    get earlyMs() {
      return (early ?? []).reduce((ms, pcm) => ms + durationMs(pcm.length, sampleRate), 0);
    },
    open() {
      const before = early ?? [];
      lastAt = clock.now();
      openedAt = lastAt - this.earlyMs;
      early = null;
      timer = clock.setTimer(GAP_CHECK_MS, fillGap);
      handingEarly = true;
      for (const pcm of before) framer.push(pcm);
      handingEarly = false;
    },
    close() {
      closed = true;
      timer?.cancel();
    },
    refused,
  };
}
