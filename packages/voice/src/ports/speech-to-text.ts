/** Speech to text, streaming. Local models and vendors alike. */
export interface SpeechToText {
  readonly id: string;
  readonly capabilities: SpeechToTextCapabilities;
  /** Opens one call's transcription. Rejects with a ProviderError when the vendor cannot be reached or refuses. */
  open(options: SpeechToTextOptions): Promise<TranscriptStream>;
  /** The model that hears for a name (null: none was named) in a language; left out: the one that was named. */
  modelFor?(model: string | null, language: string): string | null;
}

export interface SpeechToTextCapabilities {
  /** Hz of the audio it wants; the engine converts once at this door. `any`: whatever the leg has. */
  wants: 8000 | 16000 | 'any';
  /** True when it can decide the end of a turn itself (Flux, AssemblyAI): its end-of-turn events are then believed. */
  endOfTurn: boolean;
  /** True when it transcribes what the engine cuts out (the local model): it must get the `activity` calls. */
  segmented: boolean;
  /** The vendor charges the time a stream is open, not the sound it is sent. */
  chargesOpenTime?: boolean;
  /** BCP-47 primary languages it understands; `any` when it depends on the model. */
  languages: readonly string[] | 'any';
}

export interface SpeechToTextOptions {
  model: string | null;
  language: string;
  sampleRate: number;
  /** Words likely to come: names, products. */
  hints?: readonly string[];
  signal: AbortSignal;
}

/** All times are ms of stream audio: 0 is the first sample written. */
export type TranscriptEvent =
  /** Replaces the previous partial. */
  | { type: 'partial'; text: string; startMs: number; endMs: number }
  /** Adds to what is known of this turn. `confidence` 0..1. An empty text means: heard, but no words. */
  | { type: 'final'; text: string; startMs: number; endMs: number; confidence?: number }
  /** Only with capability `endOfTurn`. */
  | { type: 'end-of-turn' };

export interface TranscriptStream extends AsyncIterable<TranscriptEvent> {
  /** Where only some models of a vendor decide turns: whether this stream does. Left out: as the capability says. */
  readonly endOfTurn?: boolean;
  /** 20 ms of the caller's sound; plain call, never awaited, in order, each frame exactly once. */
  write(pcm: Int16Array): void;
  /**
   * Told by the engine's own voice activity, in stream time.
   * `pause`: silence long enough to try an eager transcription of start..end; `resume`: it was only a pause;
   * `end`: the turn is over, a final is wanted for start..end. Vendors may use `end` to flush.
   */
  activity?(event: { type: 'start' | 'pause' | 'resume' | 'end'; startMs: number; endMs: number }): void;
  close(): void;
}
