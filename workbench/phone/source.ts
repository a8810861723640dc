import { samplesPerFrame } from '@talkturo/voice';
import { PHONE_RATE } from './sound-file.ts';

const FRAME = samplesPerFrame(PHONE_RATE);
/** A microphone that is read late is caught up with: more than this would be heard as delay. */
const MAX_BACKLOG_FRAMES = 10;

/** Where the caller's sound comes from, 20 ms at a time. */
export interface Source {
  /** The next frame; null when there is none right now. */
  next(): Int16Array | null;
  /** Nothing more will come. */
  readonly ended: boolean;
}

/** A recording, from its beginning. */
export const recordedSource = (pcm: Int16Array): Source => {
  let at = 0;
  return {
    next() {
      if (at >= pcm.length) return null;
      const frame = new Int16Array(FRAME);
      frame.set(pcm.subarray(at, at + FRAME));
      at += FRAME;
      return frame;
    },
    get ended() {
      return at >= pcm.length;
    },
  };
};

/** Raw PCM16 little-endian mono at 8 kHz, as a microphone program writes it. */
export const streamedSource = (stream: AsyncIterable<Uint8Array>): Source => {
  const frames: Int16Array[] = [];
  let ended = false;
  const read = async () => {
    let rest = Buffer.alloc(0);
    for await (const bytes of stream) {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= FRAME * 2; rest = rest.subarray(FRAME * 2)) {
        const frame = new Int16Array(FRAME);
        for (let i = 0; i < FRAME; i++) frame[i] = rest.readInt16LE(i * 2);
        frames.push(frame);
      }
      if (frames.length > MAX_BACKLOG_FRAMES) frames.splice(0, frames.length - MAX_BACKLOG_FRAMES);
    }
  };
  // A microphone that breaks off is a caller who falls silent.
  read().then(finish, finish);
  function finish() {
    ended = true;
  }
  return {
    next: () => frames.shift() ?? null,
    get ended() {
      return ended && frames.length === 0;
    },
  };
};
