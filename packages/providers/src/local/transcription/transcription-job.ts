/** One utterance to transcribe. */
export interface TranscriptionJob {
  pcm: Int16Array<ArrayBuffer>;
  sampleRate: number;
}

export interface Transcription {
  /** Empty when nothing was said, or nothing that could be made out. */
  text: string;
  /** 0..1. */
  confidence: number;
}
