import type { LegCloseReason, LegListener } from '@talkturo/voice';

/** What came over a leg before anybody listened, and everything after. */
export interface Inbox {
  frame(pcm: Int16Array): void;
  digit(digit: string): void;
  closed(reason: LegCloseReason): void;
  /** Hands over what waited, in order, and from now on everything at once. A second call is a mistake of the program. */
  open(listener: LegListener): void;
}

/** Ten seconds of sound are kept for a listener who comes late; past that the oldest go, so that what is heard first is recent. */
const MAX_WAITING_FRAMES = 500;
const MAX_WAITING_DIGITS = 64;

export const createInbox = (): Inbox => {
  let listener: LegListener | null = null;
  let waiting: Int16Array[] = [];
  let digits = '';
  let reason: LegCloseReason | null = null;
  return {
    frame(pcm) {
      if (listener) return listener.frame(pcm);
      const kept = (waiting.length < MAX_WAITING_FRAMES ? null : waiting.shift()) ?? new Int16Array(pcm.length);
      kept.set(pcm);
      waiting.push(kept);
    },
    digit(digit) {
      if (listener) listener.digit(digit);
      else if (digits.length < MAX_WAITING_DIGITS) digits += digit;
    },
    closed(why) {
      if (listener) listener.closed(why);
      else reason = why;
    },
    open(newListener) {
      if (listener) throw new Error('The leg has a listener already.');
      listener = newListener;
      for (const pcm of waiting) newListener.frame(pcm);
      for (const digit of digits) newListener.digit(digit);
      waiting = [];
      const why = reason;
      if (why) queueMicrotask(() => newListener.closed(why));
    },
  };
};
