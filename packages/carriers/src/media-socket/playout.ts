/** What the app wants heard, in order, as codec bytes. Grows with what waits, up to a bound. */
export interface Playout {
  /** Appends sound. False when it would wait longer than the bound allows; then nothing is taken. */
  push(bytes: Uint8Array, length: number): boolean;
  /** Fires `reached` once everything that waits now has been played or dropped; at once when nothing waits. */
  mark(reached: () => void): void;
  /** Fills `frame` with what is next, silence after it. False when nothing waited. */
  take(frame: Uint8Array): boolean;
  /** Drops everything that waits. */
  clear(): void;
  readonly waitingBytes: number;
}

const FIRST_BYTES = 4096;

/** `silence` is the codec's byte for it; `maxBytes` the most that may wait. */
export const createPlayout = (silence: number, maxBytes: number): Playout => {
  let ring = new Uint8Array(Math.min(FIRST_BYTES, maxBytes));
  let read = 0;
  let written = 0;
  let marks: { at: number; reached: () => void }[] = [];

  const copyOut = (into: Uint8Array, length: number) => {
    const at = read % ring.length;
    const first = Math.min(length, ring.length - at);
    into.set(ring.subarray(at, at + first));
    into.set(ring.subarray(0, length - first), first);
  };

  const grow = (needed: number) => {
    const larger = new Uint8Array(Math.min(maxBytes, Math.max(ring.length * 2, needed)));
    const waiting = written - read;
    copyOut(larger, waiting);
    for (const mark of marks) mark.at -= read;
    ring = larger;
    read = 0;
    written = waiting;
  };

  const reachMarks = () => {
    const due = marks.filter((mark) => mark.at <= read);
    marks = marks.filter((mark) => mark.at > read);
    for (const mark of due) mark.reached();
  };

  return {
    push(bytes, length) {
      const needed = written - read + length;
      if (needed > maxBytes) return false;
      if (needed > ring.length) grow(needed);
      const at = written % ring.length;
      const first = Math.min(length, ring.length - at);
      ring.set(bytes.subarray(0, first), at);
      ring.set(bytes.subarray(first, length), 0);
      written += length;
      return true;
    },
    mark(reached) {
      if (read === written) reached();
      else marks.push({ at: written, reached });
    },
    take(frame) {
      const length = Math.min(frame.length, written - read);
      if (length === 0) return false;
      copyOut(frame, length);
      frame.fill(silence, length);
      read += length;
      if (marks.length > 0) reachMarks();
      return true;
    },
    clear() {
      read = written;
      if (marks.length > 0) reachMarks();
    },
    get waitingBytes() {
      return written - read;
    },
  };
};
