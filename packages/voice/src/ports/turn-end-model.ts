/** Judges by the sound of a voice whether its owner has finished, where silence alone cannot tell. Optional. */
export interface TurnEndModel {
  readonly id: string;
  /** Hz of the sound it wants. */
  readonly sampleRate: 8000 | 16000;
  /** How much of the caller's newest sound it looks at. */
  readonly windowMs: number;
  /**
   * Probability (0..1) that the turn is over. `sound` is PCM16, at most `windowMs` long, and ends in the pause; it belongs to the
   * model. Asked once a pause, off the path of the sound: a rejection or a late answer counts as no opinion.
   */
  judge(sound: Int16Array, signal: AbortSignal): Promise<number>;
}
