import { FRAME_MS, rms } from '../audio/index.ts';
import type { Clock, RecordingSink, Timer } from '../ports/index.ts';
import { FIXED } from './settings.ts';

/**
 * Sound is held this long before it is written: the assistant's may still be taken back (it is 200 ms ahead), the caller's may
 * come late (400 ms, see below). What is held and not yet written is lost when the process is killed: 1.1 s at the most.
 */
const HOLD_MS = 600;
const WRITE_EVERY_MS = 500;
const RING_MS = 4000;
/** The caller's sound may fall this far behind before the gap is left as silence: less is a late event loop that catches up. */
const SLACK_MS = 400;
/** Where the caller's sound has run ahead (what seemed a gap was none), frames below this level are left out. */
const AHEAD_MS = 100;
const QUIET_RMS = 150;

/** Writes a call as stereo, left the caller, right the assistant, each where it was heard. */
export interface Recorder {
  /** A frame of the caller that ended at `endMs`, in order; frames follow each other unless the line was silent. */
  caller(pcm: Int16Array, endMs: number): void;
  /** The line carried nothing up to `endMs`. */
  pass(endMs: number): void;
  /** Sound of the assistant that the caller begins to hear at `playsAtMs`. */
  assistant(pcm: Int16Array, playsAtMs: number): void;
  /** What was to be heard of the assistant from `fromMs` on is not heard. */
  clear(fromMs: number): void;
  /** Writes what is left. Resolves when it is safe; never rejects: answers the error instead. */
  close(nowMs: number): Promise<unknown>;
}

/** Builds a recorder; all times are ms of the call. Memory is one ring of four seconds, whatever the call's length. */
export function createRecorder(sink: RecordingSink, sampleRate: number): Recorder {
  const perMs = sampleRate / 1000;
  const capacity = RING_MS * perMs;
  const ring = new Int16Array(capacity * 2);
  /** Position (samples of the call) up to which was written, and after the caller's last sample. */
  let written = 0;
  let callerAt = 0;
  let closed = false;
  /** The sink refused: from there on nothing is written. */
  let lost: unknown = null;

  function put(pcm: Int16Array, position: number, channel: 0 | 1): void {
    let i = Math.max(0, written - position);
    let at = (position + i) % capacity;
    for (; i < pcm.length; i++) {
      ring[at * 2 + channel] = pcm[i]!;
      if (++at === capacity) at = 0;
    }
  }

  function writeUpTo(position: number): void {
    while (written < position) {
      const start = written % capacity;
      const count = Math.min(position - written, capacity - start);
      const part = ring.subarray(start * 2, (start + count) * 2);
      try {
        if (lost === null) sink.write(part);
      } catch (error) {
        lost = error;
      }
      part.fill(0);
      written += count;
    }
  }

  /** Makes room so that a sample at `position` fits. */
  const reach = (position: number) => {
    if (position - written > capacity) writeUpTo(position - capacity);
  };
  const flush = (nowMs: number) => {
    const ready = Math.floor((nowMs - HOLD_MS) * perMs);
    if (ready - written >= WRITE_EVERY_MS * perMs) writeUpTo(ready);
  };

  return {
    caller(pcm, endMs) {
      if (closed) return;
      const arrived = Math.round((endMs - FRAME_MS) * perMs);
      if (arrived - callerAt > SLACK_MS * perMs) callerAt = arrived;
      callerAt = Math.max(callerAt, written);
      if (callerAt - arrived > AHEAD_MS * perMs && rms(pcm) < QUIET_RMS) return;
      reach(callerAt + pcm.length);
      put(pcm, callerAt, 0);
      callerAt += pcm.length;
      flush(endMs);
    },
    pass(endMs) {
      if (!closed) flush(endMs);
    },
    assistant(pcm, playsAtMs) {
      if (closed) return;
      const position = Math.max(written, Math.round(playsAtMs * perMs));
      reach(position + pcm.length);
      put(pcm, position, 1);
    },
    clear(fromMs) {
      const from = Math.max(written, Math.round(fromMs * perMs));
      for (let position = from; position < written + capacity; position++) ring[(position % capacity) * 2 + 1] = 0;
    },
    async close(nowMs) {
      if (closed) return null;
      closed = true;
      try {
        writeUpTo(Math.max(written, Math.round(nowMs * perMs)));
        await sink.close();
        return lost;
      } catch (error) {
        return error;
      }
    },
  };
}

/** Closes a recorder; a disk that hangs does not keep the call from ending. Answers what went wrong, or null. */
export async function closeInTime(recorder: Recorder, durationMs: number, clock: Clock): Promise<unknown> {
  let giveUp: Timer | null = null;
  const late = new Promise((resolve) => {
    giveUp = clock.setTimer(FIXED.recordingCapMs, () => resolve(new Error('The recording could not be written in time.')));
  });
  const lost = await Promise.race([recorder.close(durationMs), late]);
  (giveUp as Timer | null)?.cancel();
  return lost;
}
