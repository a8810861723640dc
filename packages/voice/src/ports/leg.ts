/**
 * A leg: one telephone connection, as sound. Frames are PCM16 mono at `sampleRate`, 20 ms each.
 * The carrier's socket is behind it; everything here is synchronous and nothing is awaited.
 */
export interface Leg {
  /** Hz of the frames in both directions. */
  readonly sampleRate: number;
  /** Registers the one listener and lets sound flow. Frames that came before are delivered first. */
  start(listener: LegListener): void;
  /**
   * Sends sound to the far end: one or several whole frames of 20 ms (the last of an utterance may be shorter).
   * The engine paces: it is never more than its lead (about 200 ms) ahead of real time.
   * The buffer belongs to the caller again when this returns.
   */
  send(pcm: Int16Array): void;
  /** Barge-in: the far end drops everything it has not yet played. */
  clear(): void;
  /** Ends the call at the carrier. Safe to call twice. `closed` follows. */
  hangup(): void;
  /**
   * Lets the call go on without us: the carrier has connected the far end with somebody else (see `transferred` of the carrier's events).
   * `closed('transferred')` follows. Missing where the carrier cannot transfer.
   */
  release?(): void;
  /** Presses keys towards the far end, where the carrier can. */
  sendDigits?(digits: string): void;
}

export interface LegListener {
  /** A frame from the far end, as it arrives. The buffer is the listener's to keep until it returns; copy to keep longer. */
  frame(pcm: Int16Array): void;
  /** A key pressed by the far end: one of 0-9 * # A-D. */
  digit(digit: string): void;
  /** The connection is over, once. */
  closed(reason: LegCloseReason): void;
}

/** `hangup`: the far end hung up; `lost`: the connection broke; `local`: we hung up; `protocol`: the far end broke the rules; `transferred`: we let it go. */
export type LegCloseReason = 'hangup' | 'lost' | 'local' | 'protocol' | 'transferred';
