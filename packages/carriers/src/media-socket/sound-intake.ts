import { createFramer } from '@talkturo/voice';
import { MAX_PAYLOAD_BYTES, type MediaFrame } from './media-frame.ts';
import type { MediaEncoding } from './media-framing.ts';
import { createReorder } from './reorder.ts';
import type { SampleOrder } from './sample-order.ts';
import { createSoundDecoder, rateOf } from './sound-codec.ts';

/** Turns the frames of the wire into PCM16 frames of 20 ms, in order, whatever length they came in. */
export interface SoundIntake {
  take(frame: MediaFrame): void;
  /** Nothing more will come: hands over what was held back for its predecessors. */
  flush(): void;
  /** Frames that came too late, or twice. */
  readonly late: number;
}

/** Decoding is synchronous from message to listener, so that all legs decode into the same memory. A byte is two samples at the most. */
const pcm = new Int16Array(2 * MAX_PAYLOAD_BYTES);

/** `deliver` gets each frame, at the rate of the codec; the buffer is reused. */
export const createSoundIntake = (encoding: MediaEncoding, deliver: (pcm: Int16Array) => void, order?: SampleOrder): SoundIntake => {
  const decode = createSoundDecoder(encoding, order);
  const framer = createFramer(rateOf(encoding) / 50, deliver);
  const reorder = createReorder((bytes, length) => framer.push(pcm.subarray(0, decode(bytes, length, pcm))));
  return {
    take: (frame) => reorder.take(frame.chunk, frame.payload, frame.length),
    flush: () => reorder.flush(),
    get late() {
      return reorder.late;
    },
  };
};
