import { encodeAlaw, encodeUlaw } from '@talkturo/voice';
import type { Encoding } from '../media-socket/media-framing.ts';
import { silenceByte } from '../media-socket/sound-message.ts';

/** Sound ready for the wire: base64 of 20 ms of codec bytes each. */
export type Clip = readonly string[];

/** Makes words into sound: PCM16 mono at 8 kHz. */
export type Speak = (text: string) => Promise<Int16Array>;

const FRAME_BYTES = 160;
/** The people's own sentences are few; the rest is for callers with a script of their own. */
const MAX_CLIPS = 500;

/** Cuts PCM16 at 8 kHz into a clip; the last frame is filled up with silence. */
export const toClip = (pcm: Int16Array, encoding: Encoding): Clip => {
  const bytes = Buffer.alloc(Math.ceil(pcm.length / FRAME_BYTES) * FRAME_BYTES, silenceByte(encoding));
  const encode = encoding === 'PCMU' ? encodeUlaw : encodeAlaw;
  encode(pcm, bytes);
  return Array.from({ length: bytes.length / FRAME_BYTES }, (_, i) => bytes.toString('base64', i * FRAME_BYTES, (i + 1) * FRAME_BYTES));
};

/** A frame of silence. */
export const silenceFrame = (encoding: Encoding): string => toClip(new Int16Array(FRAME_BYTES), encoding)[0]!;

export interface Clips {
  /** The sentence as sound; made once and kept. Rejects when it cannot be spoken. */
  of(text: string, encoding: Encoding): Promise<Clip>;
}

export const createClips = (speak: Speak): Clips => {
  const made = new Map<string, Promise<Clip>>();
  return {
    of(text, encoding) {
      const key = `${encoding} ${text}`;
      const known = made.get(key);
      if (known) {
        // Last used last: the first key is the one to drop.
        made.delete(key);
        made.set(key, known);
        return known;
      }
      const clip = speak(text).then((pcm) => toClip(pcm, encoding));
      made.set(key, clip);
      clip.catch(() => made.delete(key));
      const oldest = made.size > MAX_CLIPS ? made.keys().next().value : undefined;
      if (oldest !== undefined) made.delete(oldest);
      return clip;
    },
  };
};
