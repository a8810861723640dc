import { createFramer, decodeAlaw, decodeUlaw } from '@talkturo/voice';
import { MAX_PAYLOAD_BYTES, type MediaFrame } from './media-frame.ts';
import type { Encoding } from './media-framing.ts';
import { createReorder } from './reorder.ts';

/** Turns the frames of the wire into PCM16 frames of 20 ms, in order, whatever length they came in. */
export interface SoundIntake {
  take(frame: MediaFrame): void;
  /** Nothing more will come: hands over what was held back for its predecessors. */
  flush(): void;
  /** Frames that came too late, or twice. */
  readonly late: number;
}

export const FRAME_SAMPLES = 160;

/** Decoding is synchronous from message to listener, so that all legs decode into the same memory. */
const pcm = new Int16Array(MAX_PAYLOAD_BYTES);
const wholeFrame = pcm.subarray(0, FRAME_SAMPLES);

/** `deliver` gets each frame; the buffer is reused. */
export const createSoundIntake = (encoding: Encoding, deliver: (pcm: Int16Array) => void): SoundIntake => {
  const decode = encoding === 'PCMA' ? decodeAlaw : decodeUlaw;
  const framer = createFramer(FRAME_SAMPLES, deliver);
  const reorder = createReorder((bytes, length) => {
    const part = length === FRAME_SAMPLES ? wholeFrame : pcm.subarray(0, length);
    decode(bytes, part);
    framer.push(part);
  });
  return {
    take: (frame) => reorder.take(frame.chunk, frame.payload, frame.length),
    flush: () => reorder.flush(),
    get late() {
      return reorder.late;
    },
  };
};
