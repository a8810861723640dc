/** Text to speech. */
export interface TextToSpeech {
  readonly id: string;
  readonly capabilities: TextToSpeechCapabilities;
  /**
   * Speaks text as it comes. With `streaming: false` the engine hands over one sentence or clause a call.
   * Iteration throws a ProviderError on failure; aborting `signal` ends it at once without an error.
   */
  speak(text: AsyncIterable<string> | string, voice: Voice, signal: AbortSignal): AsyncIterable<SpeechChunk>;
  /**
   * True where this voice says numbers, money, dates, units and abbreviations of its language well by itself: it gets them as
   * they are written. Left out or false: the engine writes them out in words (`speaking/reading`).
   */
  readsNumbers?(voice: Voice): boolean;
  /** The model that speaks for the one that is named there; left out: that one. */
  modelFor?(voice: Voice): string | null;
  /** Opens connections while the phone rings, where that saves time. Never throws. */
  warm?(voice: Voice): void;
}

export interface TextToSpeechCapabilities {
  /** Takes text piece by piece while it is being written. */
  streaming: boolean;
  languages: readonly string[] | 'any';
  /** It speaks on this machine: when it is late the machine is busy, and asking it again makes it later. */
  thisMachine?: boolean;
}

export interface Voice {
  model: string | null;
  id: string | null;
  name: string | null;
  language: string;
  /** Hz the engine would like; what comes back says its own. */
  sampleRate: number;
}

export interface SpeechChunk {
  /** PCM16 mono, any length. */
  pcm: Int16Array;
  /** Hz. The same for all chunks of an utterance. */
  sampleRate: number;
  /** Word times within the utterance (ms from its first sample), where the vendor gives them; else the engine estimates. */
  words?: readonly { text: string; startMs: number; endMs: number }[];
}
