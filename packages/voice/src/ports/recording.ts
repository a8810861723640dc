/** Where a call's sound is written while it lasts. Stereo: left the caller, right the assistant. */
export interface RecordingSink {
  /** Appends interleaved PCM16 stereo (L R L R …) in order. Plain call; must not block; buffers are the caller's again on return. */
  write(interleaved: Int16Array): void;
  /** Flushes what was written; resolves when it is safe on disk. */
  close(): Promise<void>;
}
