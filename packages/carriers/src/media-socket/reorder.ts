/** Puts frames that overtook each other back in order. */
export interface Reorder {
  /** Takes a frame by its count; `deliver` is called for every frame that is now due, in order. The bytes are copied if held. */
  take(chunk: number, bytes: Uint8Array, length: number): void;
  /** Delivers what is still held: nothing more will come. */
  flush(): void;
  /** Frames that came after their turn had been given up, or twice. */
  readonly late: number;
}

/** Held at most: three frames are 60 ms, about the jitter a telephone network leaves; more would be heard as delay. */
const WINDOW = 3;
/** This many late frames in a row mean the sender counts anew (a second of sound). */
const RESTART_AFTER = 50;

/**
 * A frame that comes too early is held until the missing ones have come or the window is full. A frame without a count (-1) is taken as
 * it comes.
 */
export const createReorder = (deliver: (bytes: Uint8Array, length: number) => void): Reorder => {
  const held = new Map<number, Uint8Array>();
  let next = -1;
  let late = 0;
  let lateInARow = 0;

  const drain = () => {
    for (let bytes = held.get(next); bytes; bytes = held.get(next)) {
      held.delete(next);
      next += 1;
      deliver(bytes, bytes.length);
    }
  };

  const giveUpGap = () => {
    next = Math.min(...held.keys());
    drain();
  };

  return {
    take(chunk, bytes, length) {
      if (chunk < 0) return deliver(bytes, length);
      if (next < 0 || lateInARow >= RESTART_AFTER) {
        next = chunk;
        lateInARow = 0;
        held.clear();
      }
      if (chunk === next) {
        next += 1;
        lateInARow = 0;
        deliver(bytes, length);
        if (held.size > 0) drain();
        return;
      }
      if (chunk < next || held.has(chunk)) {
        late += 1;
        lateInARow += 1;
        return;
      }
      lateInARow = 0;
      held.set(chunk, bytes.slice(0, length));
      if (held.size > WINDOW) giveUpGap();
    },
    flush() {
      while (held.size > 0) giveUpGap();
    },
    get late() {
      return late;
    },
  };
};
