import { dualTone, FRAME_MS, samplesPerFrame } from '../audio/index.ts';
import type { Clock } from '../ports/index.ts';
import { tickerOf } from './ticker.ts';

/** Ringing as a caller of North America hears it: 440 and 480 Hz, two seconds of six (ITU-T E.180, supplement 2). */
const TONES = [440, 480] as const;
const TONE_MS = 2_000;
const CYCLE_MS = 6_000;

export interface RingbackOptions {
  clock: Clock;
  sampleRate: number;
  /** How far it is sent ahead of what the caller hears. */
  leadMs: number;
  /** Whole frames; `playsAtMs` is the clock time at which the caller begins to hear them. */
  send: (pcm: Int16Array, playsAtMs: number) => void;
  /** What was sent and not yet heard must not be heard. */
  clear: () => void;
}

/** Lets the caller hear that it rings elsewhere. @returns stops it, at once; safe to call twice. */
export function startRingback({ clock, sampleRate, leadMs, send, clear }: RingbackOptions): () => void {
  const tone = dualTone(...TONES, TONE_MS, sampleRate);
  const frameSamples = samplesPerFrame(sampleRate);
  const frames = tone.length / frameSamples;
  let at = 0;
  let endMs = clock.now();
  const pump = () => {
    endMs = Math.max(endMs, clock.now());
    while (endMs - clock.now() <= leadMs - FRAME_MS) {
      if (at < frames) send(tone.subarray(at * frameSamples, (at + 1) * frameSamples), endMs);
      at = (at + 1) % (CYCLE_MS / FRAME_MS);
      endMs += FRAME_MS;
    }
  };
  let leave: (() => void) | null = tickerOf(clock).add(pump);
  pump();
  return () => {
    if (!leave) return;
    leave();
    leave = null;
    clear();
  };
}
