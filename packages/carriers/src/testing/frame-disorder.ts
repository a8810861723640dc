/** What a network does to the frames of a stream, the same in every run. */
export interface FrameDisorder {
  /** Every fifth frame arrives after the one behind it. */
  swaps?: boolean;
  /** Every seventh arrives twice. */
  doubles?: boolean;
}

/** Sends messages as a network delivers them. */
export function createFrameDisorder<Message>(wanted: FrameDisorder, send: (message: Message) => void): (message: Message) => void {
  let sent = 0;
  let held: Message | null = null;
  return (message) => {
    sent += 1;
    if (wanted.swaps && sent % 5 === 0 && !held) {
      held = message;
      return;
    }
    send(message);
    if (wanted.doubles && sent % 7 === 0) send(message);
    if (held) send(held);
    held = null;
  };
}
