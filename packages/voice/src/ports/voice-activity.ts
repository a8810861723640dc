/**
 * Voice activity: is somebody speaking? One stream a call; a model behind it may be shared and batched over calls.
 */
export interface VoiceActivity {
  readonly id: string;
  /** Opens the detector of one call. `sampleRate` is that of the frames it will get (8000 or 16000). */
  open(options: VoiceActivityOptions): VoiceActivityStream;
}

export interface VoiceActivityOptions {
  sampleRate: number;
  /** Speech this long (ms) before `speechStarted`. */
  minSpeechMs: number;
  listener: VoiceActivityListener;
}

/** All times are ms of stream audio: 0 is the first sample pushed. */
export interface VoiceActivityListener {
  /** Speech began at `startMs` (which lies before now by at least `minSpeechMs`). */
  speechStarted(startMs: number): void;
  /** Speech is still going on; called at most once a window with the end of the speech heard so far. */
  speechContinues(lastSpeechMs: number): void;
  /**
   * No speech in the newest window while a segment is open. `lastSpeechMs` is the best estimate of when speech stopped,
   * `nowMs` the end of the audio looked at. The listener decides by itself when the silence is long enough.
   */
  silence(lastSpeechMs: number, nowMs: number): void;
}

export interface VoiceActivityStream {
  /** 20 ms of sound; plain call, never awaited. The buffer may be reused by the caller after this returns. */
  push(pcm: Int16Array): void;
  /** The listener has closed the segment (the turn ended): the next speech is a new `speechStarted`. */
  endSegment(): void;
  close(): void;
}
