import type { Clock, Timer } from '@talkturo/voice';

/** Twilio's questions what to do with somebody who calls, which stay open until that is decided. */
export interface VoiceRequests {
  /** Twilio asks. Resolves with the TwiML that was decided on; asked again about the same call, with the same. */
  ask(ref: string): { answer: Promise<string>; isNew: boolean };
  /** Decides, where the question is still open; false otherwise. */
  decide(ref: string, twiml: string): boolean;
}

/** Twilio waits for 15 s and then tells the caller of an error. */
const PATIENCE_MS = 12_000;
/** A question is asked again within seconds or never. */
const MAX_DECIDED = 1_000;

/** `late`: what a caller gets when nothing was decided in time. */
export function createVoiceRequests(clock: Clock, late: string): VoiceRequests {
  const open = new Map<string, { timer: Timer; answer: Promise<string>; resolve(twiml: string): void }>();
  const decided = new Map<string, string>();

  function decide(ref: string, twiml: string): boolean {
    const request = open.get(ref);
    if (!request) return false;
    open.delete(ref);
    request.timer.cancel();
    decided.set(ref, twiml);
    if (decided.size > MAX_DECIDED) decided.delete(decided.keys().next().value ?? '');
    request.resolve(twiml);
    return true;
  }

  return {
    ask(ref) {
      const before = decided.get(ref);
      if (before !== undefined) return { answer: Promise.resolve(before), isNew: false };
      const waiting = open.get(ref);
      if (waiting) return { answer: waiting.answer, isNew: false };
      const { promise: answer, resolve } = Promise.withResolvers<string>();
      open.set(ref, { timer: clock.setTimer(PATIENCE_MS, () => decide(ref, late)), answer, resolve });
      return { answer, isNew: true };
    },
    decide,
  };
}
