import { FRAME_MS, samplesPerFrame } from '../audio/index.ts';
import type { Clock } from '../ports/index.ts';
import type { Segment } from './segment.ts';

/** The far end's buffer may hold sound this long after it should have been heard. */
const FAR_END_MS = 500;
/** An interrupted word is said again from this far back, so that it is whole. */
const RESUME_BACK_MS = 200;

/** The caller's end of the line, over all speeches of a call. */
export interface Line {
  /** Clock time at which everything sent so far has been heard. */
  endMs: number;
}

export interface PlayoutOptions {
  clock: Clock;
  sampleRate: number;
  leadMs: number;
  line: Line;
  /** Sound for the caller, in whole frames; `playsAtMs` is the clock time at which the caller begins to hear it. */
  send: (pcm: Int16Array, playsAtMs: number) => void;
  /** What was sent and not yet heard must not be heard. */
  clear: () => void;
  /** Sound of this segment was sent. */
  sent: (segment: Segment) => void;
}

/** Plays segments one after the other at the pace of real time, and knows how far the caller has heard them. */
export interface Playout {
  append(segment: Segment): void;
  /** Right behind another one. */
  insertAfter(segment: Segment, other: Segment): void;
  /** Before the first segment that has no sound yet. */
  insertNext(segment: Segment): void;
  remove(segment: Segment): void;
  readonly last: Segment | undefined;
  readonly all: readonly Segment[];
  /** Sends what is due: never more than the lead ahead of what the caller hears. */
  pump(): void;
  /** Falls silent at once, ready to go on where the caller last heard. */
  pause(): void;
  resume(): void;
  readonly paused: boolean;
  /** What was sent and not yet heard is dropped at the far end. */
  silence(): void;
  /** Whether fillers are passed over: the answer is there before the words that were to bridge the wait. */
  skipFillers(skip: boolean): void;
  /** All segments are complete and sent. */
  readonly drained: boolean;
  /** The text of the chosen segments that the caller has heard by now. */
  heard(which: (segment: Segment) => boolean): string;
  /** How much of a segment's sound the caller has heard by now. */
  heardMs(segment: Segment): number;
  /** When the caller began to hear it and when the last sound so far ends, by the clock; null before any sound. */
  readonly span: { startMs: number; endMs: number } | null;
}

export function createPlayout({ clock, sampleRate, leadMs, line, send, clear, sent }: PlayoutOptions): Playout {
  const frameSamples = samplesPerFrame(sampleRate);
  const samplesPerMs = sampleRate / 1000;
  const segments: Segment[] = [];
  /** The segment being sent. */
  let playing = 0;
  let paused = false;
  let skipping = false;
  let span: { startMs: number; endMs: number } | null = null;

  /** Sends up to `due` samples of a segment; answers how many. */
  function play(segment: Segment, due: number, nowMs: number): number {
    const { waiting } = segment.sound;
    const whole = waiting - (waiting % frameSamples);
    const count = whole > 0 ? Math.min(due, whole) : segment.complete ? waiting : 0;
    if (count === 0) return 0;
    const playsAtMs = Math.max(nowMs, line.endMs);
    line.endMs = playsAtMs + count / samplesPerMs;
    if (span) span.endMs = line.endMs;
    else span = { startMs: playsAtMs, endMs: line.endMs };
    send(segment.sound.take(count), playsAtMs);
    segment.sound.release((leadMs + RESUME_BACK_MS) * samplesPerMs);
    sent(segment);
    return count;
  }

  function pump(): void {
    while (!paused && playing < segments.length) {
      const segment = segments[playing]!;
      if (skipping && segment.filler && segment.sound.sent === 0) {
        playing++;
        continue;
      }
      const now = clock.now();
      // Half a millisecond of grace: timers fire a little early.
      const due = Math.floor((leadMs - Math.max(0, line.endMs - now) + 0.5) / FRAME_MS) * frameSamples;
      if (due <= 0) return;
      const count = play(segment, due, now);
      if (segment.complete && segment.sound.waiting === 0) playing++;
      else if (count === 0) return;
    }
  }

  function silence(): void {
    const now = clock.now();
    // By our clock it may all have been heard, but the far end's buffer runs a little behind.
    if (!span || now - line.endMs > FAR_END_MS) return;
    clear();
    line.endMs = Math.min(line.endMs, now);
    span.endMs = line.endMs;
  }

  /** Takes back the last `ms` of what was sent, in whole frames. */
  function rewind(ms: number): void {
    let back = Math.ceil(ms / FRAME_MS) * frameSamples;
    for (let i = Math.min(playing, segments.length - 1); i >= 0 && back > 0; i--) {
      const rewound = segments[i]!.sound.rewind(back);
      back -= rewound;
      if (rewound > 0) playing = i;
    }
  }

  /** The segments that were begun, newest first, with how many ms of what was sent of each are not heard yet. */
  function unheard(): { segment: Segment; missing: number }[] {
    let unheardMs = Math.max(0, line.endMs - clock.now());
    return segments
      .slice(0, playing + 1)
      .reverse()
      .map((segment) => {
        const missing = Math.min(unheardMs, segment.sound.sent / samplesPerMs);
        unheardMs -= missing;
        return { segment, missing };
      });
  }

  return {
    append: (segment) => void segments.push(segment),
    insertAfter: (segment, other) => void segments.splice(segments.indexOf(other) + 1, 0, segment),
    insertNext(segment) {
      const at = segments.findIndex((other, i) => i >= playing && other.sound.length === 0);
      segments.splice(at < 0 ? segments.length : at, 0, segment);
    },
    remove: (segment) => void segments.splice(segments.indexOf(segment), 1),
    get last() {
      return segments.at(-1);
    },
    all: segments,
    pump,
    pause() {
      if (paused) return;
      paused = true;
      const unheardMs = line.endMs - clock.now();
      silence();
      if (unheardMs > 0) rewind(unheardMs);
    },
    resume() {
      if (!paused) return;
      paused = false;
      if (span) rewind(RESUME_BACK_MS);
      pump();
    },
    get paused() {
      return paused;
    },
    silence,
    skipFillers(skip) {
      skipping = skip;
    },
    get drained() {
      return playing >= segments.length;
    },
    heard(which) {
      let text = '';
      for (const { segment, missing } of unheard()) if (which(segment)) text = segment.heard(missing) + text;
      return text;
    },
    heardMs(wanted) {
      const { missing = 0 } = unheard().find(({ segment }) => segment === wanted) ?? {};
      return wanted.sound.sent / samplesPerMs - missing;
    },
    get span() {
      return span;
    },
  };
}
