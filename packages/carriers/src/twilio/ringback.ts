import { type Clock, dualTone, type Leg, type Timer } from '@talkturo/voice';

/** Ringing as a caller of North America hears it: 440 and 480 Hz, two seconds of six (ITU-T E.180, supplement 2). */
const TONE_MS = 2_000;
const EVERY_MS = 6_000;
/** Twilio's streams are at 8 kHz. */
const RATE = 8_000;

/** Lets the far end of a leg hear that it rings elsewhere, until it is stopped, however often. */
export function startRingback(leg: Pick<Leg, 'send' | 'clear'>, clock: Clock): { stop(): void } {
  const tone = dualTone(440, 480, TONE_MS, RATE);
  let timer: Timer;
  let stopped = false;
  const ring = () => {
    leg.send(tone);
    timer = clock.setTimer(EVERY_MS, ring);
  };
  ring();
  return {
    stop() {
      // Who is told twice must not drop what the far end is to hear by then.
      if (stopped) return;
      stopped = true;
      timer.cancel();
      leg.clear();
    },
  };
}
