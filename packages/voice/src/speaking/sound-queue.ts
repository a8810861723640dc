/**
 * Sound waiting to be sent, with what was sent but perhaps not yet heard kept behind the send position,
 * so that an interruption that was none can go on where the caller last heard.
 */
export interface SoundQueue {
  /** Appends sound; the array is the queue's from now on. */
  append(pcm: Int16Array): void;
  /** Samples not yet sent. */
  readonly waiting: number;
  /** Samples sent so far (less those rewound). */
  readonly sent: number;
  /** Samples appended so far. */
  readonly length: number;
  /**
   * The next `samples` for sending: a view where they lie in one piece, else a copy in a buffer that the next take reuses.
   * Never more than are waiting.
   */
  take(samples: number): Int16Array;
  /** Puts the last `samples` that were sent back; answers how many could be. */
  rewind(samples: number): number;
  /** Lets go of what was sent more than `keep` samples ago. */
  release(keep: number): void;
  clear(): void;
}

export function createSoundQueue(): SoundQueue {
  let chunks: Int16Array[] = [];
  /** Chunk and offset of the next sample to send. */
  let chunk = 0;
  let offset = 0;
  let sent = 0;
  let length = 0;
  /** Position of the first sample of the first chunk kept. */
  let from = 0;
  let scratch = new Int16Array(0);

  const advance = (samples: number) => {
    offset += samples;
    sent += samples;
    while (chunk < chunks.length && offset >= chunks[chunk]!.length) {
      offset -= chunks[chunk]!.length;
      chunk++;
    }
  };

  return {
    append(pcm) {
      if (pcm.length === 0) return;
      chunks.push(pcm);
      length += pcm.length;
    },
    get waiting() {
      return length - sent;
    },
    get sent() {
      return sent;
    },
    get length() {
      return length;
    },
    take(samples) {
      const count = Math.min(samples, length - sent);
      const here = chunks[chunk];
      if (!here || count === 0) return scratch.subarray(0, 0);
      if (here.length - offset >= count) {
        const view = here.subarray(offset, offset + count);
        advance(count);
        return view;
      }
      if (scratch.length < count) scratch = new Int16Array(count);
      for (let filled = 0; filled < count; ) {
        const part = chunks[chunk]!;
        const take = Math.min(part.length - offset, count - filled);
        scratch.set(part.subarray(offset, offset + take), filled);
        filled += take;
        advance(take);
      }
      return scratch.subarray(0, count);
    },
    rewind(samples) {
      const target = Math.max(from, sent - samples);
      const rewound = sent - target;
      sent = target;
      chunk = 0;
      offset = target - from;
      while (chunk < chunks.length && offset >= chunks[chunk]!.length) {
        offset -= chunks[chunk]!.length;
        chunk++;
      }
      return rewound;
    },
    release(keep) {
      let gone = 0;
      while (gone < chunk && from + chunks[gone]!.length <= sent - keep) from += chunks[gone++]!.length;
      if (gone === 0) return;
      chunks = chunks.slice(gone);
      chunk -= gone;
    },
    clear() {
      chunks = [];
      chunk = 0;
      offset = 0;
      from = length;
      sent = length;
    },
  };
}
