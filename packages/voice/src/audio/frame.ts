/** Length of a frame of sound: what telephone carriers send in one message. */
export const FRAME_MS = 20;

/** Samples of one frame at `sampleRate` Hz (8000 → 160, 16000 → 320). */
export const samplesPerFrame = (sampleRate: number): number => Math.round((sampleRate * FRAME_MS) / 1000);

/** Duration in ms of `samples` mono samples at `sampleRate` Hz. */
export const durationMs = (samples: number, sampleRate: number): number => (samples * 1000) / sampleRate;

/** Cuts sound of any chunk size into whole frames. */
export interface Framer {
  /** Calls `deliver` for each whole frame; the frame's buffer is reused and belongs to the receiver only until it returns. */
  push(pcm: Int16Array): void;
  /** Delivers what is left, padded with silence to a whole frame. */
  flush(): void;
}

/** Builds a framer that delivers frames of `frameSamples`. A push of exactly one frame with nothing pending is handed on without a copy. */
export function createFramer(frameSamples: number, deliver: (frame: Int16Array) => void): Framer {
  const pending = new Int16Array(frameSamples);
  let filled = 0;
  return {
    push(pcm) {
      let at = 0;
      while (at < pcm.length) {
        if (filled === 0 && pcm.length - at >= frameSamples) {
          deliver(pcm.length === frameSamples ? pcm : pcm.subarray(at, at + frameSamples));
          at += frameSamples;
          continue;
        }
        const take = Math.min(frameSamples - filled, pcm.length - at);
        pending.set(pcm.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled === frameSamples) {
          filled = 0;
          deliver(pending);
        }
      }
    },
    flush() {
      if (filled === 0) return;
      pending.fill(0, filled);
      filled = 0;
      deliver(pending);
    },
  };
}
