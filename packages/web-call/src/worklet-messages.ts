/** To the audio thread: the call's rate, sound to play at that rate, or that nothing which waits is to be played. */
export type ToWorklet = { type: 'rate'; sampleRate: number } | { type: 'play'; samples: Float32Array } | { type: 'clear' };

/** From the audio thread: a frame of 20 ms from the microphone, and ten times a second how loud it is. */
export type FromWorklet =
  | { type: 'frame'; samples: Float32Array }
  | {
      type: 'levels';
      /** Peaks of 0..1 since the last ones. */
      microphone: number;
      assistant: number;
      waitingMs: number;
      targetMs: number;
      underruns: number;
    };
